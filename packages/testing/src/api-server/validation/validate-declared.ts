import type { Cause } from "../http/status-error.ts";
import { isList, isObject, type Json, type JsonObject } from "../json/json.ts";
import type { Schema, StructSchema } from "../schema/schema.ts";
import { required, unsupported } from "./causes.ts";

/** Fields whose errors the real server reports at another place. Source: ValidateDeploymentStrategy of Kubernetes 1.36. */
const REPORTED_AT: Readonly<Record<string, string>> = { "spec.strategy.type": "spec.strategy" };

/** What a built-in kind's spec lacks by its type alone: required values and values outside their list. */
export function validateDeclared(schema: StructSchema, object: JsonObject): Cause[] {
  return [...schema.fields.values()].flatMap((field) =>
    field.name === "metadata" || field.name === "status" ? [] : check(field.schema, object[field.name], field.name),
  );
}

function check(schema: Schema, value: Json | undefined, path: string): Cause[] {
  if (value === undefined || value === null) return [];
  switch (schema.kind) {
    case "any":
      return [];
    case "scalar":
      return schema.values.length > 0 && typeof value === "string" && !schema.values.includes(value)
        ? [unsupported(REPORTED_AT[path] ?? path, value, schema.values)]
        : [];
    case "list":
      return isList(value) ? value.flatMap((item, index) => check(schema.item, item, `${path}[${index}]`)) : [];
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => check(schema.value, item, `${path}[${key}]`))
        : [];
    case "struct":
      return isObject(value) ? checkStruct(schema, value, path) : [];
  }
}

function checkStruct(schema: StructSchema, value: JsonObject, path: string): Cause[] {
  if (schema.name.endsWith(".ObjectMeta")) return [];
  return [...schema.fields.values()].flatMap((field) => {
    const at = `${path}.${field.name}`;
    const given = value[field.name];
    const isMissing = given === undefined || given === null || given === "" || (isList(given) && given.length === 0);
    if (field.required && isMissing && !mayBeEmpty(field.schema)) return [required(at)];
    return check(field.schema, given, at);
  });
}

/** Numbers and undeclared values are checked by their kind's own rules. */
function mayBeEmpty(schema: Schema): boolean {
  return schema.kind === "any" || (schema.kind === "scalar" && schema.type !== "string");
}
