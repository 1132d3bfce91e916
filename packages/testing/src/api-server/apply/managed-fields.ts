import { objectAt, objectsAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { type FieldSet, formatFieldSet, isEmptySet, parseFieldSet } from "./field-set.ts";

/** Who writes: `subresource` is set when the write went through one. */
export interface ManagerId {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource?: string;
}

/** One manager's share of an object. `time` is RFC 3339, of its last change. */
export interface ManagedEntry extends ManagerId {
  readonly time?: string;
  readonly fields: FieldSet;
}

/** Entries by manager. */
export type ManagedEntries = ReadonlyMap<string, ManagedEntry>;

/** The key that tells managers apart: an applier keeps its entry when it moves to another API version. */
export function managerKey(id: ManagerId): string {
  const version = id.operation === "Apply" ? "" : id.apiVersion;
  return JSON.stringify([id.manager, id.operation, version, id.subresource ?? ""]);
}

/** The object's `metadata.managedFields`. */
export function readManagedFields(object: JsonObject): ManagedEntries {
  const entries = objectsAt(object, "metadata", "managedFields").map((entry): ManagedEntry => {
    const subresource = stringAt(entry, "subresource");
    const time = stringAt(entry, "time");
    return {
      manager: stringAt(entry, "manager") ?? "",
      operation: stringAt(entry, "operation") === "Apply" ? "Apply" : "Update",
      apiVersion: stringAt(entry, "apiVersion") ?? "",
      ...(subresource === undefined || subresource === "" ? {} : { subresource }),
      ...(time === undefined ? {} : { time }),
      fields: parseFieldSet(objectAt(entry, "fieldsV1")),
    };
  });
  return new Map(entries.map((entry) => [managerKey(entry), entry]));
}

/** The object with these entries; appliers first, then by time and name, as the server orders them. */
export function withManagedFields(object: JsonObject, entries: ManagedEntries): JsonObject {
  const list = [...entries.values()].filter((entry) => !isEmptySet(entry.fields)).sort(byOrder);
  return withAt(object, ["metadata", "managedFields"], list.length === 0 ? undefined : list.map(formatEntry));
}

function byOrder(a: ManagedEntry, b: ManagedEntry): number {
  const [left, right] = [a, b].map((entry) =>
    [entry.operation, entry.time ?? "", entry.manager, entry.apiVersion, entry.subresource ?? ""].join("\n"),
  );
  return (left ?? "") < (right ?? "") ? -1 : 1;
}

function formatEntry(entry: ManagedEntry): JsonObject {
  return {
    manager: entry.manager,
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    ...(entry.time === undefined ? {} : { time: entry.time }),
    fieldsType: "FieldsV1",
    fieldsV1: formatFieldSet(entry.fields),
    ...(entry.subresource === undefined ? {} : { subresource: entry.subresource }),
  };
}
