import { jsonEqual } from "../json/json-equal.ts";
import { checkOperation, type CheckedOperation, type JsonPatchOperation } from "./json-patch-operation.ts";
import { formatPointer } from "./json-pointer.ts";
import { JsonTree } from "./json-tree.ts";
import { failure, type PatchFailure } from "./patch-failure.ts";

/**
 * What an operation does whose target or parent is not there. `error` is RFC 6902. `ignore` leaves the operation out (a failed
 * `test` still fails). `add` aims at the end state: parents are made as objects, `replace` adds, `remove` of nothing is done.
 */
export type MissingMode = "error" | "add" | "ignore";

/** The new document, or the first operation (its index from 0 and its path) that could not be applied and why. */
export type PatchResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly index: number; readonly path: string; readonly message: string };

/**
 * Applies a JSON Patch (RFC 6902): all of it or nothing. The document is not changed; the result shares with it every part
 * that no operation touched. Pointers that name `__proto__`, `constructor` or `prototype` are refused.
 */
export function applyJsonPatch(
  document: unknown,
  operations: readonly JsonPatchOperation[],
  options: { readonly missing?: MissingMode } = {},
): PatchResult {
  const missing = options.missing ?? "error";
  const tree = new JsonTree(document);
  for (const [index, operation] of operations.entries()) {
    const checked = checkOperation(operation);
    const problem = "failed" in checked ? checked : applyOne(tree, checked, missing);
    if (problem !== undefined && !(problem.missing && missing === "ignore")) {
      return { ok: false, index, path: pathOf(operation), message: problem.message };
    }
  }
  return { ok: true, value: tree.root };
}

function applyOne(tree: JsonTree, operation: CheckedOperation, missing: MissingMode): PatchFailure | undefined {
  const create = missing === "add";
  switch (operation.op) {
    case "add":
      return tree.edit(operation.path, { kind: "insert", value: operation.value }, create);
    case "replace":
      return replace(tree, operation.path, operation.value, create);
    case "remove": {
      const problem = tree.edit(operation.path, { kind: "delete" }, false);
      return create && problem?.missing === true ? undefined : problem;
    }
    case "test":
      return test(tree, operation.path, operation.value);
    case "move":
    case "copy":
      return transfer(tree, operation, create);
    default:
      return operation satisfies never;
  }
}

function replace(tree: JsonTree, path: readonly string[], value: unknown, create: boolean): PatchFailure | undefined {
  const problem = tree.edit(path, { kind: "set", value }, false);
  return create && problem?.missing === true ? tree.edit(path, { kind: "insert", value }, true) : problem;
}

function test(tree: JsonTree, path: readonly string[], expected: unknown): PatchFailure | undefined {
  const found = tree.read(path);
  // A test is an assertion: nothing there is a failed one, in every mode.
  if (found.failed === true) return failure(found.message);
  return jsonEqual(found.value, expected)
    ? undefined
    : failure(`the value at ${nameOf(path)} is not the one tested for`);
}

function transfer(
  tree: JsonTree,
  { op, from, path }: Extract<CheckedOperation, { readonly op: "move" | "copy" }>,
  create: boolean,
): PatchFailure | undefined {
  const found = tree.read(from);
  if (found.failed === true) return found;
  if (op === "move" && formatPointer(from) === formatPointer(path)) return undefined;
  const before = tree.checkpoint();
  const removal = op === "move" ? tree.edit(from, { kind: "delete" }, false) : undefined;
  const problem = removal ?? tree.edit(path, { kind: "insert", value: found.value }, create);
  if (problem !== undefined) tree.restore(before); // half a move must not stay where failures are ignored
  return problem;
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? "the root" : formatPointer(path);
}

function pathOf(operation: unknown): string {
  const path = typeof operation === "object" && operation !== null && "path" in operation ? operation.path : undefined;
  return typeof path === "string" ? path : "";
}
