import type { Cause } from "../http/status-error.ts";
import {
  equalJson,
  isList,
  isObject,
  listAt,
  numberAt,
  objectAt,
  stringAt,
  type Json,
  type JsonObject,
  show,
} from "../json/json.ts";
import { invalidValue, required, unsupported } from "../validation/causes.ts";

/** What is wrong with a custom object by its structural schema. CEL rules (`x-kubernetes-validations`) are not evaluated. */
export function validateCustom(validation: JsonObject, object: JsonObject): Cause[] {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...body } = object;
  return check(validation, body, "").filter((cause) => cause.field !== "metadata");
}

function check(schema: JsonObject, value: Json, path: string): Cause[] {
  if (value === null) return schema["nullable"] === true ? [] : [typeCause(schema, value, path)];
  if (!hasType(schema, value)) return [typeCause(schema, value, path)];
  return [
    ...enumCauses(schema, value, path),
    ...(typeof value === "string" ? stringCauses(schema, value, path) : []),
    ...(typeof value === "number" ? numberCauses(schema, value, path) : []),
    ...(isList(value) ? listCauses(schema, value, path) : []),
    ...(isObject(value) ? objectCauses(schema, value, path) : []),
  ];
}

function hasType(schema: JsonObject, value: Json): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || Number.isInteger(value);
  switch (stringAt(schema, "type") ?? "") {
    case "object":
      return isObject(value);
    case "array":
      return isList(value);
    case "string":
    case "boolean":
    case "number":
      return typeof value === schema["type"];
    case "integer":
      return Number.isInteger(value);
    default:
      return true;
  }
}

function typeCause(schema: JsonObject, value: Json, path: string): Cause {
  const got = isList(value) ? "array" : value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
  const why = `${path} in body must be of type ${show(schema["type"])}: ${JSON.stringify(got)}`;
  return { ...invalidValue(path, got, why), reason: "FieldValueTypeInvalid" };
}

function enumCauses(schema: JsonObject, value: Json, path: string): Cause[] {
  const allowed = listAt(schema, "enum");
  if (allowed.length === 0 || allowed.some((one) => equalJson(one, value))) return [];
  return [unsupported(path, value, allowed.map(show))];
}

function stringCauses(schema: JsonObject, value: string, path: string): Cause[] {
  const causes: Cause[] = [];
  const [min, max, pattern] = [
    numberAt(schema, "minLength"),
    numberAt(schema, "maxLength"),
    stringAt(schema, "pattern"),
  ];
  const length = Array.from(value).length;
  if (min !== undefined && length < min)
    causes.push(invalidValue(path, value, `${path} in body should be at least ${min} chars long`));
  if (max !== undefined && length > max) {
    causes.push({ reason: "FieldValueTooLong", message: `Too long: may not be more than ${max} bytes`, field: path });
  }
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
    causes.push(invalidValue(path, value, `${path} in body should match '${pattern}'`));
  }
  return causes;
}

function numberCauses(schema: JsonObject, value: number, path: string): Cause[] {
  const causes: Cause[] = [];
  const [min, max, step] = [numberAt(schema, "minimum"), numberAt(schema, "maximum"), numberAt(schema, "multipleOf")];
  const isAbove = schema["exclusiveMinimum"] === true ? value > (min ?? 0) : value >= (min ?? 0);
  const isBelow = schema["exclusiveMaximum"] === true ? value < (max ?? 0) : value <= (max ?? 0);
  const orEqual = (exclusive: Json | undefined): string => (exclusive === true ? "" : " or equal to");
  if (min !== undefined && !isAbove) {
    causes.push(
      invalidValue(path, value, `${path} in body should be greater than${orEqual(schema["exclusiveMinimum"])} ${min}`),
    );
  }
  if (max !== undefined && !isBelow) {
    causes.push(
      invalidValue(path, value, `${path} in body should be less than${orEqual(schema["exclusiveMaximum"])} ${max}`),
    );
  }
  if (step !== undefined && value % step !== 0)
    causes.push(invalidValue(path, value, `${path} in body should be a multiple of ${step}`));
  return causes;
}

function listCauses(schema: JsonObject, value: readonly Json[], path: string): Cause[] {
  const causes: Cause[] = [];
  const [min, max] = [numberAt(schema, "minItems"), numberAt(schema, "maxItems")];
  if (min !== undefined && value.length < min)
    causes.push(invalidValue(path, value.length, `${path} in body should have at least ${min} items`));
  if (max !== undefined && value.length > max) {
    causes.push({
      reason: "FieldValueTooMany",
      message: `Too many: ${value.length}: must have at most ${max} items`,
      field: path,
    });
  }
  const items = objectAt(schema, "items");
  return [...causes, ...value.flatMap((item, index) => check(items, item, `${path}[${index}]`))];
}

function objectCauses(schema: JsonObject, value: JsonObject, path: string): Cause[] {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const properties = objectAt(schema, "properties");
  const additional = objectAt(schema, "additionalProperties");
  const missing = listAt(schema, "required").filter((name) => typeof name === "string" && value[name] === undefined);
  const inside = Object.entries(value).flatMap(([name, item]) => {
    const property = properties[name];
    return item === undefined ? [] : check(isObject(property) ? property : additional, item, at(name));
  });
  return [...missing.map((name) => required(at(show(name)))), ...inside];
}
