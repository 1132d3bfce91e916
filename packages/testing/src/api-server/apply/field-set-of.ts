import { isObject, type Json } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { asFields, fieldSchema, indexItems, isDeclared, shapeOf } from "./descend.ts";
import { type FieldSet, FieldSetBuilder } from "./field-set.ts";
import { fieldStep } from "./path-step.ts";

/** The fields an applied configuration names: what its manager owns. */
export function fieldSetOf(schema: Schema, value: Json): FieldSet {
  const builder = new FieldSetBuilder();
  collect(schema, value, [], builder);
  return builder.build();
}

function collect(schema: Schema, value: Json, path: readonly string[], out: FieldSetBuilder): void {
  const shape = shapeOf(schema, value);
  switch (shape.kind) {
    case "leaf":
      return out.insert(path);
    case "object":
      for (const [name, child] of Object.entries(asFields(value))) {
        if (child === undefined) continue;
        const below = [...path, fieldStep(name)];
        collect(fieldSchema(shape.schema, name), child, below, out);
        const isBare = child === null || (isObject(child) && Object.keys(child).length === 0);
        if (isBare || !isDeclared(shape.schema, name)) out.insert(below);
      }
      return;
    case "list":
      for (const [step, item] of indexItems(shape.schema, value)) {
        const below = [...path, step];
        collect(shape.schema.item, item, below, out);
        out.insert(below);
      }
      return;
  }
}
