import { withAt, type JsonObject } from "../json/json.ts";
import type { ListSchema, ScalarType, Schema, StructSchema } from "../schema/schema.ts";

const REF = "#/components/schemas/";
const SCALARS: Readonly<Record<ScalarType, JsonObject>> = {
  string: { type: "string" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  number: { type: "number", format: "double" },
  boolean: { type: "boolean" },
  quantity: { oneOf: [{ type: "string" }, { type: "number" }] },
  intOrString: { format: "int-or-string", oneOf: [{ type: "integer" }, { type: "string" }] },
  time: { type: "string", format: "date-time" },
  microTime: { type: "string", format: "date-time" },
  bytes: { type: "string", format: "byte" },
};

/** The OpenAPI form of a named type, referring to others by name; `onReference` hears of each. */
export function structDocument(schema: StructSchema, onReference: (schema: StructSchema) => void): JsonObject {
  const fields = [...schema.fields.values()];
  const required = fields.filter((field) => field.required).map((field) => field.name);
  const properties = fields.map((field) => {
    const standard = field.standard === undefined ? {} : { default: field.standard };
    const retain = field.retainKeys ? { "x-kubernetes-patch-strategy": "retainKeys" } : {};
    return [field.name, { ...schemaDocument(field.schema, onReference), ...standard, ...retain }] as const;
  });
  return {
    type: "object",
    ...(required.length === 0 ? {} : { required }),
    ...(fields.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(schema.atomic ? { "x-kubernetes-map-type": "atomic" } : {}),
    ...(schema.open ? { "x-kubernetes-preserve-unknown-fields": true } : {}),
  };
}

function schemaDocument(schema: Schema, onReference: (schema: StructSchema) => void): JsonObject {
  switch (schema.kind) {
    case "any":
      return { "x-kubernetes-preserve-unknown-fields": true };
    case "scalar":
      return schema.values.length === 0 ? SCALARS[schema.type] : { ...SCALARS[schema.type], enum: [...schema.values] };
    case "map":
      return { type: "object", additionalProperties: schemaDocument(schema.value, onReference) };
    case "list":
      return listDocument(schema, onReference);
    case "struct":
      if (schema.name === "") return structDocument(schema, onReference);
      onReference(schema);
      return { allOf: [{ $ref: `${REF}${schema.name}` }] };
  }
}

function listDocument(schema: ListSchema, onReference: (schema: StructSchema) => void): JsonObject {
  const strategy = schema.retainKeys ? "merge,retainKeys" : "merge";
  let out: JsonObject = {
    type: "array",
    items: schemaDocument(schema.item, onReference),
    "x-kubernetes-list-type": schema.lists,
  };
  if (schema.keys.length > 0) out = withAt(out, ["x-kubernetes-list-map-keys"], [...schema.keys]);
  if (schema.mergeKey === undefined) return out;
  const key = schema.mergeKey === "" ? {} : { "x-kubernetes-patch-merge-key": schema.mergeKey };
  return { ...out, "x-kubernetes-patch-strategy": strategy, ...key };
}
