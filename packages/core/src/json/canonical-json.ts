import { compareIds } from "../cluster/compare-ids.ts";
import { CloudError } from "../errors/cloud-error.ts";
import { checkDepth } from "./json-depth.ts";

/**
 * One text for one JSON value, whatever the order of its members: RFC 8785 (members sorted by UTF-16 code units, no spaces,
 * ECMAScript numbers and strings). Members that are `undefined` are left out, as JSON does; in an array they are `null`.
 *
 * @throws CloudError `invalid` for what JSON cannot say (NaN, infinities, bigint, functions, symbols) and for nesting too deep.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  checkDepth(depth);
  if (value === null || value === undefined) return "null";
  if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => write(item, depth + 1)).join(",")}]`;
  if (typeof value === "object") return writeObject(value as Readonly<Record<string, unknown>>, depth);
  throw new CloudError("invalid", `not JSON: a ${typeof value}`);
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(compareIds)
    .map((key) => `${JSON.stringify(key)}:${write(value[key], depth + 1)}`);
  return `{${members.join(",")}}`;
}
