import type { FieldConflict, JsonChange } from "@flotilla/core";
import type { ObjectDiff } from "@flotilla/scheduler";
import { toRefView, type RefView } from "./plan-view.ts";

/** `diff -o json`; the schema is docs/schemas/diff.json. */
export interface DiffView {
  readonly different: boolean;
  readonly objects: readonly ObjectDiffView[];
}

export interface ObjectDiffView extends RefView {
  readonly cluster: string;
  readonly change: ObjectDiff["change"];
  /** JSON Pointers; values of Secrets are hidden. */
  readonly changes: ObjectDiff["changes"];
  readonly conflicts: readonly FieldConflict[];
  readonly message?: string;
}

export function toDiffView(diffs: readonly ObjectDiff[]): DiffView {
  return {
    different: diffs.some(({ change }) => change !== "unchanged"),
    objects: diffs.map(({ ref, changes, ...rest }) => ({ ...toRefView(ref), ...rest, changes: changes.map(inJson) })),
  };
}

/** A whole object that comes or goes is replaced from or to `undefined`, which JSON does not have. */
function inJson(change: JsonChange): JsonChange {
  if (change.op !== "replace") return change;
  const { path, before, after } = change;
  if (before === undefined) return { op: "add", path, after };
  return after === undefined ? { op: "remove", path, before } : change;
}
