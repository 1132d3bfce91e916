import { isObject, listAt, objectAt, valueAt, withAt, withDefault, type Json, type JsonObject } from "../json/json.ts";

/** Fills in what the user left open. Pure; doing it twice changes nothing. */
export type Defaulter = (object: JsonObject) => JsonObject;

/** The object with each missing path set. Paths are dotted. */
export function withDefaults(object: JsonObject, standards: Readonly<Record<string, Json>>): JsonObject {
  let out = object;
  for (const [path, standard] of Object.entries(standards)) out = withDefault(out, path.split("."), standard);
  return out;
}

/** The object with the part at a dotted path changed, where there is such a part. */
export function mapPart(object: JsonObject, path: string, change: Defaulter): JsonObject {
  const steps = path.split(".");
  if (!isObject(valueAt(object, ...steps))) return object;
  const before = objectAt(object, ...steps);
  const after = change(before);
  return after === before ? object : withAt(object, steps, after);
}

/** The object with every object in the list at a dotted path changed, where there is such a list. */
export function mapItems(object: JsonObject, path: string, change: Defaulter): JsonObject {
  const steps = path.split(".");
  const items = listAt(object, ...steps);
  if (items.length === 0) return object;
  const changed = items.map((item) => (isObject(item) ? change(item) : item));
  return changed.every((item, index) => item === items[index]) ? object : withAt(object, steps, changed);
}
