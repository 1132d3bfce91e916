import { isList, isObject, type Json, type JsonObject } from "../json/json.ts";
import { ANY, type ListSchema, type MapSchema, type Schema, type StructSchema } from "../schema/schema.ts";
import { itemStep } from "./path-step.ts";

const LOOSE_MAP: MapSchema = Object.freeze({ kind: "map", atomic: false, value: ANY });

/** How a value is walked: one leaf with one owner, an object by field, or a list by item. */
export type Shape =
  | { readonly kind: "leaf" }
  | { readonly kind: "object"; readonly schema: StructSchema | MapSchema }
  | { readonly kind: "list"; readonly schema: ListSchema };

const LEAF: Shape = Object.freeze({ kind: "leaf" });

/** The shape of the values under a schema; undeclared values take the shape of what is there. */
export function shapeOf(schema: Schema, ...values: readonly (Json | undefined)[]): Shape {
  switch (schema.kind) {
    case "scalar":
      return LEAF;
    case "struct":
    case "map":
      return schema.atomic ? LEAF : { kind: "object", schema };
    case "list":
      return schema.lists === "atomic" ? LEAF : { kind: "list", schema };
    case "any": {
      const present = values.filter((value) => value !== undefined && value !== null);
      return present.length > 0 && present.every(isObject) ? { kind: "object", schema: LOOSE_MAP } : LEAF;
    }
  }
}

/** The schema of a field; undeclared fields have none. */
export function fieldSchema(schema: StructSchema | MapSchema, name: string): Schema {
  return schema.kind === "map" ? schema.value : (schema.fields.get(name)?.schema ?? ANY);
}

/** Whether the name is a declared field, not a key of a map. */
export function isDeclared(schema: StructSchema | MapSchema, name: string): boolean {
  return schema.kind === "struct" && schema.fields.has(name);
}

/** The items of a list by step, in order; of items with the same step the first. */
export function indexItems(schema: ListSchema, value: Json | undefined): Map<string, Json> {
  const out = new Map<string, Json>();
  if (!isList(value)) return out;
  for (const item of value) {
    const step = itemStep(schema, item);
    if (!out.has(step)) out.set(step, item);
  }
  return out;
}

/** The value as an object; a null or absent one is empty. */
export function asFields(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Null, or an object or list with nothing in it. */
export function isHollow(value: Json | undefined): boolean {
  if (value === null || value === undefined) return true;
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
