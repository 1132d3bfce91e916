import { isList, type Json } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { asFields, fieldSchema, isDeclared, shapeOf } from "./descend.ts";
import { EMPTY_SET, type FieldSet, isEmptySet } from "./field-set.ts";
import { fieldStep, itemStep } from "./path-step.ts";

/** The value without the fields of the set and all below them. What becomes empty goes as well. */
export function removeFields(schema: Schema, value: Json, fields: FieldSet): Json | undefined {
  if (isEmptySet(fields)) return value;
  const shape = shapeOf(schema, value);
  if (shape.kind === "leaf") return value;
  if (shape.kind === "list") {
    if (!isList(value)) return value;
    const kept = value.flatMap((item) => keep(shape.schema.item, item, itemStep(shape.schema, item), fields));
    return kept.length === 0 ? undefined : kept;
  }
  const kept = Object.entries(asFields(value)).flatMap(([name, child]) =>
    child === undefined
      ? []
      : keep(fieldSchema(shape.schema, name), child, fieldStep(name), fields).map((left) => [name, left] as const),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function keep(schema: Schema, value: Json, step: string, fields: FieldSet): Json[] {
  if (fields.members.has(step)) return [];
  const below = fields.children.get(step);
  const left = below === undefined ? value : removeFields(schema, value, below);
  return left === undefined ? [] : [left];
}

/** The set with the declared fields above its members as members too: `a.b` makes `a` one, the keys of a map do not. */
export function withNamedParents(schema: Schema, fields: FieldSet): FieldSet {
  const members = new Set(fields.members);
  const children = new Map<string, FieldSet>();
  for (const [step, below] of fields.children) {
    const name = step.startsWith("f:") ? step.slice(2) : undefined;
    const isObjectSchema = schema.kind === "struct" || schema.kind === "map";
    if (name !== undefined && isObjectSchema && isDeclared(schema, name)) members.add(step);
    const inner = name !== undefined && isObjectSchema ? fieldSchema(schema, name) : itemSchema(schema);
    children.set(step, withNamedParents(inner, below));
  }
  return { members, children: children.size === 0 ? EMPTY_SET.children : children };
}

function itemSchema(schema: Schema): Schema {
  return schema.kind === "list" ? schema.item : { kind: "any" };
}
