import { equalJson, type Json } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { asFields, fieldSchema, indexItems, isHollow, shapeOf } from "./descend.ts";
import { type FieldSet, FieldSetBuilder, unionSets } from "./field-set.ts";
import { fieldStep } from "./path-step.ts";

/** Which fields differ between two versions of an object. */
export interface FieldChanges {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** Compares by owned field: atomic values as a whole, map lists by key. */
export function compareFields(schema: Schema, before: Json, after: Json): FieldChanges {
  const out = { added: new FieldSetBuilder(), modified: new FieldSetBuilder(), removed: new FieldSetBuilder() };
  walk(schema, before, after, [], out);
  return { added: out.added.build(), modified: out.modified.build(), removed: out.removed.build() };
}

/** Fields the later version has new or different. */
export function writtenFields(changes: FieldChanges): FieldSet {
  return unionSets(changes.added, changes.modified);
}

type Out = Readonly<Record<"added" | "modified" | "removed", FieldSetBuilder>>;

function walk(schema: Schema, a: Json | undefined, b: Json | undefined, path: readonly string[], out: Out): void {
  const shape = shapeOf(schema, a, b);
  if (shape.kind === "leaf" || (isHollow(a) && isHollow(b))) return leaf(a, b, path, out);
  if (shape.kind === "object") {
    const [before, after] = [asFields(a), asFields(b)];
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[name] === undefined && after[name] === undefined) continue;
      walk(fieldSchema(shape.schema, name), before[name], after[name], [...path, fieldStep(name)], out);
    }
  } else {
    const [before, after] = [indexItems(shape.schema, a), indexItems(shape.schema, b)];
    for (const step of new Set([...before.keys(), ...after.keys()])) {
      walk(shape.schema.item, before.get(step), after.get(step), [...path, step], out);
    }
  }
  if (a === undefined) out.added.insert(path);
  else if (b === undefined) out.removed.insert(path);
}

function leaf(a: Json | undefined, b: Json | undefined, path: readonly string[], out: Out): void {
  if (a === undefined) out.added.insert(path);
  else if (b === undefined) out.removed.insert(path);
  else if (!equalJson(a, b)) out.modified.insert(path);
}
