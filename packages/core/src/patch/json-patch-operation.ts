import { isJsonObject } from "../json/is-json-object.ts";
import { forbiddenPart, formatPointer, parsePointer } from "./json-pointer.ts";
import { failure, type PatchFailure } from "./patch-failure.ts";

/** One operation of a JSON Patch (RFC 6902). */
export type JsonPatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly path: string; readonly from: string };

/** An operation that has been checked, its pointers split. */
export type CheckedOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: readonly string[]; readonly value: unknown }
  | { readonly op: "remove"; readonly path: readonly string[] }
  | { readonly op: "move" | "copy"; readonly path: readonly string[]; readonly from: readonly string[] };

/** Checks the shape of what a person wrote; unknown members are ignored, as RFC 6902 section 4 says. */
export function checkOperation(operation: unknown): CheckedOperation | PatchFailure {
  if (!isJsonObject(operation)) return failure("an operation is an object with op and path");
  const op = operation["op"];
  const path = pointer(operation, "path");
  if (!Array.isArray(path)) return path;
  switch (op) {
    case "add":
    case "replace":
    case "test":
      if (!Object.hasOwn(operation, "value")) return failure(`${op} needs a value`);
      return { op, path, value: operation["value"] };
    case "remove":
      return { op, path };
    case "move":
    case "copy": {
      const from = pointer(operation, "from");
      if (!Array.isArray(from)) return from;
      return op === "move" && isInside(path, from)
        ? failure(`${formatPointer(from)} cannot be moved into itself`)
        : { op, path, from };
    }
    default:
      return failure(`op is add, remove, replace, move, copy or test, not ${JSON.stringify(op) ?? "absent"}`);
  }
}

function pointer(operation: Readonly<Record<string, unknown>>, member: "path" | "from"): string[] | PatchFailure {
  const text = operation[member];
  if (typeof text !== "string") return failure(`${member} must be a JSON Pointer such as /spec/replicas`);
  const parts = parsePointer(text);
  if (parts === undefined) return failure(`${member} is not a JSON Pointer: ${JSON.stringify(text)}`);
  const forbidden = forbiddenPart(parts);
  return forbidden === undefined ? [...parts] : failure(`${member} may not name ${forbidden}`);
}

/** RFC 6902 section 4.4: `from` may not be a proper prefix of `path`. */
function isInside(path: readonly string[], from: readonly string[]): boolean {
  return path.length > from.length && from.every((part, index) => part === path[index]);
}
