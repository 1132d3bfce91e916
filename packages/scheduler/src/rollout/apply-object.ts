import { type ApplyResult, type Ctx, type FieldConflict, type KubeCluster, type KubeObject } from "@flotilla/core";
import {
  ADOPTED_ANNOTATION,
  DIGEST_ANNOTATION,
  fieldManagerOf,
  isAdopted,
  ownershipOf,
  PLAN_ANNOTATION,
  POLICY_ANNOTATION,
} from "../inventory/ownership.ts";
import { ownsEveryField, ownsField } from "../objects/field-ownership.ts";
import { changeAt, numberAt } from "../objects/json-access.ts";
import { formatRef } from "../objects/object-ref.ts";
import { isSecret } from "../objects/secret-data.ts";
import { replicasPathOf, setReplicas } from "../override/set-replicas.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { ObjectResult } from "./apply-report.ts";
import { sameSecret } from "./same-secret.ts";

export interface ApplyObjectOptions {
  readonly fleet: string;
  readonly planId: string;
  /** Take over objects that are there and not ours. */
  readonly adopt: boolean;
  /** Take fields from other managers. */
  readonly forceConflicts: boolean;
  /** The workload leaves another member in this run: here it has to have its share before that. */
  readonly isReplacing?: boolean;
}

/** A planned object with what was rendered for it. */
export type RenderedPlannedObject = PlannedObject & { readonly object: KubeObject };

/**
 * Makes one object what the plan says. It is left alone if its digest is unchanged and we still own every field we set;
 * otherwise it is applied, so that drift is repaired and other writers show as conflicts. Repeating it writes nothing.
 *
 * @throws CloudError as `KubeCluster`
 */
export async function applyObject(
  kube: KubeCluster,
  planned: RenderedPlannedObject,
  options: ApplyObjectOptions,
  ctx: Ctx,
): Promise<ObjectResult> {
  const { cluster, ref } = planned;
  const live = await kube.get(ref, ctx);
  if (planned.owners.length === 0 && live !== undefined) return { cluster, ref, outcome: "unchanged" };
  const ownership = ownershipOf(live, options.fleet);
  if (ownership === "foreign" && !options.adopt)
    return { cluster, ref, outcome: "foreign", message: foreignMessage(planned) };
  const manager = fieldManagerOf(options.fleet);
  const desired = finished(planned, live, options);
  const ownsReplicas = live !== undefined && isAutoscaled(planned) && ownsReplicasOf(live, manager);
  const missing = live !== undefined && options.isReplacing === true ? replicasToRaise(planned, live) : undefined;
  const isSettled =
    live !== undefined &&
    ownership === "ours" &&
    !ownsReplicas &&
    missing === undefined &&
    isUnchanged(planned, desired, live, manager);
  if (isSettled) return { cluster, ref, outcome: "unchanged" };
  if (live !== undefined && ownsReplicas) await handOverReplicas(kube, live, manager, ctx);
  const result = await apply(
    kube,
    live === undefined ? withInitialReplicas(desired, planned) : desired,
    manager,
    options,
    ctx,
  );
  if (result.outcome === "conflict") return conflict(planned, result.conflicts);
  if (live === undefined && isAutoscaled(planned)) {
    await handOverReplicas(kube, result.object, manager, ctx);
    await apply(kube, desired, manager, options, ctx);
  }
  if (live === undefined || missing === undefined) return { cluster, ref, outcome: result.outcome };
  await raiseReplicas(kube, live, missing, manager, ctx);
  return { cluster, ref, outcome: "changed" };
}

/** The rendered object with the marks that depend on what is there. */
export function finished(
  planned: RenderedPlannedObject,
  live: KubeObject | undefined,
  options: ApplyObjectOptions,
): KubeObject {
  if (planned.owners.length === 0) return planned.object;
  const before = live?.metadata.annotations ?? {};
  const isSame = planned.digest !== null && before[DIGEST_ANNOTATION] === planned.digest;
  const adopted = live !== undefined && (isAdopted(live) || ownershipOf(live, options.fleet) === "foreign");
  const marks = {
    [PLAN_ANNOTATION]: (isSame ? before[PLAN_ANNOTATION] : undefined) ?? options.planId,
    ...(adopted ? { [ADOPTED_ANNOTATION]: "true" } : {}),
  };
  const { annotations } = planned.object.metadata;
  return changeAt(planned.object, ["metadata", "annotations"], () => ({ ...annotations, ...marks })) as KubeObject;
}

function isUnchanged(planned: PlannedObject, desired: KubeObject, live: KubeObject, manager: string): boolean {
  const wanted = desired.metadata.annotations ?? {};
  const found = live.metadata.annotations ?? {};
  // What several workloads share carries the policy of whichever came last: only a workload's own mark has to be right.
  const isPolicyRight = planned.role !== "workload" || wanted[POLICY_ANNOTATION] === found[POLICY_ANNOTATION];
  const isContentSame = isSecret(desired)
    ? sameSecret(desired, live, manager)
    : planned.digest !== null && found[DIGEST_ANNOTATION] === planned.digest;
  return isPolicyRight && isContentSame && ownsEveryField(desired, live, manager);
}

async function apply(
  kube: KubeCluster,
  object: KubeObject,
  manager: string,
  options: ApplyObjectOptions,
  ctx: Ctx,
): Promise<ApplyResult> {
  const result = await kube.apply(object, { fieldManager: manager, force: options.forceConflicts }, ctx);
  const isOurOwn =
    result.outcome === "conflict" && result.conflicts.every((each) => each.manager === replicasManagerOf(manager));
  // Replicas that we handed to an autoscaler which is gone: they come back to us.
  return isOurOwn ? kube.apply(object, { fieldManager: manager, force: true }, ctx) : result;
}

function conflict({ cluster, ref }: PlannedObject, conflicts: readonly FieldConflict[]): ObjectResult {
  const fields = conflicts.map(({ field, manager }) => `${field} (owned by ${manager})`).join(", ");
  const message = `${formatRef(ref)} on ${cluster}: other writers own ${fields}; nothing of it was changed`;
  return { cluster, ref, outcome: "conflict", message, conflicts };
}

export function foreignMessage({ cluster, ref }: Pick<PlannedObject, "cluster" | "ref">): string {
  return `${formatRef(ref)} is already on ${cluster} and was not made by this fleet; adopt it to take it over`;
}

function isAutoscaled(planned: PlannedObject): boolean {
  return planned.initialReplicas !== undefined;
}

function replicasManagerOf(manager: string): string {
  return `${manager}-replicas`;
}

function ownsReplicasOf(live: KubeObject, manager: string): boolean {
  const path = replicasPathOf(live);
  return path !== undefined && ownsField(live, manager, path);
}

function withInitialReplicas(object: KubeObject, { initialReplicas }: PlannedObject): KubeObject {
  return initialReplicas === undefined ? object : setReplicas(object, { replicas: initialReplicas });
}

/**
 * Gives the number of replicas to a manager of its own, so that leaving it out of our next apply does not reset it; the
 * autoscaler takes it from there. Source: Kubernetes, Server-Side Apply, "Transferring ownership".
 */
async function handOverReplicas(kube: KubeCluster, live: KubeObject, manager: string, ctx: Ctx): Promise<void> {
  const path = replicasPathOf(live);
  const replicas = path === undefined ? undefined : numberAt(live, ...path);
  if (replicas === undefined) return;
  // A conflict means that the autoscaler has moved the number already: then it is its own.
  await kube.apply(onlyReplicas(live, replicas), { fieldManager: replicasManagerOf(manager) }, ctx);
}

/** The share of a workload that an autoscaler has scaled to less, where it is about to replace what runs elsewhere. */
function replicasToRaise({ initialReplicas }: PlannedObject, live: KubeObject): number | undefined {
  const path = replicasPathOf(live);
  if (path === undefined || initialReplicas === undefined) return undefined;
  return (numberAt(live, ...path) ?? 1) < initialReplicas ? initialReplicas : undefined;
}

/** Once, by force: the autoscaler sees the load that comes only afterwards, and goes on from this number. */
async function raiseReplicas(
  kube: KubeCluster,
  live: KubeObject,
  replicas: number,
  manager: string,
  ctx: Ctx,
): Promise<void> {
  await kube.apply(onlyReplicas(live, replicas), { fieldManager: replicasManagerOf(manager), force: true }, ctx);
}

function onlyReplicas({ apiVersion, kind, metadata }: KubeObject, replicas: number): KubeObject {
  const { name, namespace } = metadata;
  const identity = { apiVersion, kind, metadata: namespace === undefined ? { name } : { name, namespace } };
  return setReplicas(identity, { replicas });
}
