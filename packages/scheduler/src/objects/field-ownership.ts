import type { KubeObject, ManagedFieldsEntry } from "@flotilla/core";
import { isMap } from "./json-access.ts";

/** Identity is nobody's field. */
const IDENTITY: ReadonlySet<string> = new Set(["apiVersion", "kind"]);
const METADATA_IDENTITY: ReadonlySet<string> = new Set(["name", "namespace"]);

/**
 * Whether `manager` still owns, by server-side apply, every field that `desired` sets in the live object. Another writer
 * that changes or removes one of them takes it from us, so this is how drift shows without knowing any defaults.
 * Source: Kubernetes, Server-Side Apply, "Field management" (FieldsV1: `f:` fields, `k:` list keys, `v:` set members).
 */
export function ownsEveryField(desired: KubeObject, live: KubeObject, manager: string): boolean {
  const fields = appliedFields(live, manager, desired.apiVersion);
  return (
    fields !== undefined &&
    Object.entries(desired).every(([key, value]) => IDENTITY.has(key) || ownsKey(fields, key, value))
  );
}

/** Whether `manager` owns, by server-side apply, the field at this path of plain keys. */
export function ownsField(live: KubeObject, manager: string, path: readonly string[]): boolean {
  let node: unknown = appliedFields(live, manager);
  for (const key of path) {
    if (!isMap(node) || !Object.hasOwn(node, `f:${key}`)) return false;
    node = node[`f:${key}`];
  }
  return node !== undefined;
}

function appliedFields(
  live: KubeObject,
  manager: string,
  apiVersion?: string,
): Readonly<Record<string, unknown>> | undefined {
  const entry = (live.metadata.managedFields ?? []).find((candidate) => isApplyOf(candidate, manager, apiVersion));
  return isMap(entry?.fieldsV1) ? entry.fieldsV1 : undefined;
}

function isApplyOf(entry: ManagedFieldsEntry, manager: string, apiVersion: string | undefined): boolean {
  const plain = entry.subresource === undefined || entry.subresource === "";
  return (
    entry.manager === manager &&
    entry.operation === "Apply" &&
    plain &&
    (apiVersion === undefined || entry.apiVersion === apiVersion)
  );
}

function ownsKey(node: Readonly<Record<string, unknown>>, key: string, value: unknown): boolean {
  const child = node[`f:${key}`];
  if (key === "metadata" && isMap(value)) {
    const own = Object.entries(value).filter(([name]) => !METADATA_IDENTITY.has(name));
    return own.length === 0 || (isMap(child) && own.every(([name, part]) => ownsKey(child, name, part)));
  }
  return value === null || value === undefined || (isMap(child) && ownsValue(child, value));
}

/** An empty node is a leaf: the value is owned as a whole (scalars, atomic lists and maps). */
function ownsValue(node: Readonly<Record<string, unknown>>, value: unknown): boolean {
  const parts = Object.keys(node).filter((key) => key !== ".");
  if (Array.isArray(value)) return parts.length === 0 ? true : value.every((item) => ownsItem(node, parts, item));
  if (!isMap(value)) return true;
  const entries = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  if (parts.length === 0) return true;
  return entries.every(([key, part]) => ownsKey(node, key, part));
}

function ownsItem(node: Readonly<Record<string, unknown>>, parts: readonly string[], item: unknown): boolean {
  for (const part of parts) {
    if (part.startsWith("v:") && part === `v:${JSON.stringify(item)}`) return true;
    const child = node[part];
    if (part.startsWith("k:") && isMap(item) && hasKeys(item, part.slice(2)))
      return isMap(child) && ownsValue(child, item);
  }
  return false;
}

/** A key that the manifest leaves to its default (a port's `protocol`) matches whatever the server put there. */
function hasKeys(item: Readonly<Record<string, unknown>>, keyJson: string): boolean {
  const keys: unknown = JSON.parse(keyJson);
  return isMap(keys) && Object.entries(keys).every(([key, value]) => !Object.hasOwn(item, key) || item[key] === value);
}

/** Names of the members that `manager` owns in the map at a path of plain keys. */
export function ownedKeys(live: KubeObject, manager: string, path: readonly string[]): readonly string[] {
  let node: unknown = appliedFields(live, manager);
  for (const key of path) node = isMap(node) ? node[`f:${key}`] : undefined;
  if (!isMap(node)) return [];
  return Object.keys(node)
    .filter((key) => key.startsWith("f:"))
    .map((key) => key.slice(2));
}
