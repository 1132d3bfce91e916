import { isList, isObject, objectAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import type { Decoded } from "../schema/decode.ts";

/** Top-level fields every object has. */
const ENVELOPE = new Set(["apiVersion", "kind", "metadata"]);
const METADATA = new Set(
  "annotations creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation labels managedFields name namespace ownerReferences resourceVersion selfLink uid".split(
    " ",
  ),
);

/** Prunes undeclared fields of a custom object and fills in the schema's defaults. `validation` is its structural schema. */
export function decodeCustom(validation: JsonObject, raw: JsonObject): Decoded {
  const unknown: string[] = [];
  const { apiVersion, kind, metadata, ...rest } = raw;
  const body = visit(validation, rest, "", unknown);
  const envelope = { apiVersion: apiVersion ?? "", kind: kind ?? "", metadata: decodeMetadata(metadata, unknown) };
  return { value: { ...envelope, ...(isObject(body) ? body : {}) }, unknown };
}

function decodeMetadata(metadata: Json | undefined, unknown: string[]): JsonObject {
  const entries = Object.entries(isObject(metadata) ? metadata : {}).filter(([name, value]) => {
    if (METADATA.has(name)) return value !== null && value !== undefined && !isHollow(value);
    unknown.push(`metadata.${name}`);
    return false;
  });
  return Object.fromEntries(entries);
}

function isHollow(value: Json): boolean {
  return (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

function visit(schema: JsonObject, value: Json, path: string, unknown: string[]): Json {
  if (isList(value)) {
    const items = objectAt(schema, "items");
    return value.map((item, index) => visit(items, item, `${path}[${index}]`, unknown));
  }
  if (!isObject(value)) return value;
  const properties = objectAt(schema, "properties");
  const additional = valueAt(schema, "additionalProperties");
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] === true || additional === true;
  const isEmbedded = schema["x-kubernetes-embedded-resource"] === true;
  const out: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const at = path === "" ? name : `${path}.${name}`;
    const declared = properties[name];
    if (isObject(declared)) {
      if (item !== null || declared["nullable"] === true) out[name] = visit(declared, item, at, unknown);
    } else if (isObject(additional)) out[name] = visit(additional, item, at, unknown);
    else if (isOpen || (isEmbedded && ENVELOPE.has(name))) out[name] = item;
    else unknown.push(at);
  }
  for (const [name, property] of Object.entries(properties)) {
    const standard = valueAt(property, "default");
    if (out[name] === undefined && standard !== undefined && isObject(property))
      out[name] = visit(property, standard, path, unknown);
  }
  return out;
}
