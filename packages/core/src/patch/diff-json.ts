import { compareIds } from "../cluster/compare-ids.ts";
import { isJsonObject } from "../json/is-json-object.ts";
import { JSON_DEPTH_MAX } from "../json/json-depth.ts";
import { jsonEqual } from "../json/json-equal.ts";
import { formatPointer } from "./json-pointer.ts";
import type { JsonPatchOperation } from "./json-patch-operation.ts";

/** One difference. `path` is a JSON Pointer. */
export type JsonChange =
  | { readonly op: "add"; readonly path: string; readonly after: unknown }
  | { readonly op: "remove"; readonly path: string; readonly before: unknown }
  | { readonly op: "replace"; readonly path: string; readonly before: unknown; readonly after: unknown };

/**
 * What to change in `before` to get `after`, at the smallest parts that differ: members by name in code order, array items by
 * index, then the longer array's rest. Applied in this order (`toJsonPatch`) it gives `after`. Equal values give nothing.
 */
export function diffJson(before: unknown, after: unknown): JsonChange[] {
  const changes: JsonChange[] = [];
  compare(before, after, [], changes);
  return changes;
}

/** The changes as a JSON Patch. */
export function toJsonPatch(changes: readonly JsonChange[]): JsonPatchOperation[] {
  return changes.map((change) =>
    change.op === "remove"
      ? { op: "remove", path: change.path }
      : { op: change.op, path: change.path, value: change.after },
  );
}

type Path = readonly (string | number)[];

function compare(before: unknown, after: unknown, path: Path, changes: JsonChange[]): void {
  if (before === after) return;
  if (path.length < JSON_DEPTH_MAX) {
    if (isJsonObject(before) && isJsonObject(after)) return compareObjects(before, after, path, changes);
    if (Array.isArray(before) && Array.isArray(after)) return compareArrays(before, after, path, changes);
  }
  if (!jsonEqual(before, after)) changes.push({ op: "replace", path: formatPointer(path), before, after });
}

function compareObjects(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path: Path,
  changes: JsonChange[],
): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort(compareIds)) {
    const at = [...path, key];
    if (!Object.hasOwn(after, key)) changes.push({ op: "remove", path: formatPointer(at), before: before[key] });
    else if (!Object.hasOwn(before, key)) changes.push({ op: "add", path: formatPointer(at), after: after[key] });
    else compare(before[key], after[key], at, changes);
  }
}

function compareArrays(before: readonly unknown[], after: readonly unknown[], path: Path, changes: JsonChange[]): void {
  const common = Math.min(before.length, after.length);
  for (let index = 0; index < common; index += 1) compare(before[index], after[index], [...path, index], changes);
  for (let index = common; index < after.length; index += 1) {
    changes.push({ op: "add", path: formatPointer([...path, index]), after: after[index] });
  }
  // From the end, so that no removal moves the items still to be removed.
  for (let index = before.length - 1; index >= common; index -= 1) {
    changes.push({ op: "remove", path: formatPointer([...path, index]), before: before[index] });
  }
}
