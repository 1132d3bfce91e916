import { isJsonObject } from "@flotilla/core";
import { entryProblem } from "./entry-problem.ts";
import type { KubeconfigEntry } from "./kubeconfig.ts";

/** Typed reading of one entry's fields. Absent, `null` and empty are all "not given", as in kubectl. @throws CloudError `invalid` */
export function textField(entry: KubeconfigEntry, field: string): string | undefined {
  const value = entry.fields[field] ?? "";
  if (typeof value !== "string")
    throw entryProblem(entry, [field], `expected a text (quote it), not ${typeName(value)}`);
  return value === "" ? undefined : value;
}

export function flagField(entry: KubeconfigEntry, field: string): boolean {
  const value = entry.fields[field] ?? false;
  if (typeof value !== "boolean") throw entryProblem(entry, [field], `expected true or false, not ${typeName(value)}`);
  return value;
}

export function objectField(entry: KubeconfigEntry, field: string): Readonly<Record<string, unknown>> | undefined {
  const value = entry.fields[field] ?? undefined;
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) throw entryProblem(entry, [field], `expected a mapping, not ${typeName(value)}`);
  return value;
}

export function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
