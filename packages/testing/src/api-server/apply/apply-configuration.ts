import { equalJson, isObject, withAt, without, type JsonObject } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { compareFields, writtenFields } from "./compare-fields.ts";
import { EMPTY_SET, type FieldSet, intersectSets, isEmptySet, listPaths, subtractSet, unionSets } from "./field-set.ts";
import { fieldSetOf } from "./field-set-of.ts";
import { type ManagedEntries, type ManagedEntry, managerKey, type ManagerId } from "./managed-fields.ts";
import { mergeFields } from "./merge-fields.ts";
import { formatPath } from "./path-step.ts";
import { removeFields, withNamedParents } from "./remove-fields.ts";
import { entryTime, ownable } from "./track-update.ts";

/** A field somebody else owns and the applied configuration wants otherwise. */
export interface ApplyConflict {
  readonly owner: ManagerId;
  readonly field: string;
}

export type ApplyOutcome =
  | { readonly kind: "applied"; readonly object: JsonObject; readonly entries: ManagedEntries }
  | { readonly kind: "conflicts"; readonly conflicts: readonly ApplyConflict[] };

export interface ApplyInput {
  readonly schema: Schema;
  readonly live: JsonObject;
  readonly config: JsonObject;
  readonly entries: ManagedEntries;
  readonly applier: ManagerId;
  readonly force: boolean;
  readonly ignored?: FieldSet;
  /** RFC 3339, for entries that change. */
  readonly time: string;
  /** Defaults and normal form of the merged object, before it is compared with the live one. */
  readonly settle: (object: JsonObject) => JsonObject;
}

/**
 * Server-side apply: lays the configuration over the live object, drops what this applier named before and nobody names now,
 * and hands over ownership. Without `force` a field that changes and belongs to another manager is a conflict.
 * Source: the Kubernetes reference on server-side apply, and structured-merge-diff v6.
 */
export function applyConfiguration(input: ApplyInput): ApplyOutcome {
  const key = managerKey(input.applier);
  const last = input.entries.get(key);
  const named = ownable(fieldSetOf(input.schema, input.config), input.ignored ?? EMPTY_SET);
  const mine: ManagedEntry = { ...input.applier, fields: named };
  const entries = new Map([...input.entries, [key, mine]]);
  const merged = mergeFields(input.schema, input.live, input.config);
  const pruned = prune(input.schema, isObject(merged) ? merged : {}, last?.fields ?? EMPTY_SET, entries);
  const object = input.settle(pruned);
  const changes = compareFields(input.schema, input.live, object);
  const written = writtenFields(changes);
  const conflicts: ApplyConflict[] = [];
  const out = new Map<string, ManagedEntry>();
  if (!isEmptySet(named)) out.set(key, { ...mine, ...timeOf(input, object, last) });
  for (const [other, entry] of entries) {
    if (other === key) continue;
    const lost = intersectSets(entry.fields, written);
    for (const path of listPaths(lost)) conflicts.push({ owner: entry, field: formatPath(path) });
    const fields = subtractSet(subtractSet(entry.fields, lost), changes.removed);
    if (!isEmptySet(fields)) out.set(other, { ...entry, fields });
  }
  if (conflicts.length > 0 && !input.force) return { kind: "conflicts", conflicts };
  return { kind: "applied", object, entries: out };
}

/** An apply that changes nothing but ownership leaves the time of its entry as it was: none, for a new one. */
function timeOf(input: ApplyInput, object: JsonObject, last: ManagedEntry | undefined): { readonly time?: string } {
  if (!equalJson(content(object), content(input.live))) return entryTime(input.applier, input.time);
  return last?.time === undefined ? {} : { time: last.time };
}

function content(object: JsonObject): JsonObject {
  return without(withAt(object, ["metadata", "managedFields"], undefined), "apiVersion", "kind");
}

function prune(schema: Schema, merged: JsonObject, last: FieldSet, entries: ManagedEntries): JsonObject {
  if (isEmptySet(last)) return merged;
  let held = EMPTY_SET;
  for (const entry of entries.values()) held = unionSets(held, entry.fields);
  const dropped = subtractSet(withNamedParents(schema, last), withNamedParents(schema, held));
  const left = removeFields(schema, merged, dropped);
  return isObject(left) ? left : {};
}
