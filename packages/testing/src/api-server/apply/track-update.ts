import type { JsonObject } from "../json/json.ts";
import type { Schema } from "../schema/schema.ts";
import { compareFields, writtenFields } from "./compare-fields.ts";
import {
  EMPTY_SET,
  type FieldSet,
  isEmptySet,
  parseFieldSet,
  subtractSet,
  subtractTrees,
  unionSets,
} from "./field-set.ts";
import { type ManagedEntries, type ManagedEntry, managerKey, type ManagerId } from "./managed-fields.ts";

/** Fields nobody owns: the server's own. Source: the field manager's strip set of Kubernetes 1.36. */
function serverFields(): FieldSet {
  const metadata = [
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "generation",
    "managedFields",
    "resourceVersion",
  ];
  const own: Record<string, JsonObject> = { ".": {} };
  for (const name of metadata) own[`f:${name}`] = {};
  return parseFieldSet({ "f:apiVersion": {}, "f:kind": {}, "f:metadata": own });
}

/** The set without the server's own fields and without the ignored trees. `metadata` itself is nobody's, what is in it may be. */
export function ownable(fields: FieldSet, ignored: FieldSet): FieldSet {
  return subtractTrees(subtractSet(fields, serverFields()), ignored);
}

/** What a write that is no apply did to the ownership: the writer takes what it changed, everyone loses what is gone. */
export function trackUpdate(input: {
  readonly schema: Schema;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly entries: ManagedEntries;
  readonly writer: ManagerId;
  readonly ignored?: FieldSet;
  readonly time: string;
}): ManagedEntries {
  const changes = compareFields(input.schema, input.before, input.after);
  const written = writtenFields(changes);
  const out = new Map<string, ManagedEntry>();
  for (const [key, entry] of input.entries) {
    const fields = subtractSet(subtractSet(entry.fields, written), changes.removed);
    if (!isEmptySet(fields)) out.set(key, { ...entry, fields });
  }
  const taken = subtractSet(ownable(written, input.ignored ?? EMPTY_SET), changes.removed);
  if (isEmptySet(taken)) return out;
  const key = managerKey(input.writer);
  const fields = unionSets(taken, out.get(key)?.fields ?? EMPTY_SET);
  out.set(key, { ...input.writer, ...entryTime(input.writer, input.time), fields });
  return out;
}

/** Entries of writes through `scale` carry no time: the real server leaves it out. */
export function entryTime(writer: ManagerId, time: string): { readonly time?: string } {
  return writer.subresource === "scale" ? {} : { time };
}
