import { equalJson, isList, isObject, listAt, type Json, type JsonObject } from "../json/json.ts";
import { ANY, type ListSchema, type Schema } from "../schema/schema.ts";
import { PatchError } from "./json-patch.ts";

const PRIMITIVE_DELETE = "$deleteFromPrimitiveList/";
const ORDER = "$setElementOrder/";

/**
 * Applies a strategic merge patch: lists with a merge key merge by it; `$patch: delete | replace | merge`, `$retainKeys`,
 * `$deleteFromPrimitiveList/…` and `$setElementOrder/…` are followed.
 * Source: the strategic merge patch page of Kubernetes' API conventions.
 * @throws PatchError when a list item to merge has no merge key, or for an unknown `$patch`
 */
export function applyStrategicMergePatch(schema: Schema, document: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(schema, document, patch);
}

function mergeObject(schema: Schema, document: JsonObject, patch: JsonObject): JsonObject {
  if (patch["$patch"] === "delete") return {};
  if (patch["$patch"] === "replace") return plain(patch);
  checkDirective(patch["$patch"]);
  const out: Record<string, Json | undefined> = { ...document };
  const retain = patch["$retainKeys"];
  if (isList(retain)) for (const name of Object.keys(out)) if (!retain.includes(name)) delete out[name];
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith("$") || value === undefined) continue;
    const merged = value === null ? undefined : mergeValue(schemaOf(schema, name), out[name], value);
    if (merged === undefined) delete out[name];
    else out[name] = merged;
  }
  return applyListDirectives(schema, out, patch, document);
}

function checkDirective(directive: Json | undefined): void {
  if (directive === undefined || directive === "merge") return;
  throw new PatchError(`Unknown patch type found: ${JSON.stringify(directive)}`);
}

function applyListDirectives(
  schema: Schema,
  out: Record<string, Json | undefined>,
  patch: JsonObject,
  before: JsonObject,
): JsonObject {
  for (const [directive, value] of Object.entries(patch)) {
    if (!isList(value)) continue;
    if (directive.startsWith(PRIMITIVE_DELETE)) {
      const name = directive.slice(PRIMITIVE_DELETE.length);
      out[name] = listAt(out, name).filter((item) => !value.some((gone) => equalJson(gone, item)));
    }
    if (directive.startsWith(ORDER)) {
      const name = directive.slice(ORDER.length);
      const list = schemaOf(schema, name);
      const current = out[name];
      if (list.kind === "list" && isList(current))
        out[name] = inOrder(current, value, listAt(before, name), list.mergeKey ?? "");
    }
  }
  return out;
}

function mergeValue(schema: Schema, current: Json | undefined, patch: Json): Json | undefined {
  if (isObject(patch)) {
    if (patch["$patch"] === "delete") return undefined;
    return mergeObject(schema, isObject(current) ? current : {}, patch);
  }
  if (!isList(patch)) return patch;
  if (schema.kind !== "list" || schema.mergeKey === undefined) return plainList(patch);
  if (schema.mergeKey === "") return union(isList(current) ? current : [], patch);
  return mergeList(schema, schema.mergeKey, isList(current) ? current : [], patch);
}

function mergeList(schema: ListSchema, key: string, current: readonly Json[], patch: readonly Json[]): Json[] {
  const replaces = patch.some((item) => isObject(item) && item["$patch"] === "replace");
  let out: Json[] = replaces ? [] : [...current];
  for (const item of patch) {
    if (!isObject(item)) throw new PatchError("a list that merges by key holds objects only");
    if (item["$patch"] === "replace") continue;
    const id = item[key];
    if (id === undefined || id === null)
      throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    const index = out.findIndex((other) => isObject(other) && equalJson(other[key], id));
    if (item["$patch"] === "delete") out = out.filter((other) => !(isObject(other) && equalJson(other[key], id)));
    else if (index === -1) out.push(mergeObject(schema.item, {}, item));
    else out[index] = mergeObject(schema.item, itemAt(out, index), item);
  }
  const kept = patch.filter((item) => !(isObject(item) && Object.hasOwn(item, "$patch")));
  return inOrder(out, kept, current, key);
}

function itemAt(list: readonly Json[], index: number): JsonObject {
  const item = list[index];
  return isObject(item) ? item : {};
}

function union(current: readonly Json[], patch: readonly Json[]): Json[] {
  const all = [...current, ...patch.filter((item) => !current.some((other) => equalJson(other, item)))];
  return inOrder(all, patch, current, "");
}

/**
 * The items the patch names come in its order, the others in that of the list before; where neither tells which of two is
 * first, the named one is. Source: normalizeElementOrder of the strategicpatch package of Kubernetes 1.36.
 */
function inOrder(list: readonly Json[], order: readonly Json[], before: readonly Json[], key: string): Json[] {
  const identity = (item: Json): Json | undefined => (key === "" ? item : isObject(item) ? item[key] : undefined);
  const indexIn = (where: readonly Json[], item: Json): number =>
    where.findIndex((one) => equalJson(identity(one), identity(item)));
  const named = list.filter((item) => indexIn(order, item) >= 0).sort((a, b) => indexIn(order, a) - indexIn(order, b));
  const others = list.filter((item) => indexIn(order, item) < 0);
  const out: Json[] = [];
  for (const item of named) {
    const place = indexIn(before, item);
    const isLater = (other: Json): boolean => place < 0 || indexIn(before, other) >= place;
    const ahead = others.findIndex(isLater);
    out.push(...others.splice(0, ahead < 0 ? others.length : ahead), item);
  }
  return [...out, ...others];
}

function plain(patch: JsonObject): JsonObject {
  const kept = Object.entries(patch).filter(([name, value]) => !name.startsWith("$") && value !== null);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, isObject(value) ? plain(value) : isList(value) ? plainList(value) : value]),
  );
}

function plainList(list: readonly Json[]): Json[] {
  const kept = list.filter((item) => !(isObject(item) && Object.hasOwn(item, "$patch")));
  return kept.map((item) => (isObject(item) ? plain(item) : item));
}

function schemaOf(schema: Schema, name: string): Schema {
  if (schema.kind === "struct") return schema.fields.get(name)?.schema ?? ANY;
  return schema.kind === "map" ? schema.value : ANY;
}
