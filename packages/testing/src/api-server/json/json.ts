/** A JSON value. Objects in the store are never changed in place. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

const EMPTY: JsonObject = Object.freeze({});
const NONE: readonly Json[] = Object.freeze([]);

/** Whether the value is a JSON object (no list, no null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the value is a JSON list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value at a path of field names, or `undefined`. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let at = value;
  for (const step of path) {
    if (!isObject(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return at;
}

/** The object at a path; empty when there is none. */
export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : EMPTY;
}

/** The list at a path; empty when there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...path);
  return isList(found) ? found : NONE;
}

/** The objects of the list at a path. */
export function objectsAt(value: Json | undefined, ...path: readonly string[]): readonly JsonObject[] {
  return listAt(value, ...path).filter(isObject);
}

/** The string at a path, or `undefined`. */
export function stringAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** A value as text for people: a string as it is, anything else as JSON. */
export function show(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** The number at a path, or `undefined`. */
export function numberAt(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The string members of the object at a path: labels, annotations, selectors. */
export function stringsAt(value: Json | undefined, ...path: readonly string[]): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [key, text] of Object.entries(objectAt(value, ...path))) if (typeof text === "string") out[key] = text;
  return out;
}

/** A copy with the value at the path replaced; missing objects on the way are made, `undefined` removes. */
export function withAt(value: JsonObject, path: readonly string[], next: Json | undefined): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy: Record<string, Json | undefined> = { ...value };
  const child = rest.length === 0 ? next : withAt(objectAt(value, step), rest, next);
  if (child === undefined) delete copy[step];
  else copy[step] = child;
  return copy;
}

/** A copy without the named fields. */
export function without(value: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

/** A copy with the value at the path set only where there is none yet. */
export function withDefault(value: JsonObject, path: readonly string[], standard: Json): JsonObject {
  return valueAt(value, ...path) === undefined ? withAt(value, path, standard) : value;
}

/** Deep equality; the order of an object's fields does not matter, an `undefined` field is an absent one. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equalJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const field of fields) if (!equalJson(a[field], b[field])) return false;
  return true;
}
