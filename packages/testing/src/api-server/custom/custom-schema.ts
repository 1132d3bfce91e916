import { isObject, listAt, objectAt, stringAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import { ANY, type Field, type ListSchema, type ScalarType, type Schema, type StructSchema } from "../schema/schema.ts";

/**
 * How a custom kind's fields are owned and merged: its structural schema as a Schema. Lists are atomic and maps granular
 * unless `x-kubernetes-list-type` and `x-kubernetes-map-type` say otherwise.
 */
export function customSchema(validation: JsonObject, metadata: Schema): StructSchema {
  const body = toSchema(validation);
  const fields = new Map(body.kind === "struct" ? body.fields : []);
  const text: Schema = { kind: "scalar", type: "string", values: [] };
  for (const name of ["apiVersion", "kind"]) fields.set(name, toField(name, text, undefined));
  fields.set("metadata", toField("metadata", metadata, undefined));
  const isOpen =
    validation["x-kubernetes-preserve-unknown-fields"] === true || stringAt(validation, "type") === undefined;
  return { kind: "struct", name: "", atomic: false, open: isOpen, fields };
}

function toField(name: string, schema: Schema, standard: Json | undefined): Field {
  const marks = { required: false, always: false, omitZero: false, retainKeys: false, number: [] };
  return { name, schema, ...marks, ...(standard === undefined ? {} : { standard }) };
}

function toSchema(source: JsonObject): Schema {
  if (source["x-kubernetes-int-or-string"] === true) return { kind: "scalar", type: "intOrString", values: [] };
  switch (stringAt(source, "type") ?? "") {
    case "object":
      return toObject(source);
    case "array":
      return toList(source);
    case "string":
      return scalar("string");
    case "integer":
      return scalar("int64");
    case "number":
      return scalar("number");
    case "boolean":
      return scalar("boolean");
    default:
      return ANY;
  }
}

function scalar(type: ScalarType): Schema {
  return { kind: "scalar", type, values: [] };
}

function toObject(source: JsonObject): Schema {
  const atomic = stringAt(source, "x-kubernetes-map-type") === "atomic";
  const additional = valueAt(source, "additionalProperties");
  if (isObject(additional)) return { kind: "map", atomic, value: toSchema(additional) };
  const isOpen = source["x-kubernetes-preserve-unknown-fields"] === true || additional === true;
  const properties = Object.entries(objectAt(source, "properties"));
  if (properties.length === 0 && isOpen && !atomic) return ANY;
  const fields = new Map<string, Field>();
  for (const [name, property] of properties) {
    if (isObject(property)) fields.set(name, toField(name, toSchema(property), property["default"]));
  }
  return { kind: "struct", name: "", atomic, open: isOpen, fields };
}

function toList(source: JsonObject): ListSchema {
  const declared = stringAt(source, "x-kubernetes-list-type");
  const keys = listAt(source, "x-kubernetes-list-map-keys").filter((key) => typeof key === "string");
  return {
    kind: "list",
    lists: declared === "set" || declared === "map" ? declared : "atomic",
    keys,
    item: toSchema(objectAt(source, "items")),
    retainKeys: false,
  };
}
