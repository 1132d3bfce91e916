import { isJsonObject } from "../json/is-json-object.ts";
import { parsePointer } from "../patch/json-pointer.ts";
import type { DocumentPath } from "./document.ts";
import { valueAt } from "./value-at.ts";

type Schema = Readonly<Record<string, unknown>>;

/**
 * The names that a JSON Schema (draft 2020-12, as generated) knows for the object at `path` of `value`. Where there are
 * alternatives, those whose constants contradict the value are left out (a `kind` tells which fields belong to it).
 */
export function knownKeys(jsonSchema: unknown, value: unknown, path: DocumentPath): string[] {
  let schemas = expand(jsonSchema, jsonSchema, value);
  for (const [index, part] of path.entries()) {
    const child = valueAt(value, path.slice(0, index + 1));
    schemas = schemas
      .flatMap((schema) => childSchemas(schema, part))
      .flatMap((each) => expand(each, jsonSchema, child));
  }
  return [...new Set(schemas.flatMap(ownKeys))];
}

function ownKeys(schema: Schema): string[] {
  const properties = objectAt(schema, "properties");
  const names = arrayAt(objectAt(schema, "propertyNames"), "enum").filter((name) => typeof name === "string");
  return [...Object.keys(properties), ...names];
}

function childSchemas(schema: Schema, part: string | number): unknown[] {
  if (typeof part === "number") return [arrayAt(schema, "prefixItems")[part] ?? schema["items"]];
  const properties = objectAt(schema, "properties");
  return [Object.hasOwn(properties, part) ? properties[part] : schema["additionalProperties"]];
}

/** The schema itself, what it refers to and its parts and alternatives. */
function expand(schema: unknown, root: unknown, value: unknown, seen: ReadonlySet<unknown> = new Set()): Schema[] {
  if (!isJsonObject(schema) || seen.has(schema)) return [];
  const visited = new Set([...seen, schema]);
  const alternatives = [...arrayAt(schema, "anyOf"), ...arrayAt(schema, "oneOf")];
  const fitting = alternatives.filter((alternative) => !contradicts(resolve(alternative, root), value));
  const parts = [
    ...(schema["$ref"] === undefined ? [] : [resolve(schema, root)]),
    ...arrayAt(schema, "allOf"),
    ...(fitting.length > 0 ? fitting : alternatives),
  ];
  return [schema, ...parts.flatMap((part) => expand(part, root, value, visited))];
}

function resolve(schema: unknown, root: unknown): unknown {
  if (!isJsonObject(schema) || typeof schema["$ref"] !== "string") return schema;
  const parts = schema["$ref"].startsWith("#") ? parsePointer(schema["$ref"].slice(1)) : undefined;
  return parts === undefined ? undefined : valueAt(root, parts);
}

function contradicts(schema: unknown, value: unknown): boolean {
  if (!isJsonObject(schema) || !isJsonObject(value)) return false;
  return Object.entries(objectAt(schema, "properties")).some(([key, property]) => {
    if (!isJsonObject(property) || !Object.hasOwn(value, key)) return false;
    const allowed = "const" in property ? [property["const"]] : arrayAt(property, "enum");
    return allowed.length > 0 && !allowed.includes(value[key]);
  });
}

function objectAt(schema: Schema, key: string): Schema {
  const value = schema[key];
  return isJsonObject(value) ? value : {};
}

function arrayAt(schema: Schema, key: string): readonly unknown[] {
  const value = schema[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
