import {
  type Ctx,
  diffJson,
  type FieldConflict,
  isCloudError,
  type JsonChange,
  type KubeCluster,
  type KubeObject,
  type ObjectRef,
} from "@flotilla/core";
import { fieldManagerOf, ownershipOf, PLAN_ANNOTATION } from "../inventory/ownership.ts";
import { changeAt, isMap, mapAt } from "../objects/json-access.ts";
import { isSecret } from "../objects/secret-data.ts";
import { type ApplyObjectOptions, finished, type RenderedPlannedObject } from "./apply-object.ts";

/** What applying would do to one object, as the server itself says. */
export interface ObjectDiff {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly change: "create" | "change" | "unchanged" | "remove" | "conflict" | "foreign" | "invalid" | "failed";
  /** Without the server's own fields; values of Secrets are hidden. */
  readonly changes: readonly JsonChange[];
  readonly conflicts: readonly FieldConflict[];
  readonly message?: string;
}

/** Asks the server what it would make of the object, changing nothing. @throws CloudError as `KubeCluster` */
export async function diffObject(
  kube: KubeCluster,
  planned: RenderedPlannedObject,
  options: ApplyObjectOptions,
  ctx: Ctx,
): Promise<ObjectDiff> {
  const { cluster, ref } = planned;
  const live = await kube.get(ref, ctx);
  const base = { cluster, ref, changes: [], conflicts: [] };
  if (planned.owners.length === 0 && live !== undefined) return { ...base, change: "unchanged" };
  const desired = finished(planned, live, options);
  if (live === undefined) {
    await dryRunCreate(kube, desired, options, ctx);
    return { ...base, change: "create", changes: hidden(ref, diffJson(undefined, shown(desired))) };
  }
  if (ownershipOf(live, options.fleet) === "foreign" && !options.adopt) return { ...base, change: "foreign" };
  const fieldManager = fieldManagerOf(options.fleet);
  const result = await kube.apply(desired, { fieldManager, force: options.forceConflicts, dryRun: true }, ctx);
  if (result.outcome === "conflict") return { ...base, change: "conflict", conflicts: result.conflicts };
  const changes = hidden(ref, diffJson(shown(live), shown(result.object)));
  return { ...base, change: changes.length === 0 ? "unchanged" : "change", changes };
}

/** The server's own checks. What the same plan creates (the namespace, the definition of a kind) cannot be asked for yet. */
async function dryRunCreate(
  kube: KubeCluster,
  desired: KubeObject,
  { fleet, forceConflicts }: ApplyObjectOptions,
  ctx: Ctx,
): Promise<void> {
  try {
    await kube.apply(desired, { fieldManager: fieldManagerOf(fleet), force: forceConflicts, dryRun: true }, ctx);
  } catch (error) {
    if (!isCloudError(error, "notFound")) throw error;
  }
}

/** What a person wants to compare: no status, no bookkeeping of the server, no plan id. */
function shown(object: KubeObject): unknown {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(
      ([key]) => !["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"].includes(key),
    ),
  );
  return changeAt({ ...rest, metadata: kept }, ["metadata", "annotations"], () => {
    const { [PLAN_ANNOTATION]: _plan, ...annotations } = mapAt(metadata, "annotations");
    return annotations;
  });
}

const HIDDEN = "(hidden)";

function hidden(ref: ObjectRef, changes: readonly JsonChange[]): readonly JsonChange[] {
  return isSecret(ref) ? changes.map(hideChange) : changes;
}

function hideChange(change: JsonChange): JsonChange {
  const isData = change.path.startsWith("/data") || change.path.startsWith("/stringData");
  const hide = (value: unknown): unknown => (isData ? hideValue(value) : hideWithin(value));
  switch (change.op) {
    case "add":
      return { ...change, after: hide(change.after) };
    case "remove":
      return { ...change, before: hide(change.before) };
    case "replace":
      return { ...change, before: hide(change.before), after: hide(change.after) };
    default:
      return change satisfies never;
  }
}

/** Keys stay, so that a person sees which entry changed. */
function hideValue(value: unknown): unknown {
  return isMap(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, HIDDEN])) : HIDDEN;
}

function hideWithin(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === "data" || key === "stringData" ? hideValue(part) : part]),
  );
}
