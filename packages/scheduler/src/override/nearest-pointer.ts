import { formatPointer, nearestName, parsePointer } from "@flotilla/core";
import { isMap, valueAt } from "../objects/json-access.ts";

/** What a JSON Pointer most likely meant: the same one with its first missing name as it is called there. */
export function nearestPointer(root: unknown, pointer: string): string | undefined {
  const parts = parsePointer(pointer) ?? [];
  const missing = parts.findIndex((_, depth) => valueAt(root, ...parts.slice(0, depth + 1)) === undefined);
  const parent = valueAt(root, ...parts.slice(0, missing));
  const nearest = missing === -1 || !isMap(parent) ? undefined : nearestName(parts[missing] ?? "", Object.keys(parent));
  return nearest === undefined ? undefined : formatPointer(parts.with(missing, nearest));
}
