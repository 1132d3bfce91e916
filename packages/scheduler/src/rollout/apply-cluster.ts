import { type Ctx, failureOf, isCloudError, type KubeObject, mapLimited, type ObjectRef } from "@flotilla/core";
import { isUnreachable } from "../cycle/members.ts";
import { formatRef, refKey, sameRef } from "../objects/object-ref.ts";
import { applyObject, type RenderedPlannedObject } from "./apply-object.ts";
import { applyOrderOf } from "../plan/apply-order.ts";
import { liveKey } from "../plan/live-facts.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { ObjectResult } from "./apply-report.ts";
import type { ClusterRollout } from "./plan-rollout.ts";
import type { RolloutRun } from "./rollout-run.ts";
import { announceInventories } from "./write-inventories.ts";

/**
 * Brings one member to the plan: namespaces, the inventories that announce what comes, then every object in order. What
 * depends on something that failed is skipped; a member that stops answering is left, and the rest of the fleet goes on.
 *
 * @throws the signal's reason when aborted
 */
export async function applyCluster(run: RolloutRun, part: ClusterRollout, ctx: Ctx): Promise<void> {
  const { cluster } = part;
  await onMember(run, cluster, [...part.namespaces, ...part.objects, ...part.shrinking], ctx, async () => {
    await applyInOrder(run, cluster, part.namespaces, ctx);
    await announceInventories(run, cluster, ctx);
    await applyInOrder(run, cluster, part.objects, ctx);
    for (const object of part.shrinking) {
      run.record.object({
        cluster,
        ref: object.ref,
        outcome: "pending",
        message: "waits until its replacements are healthy",
      });
    }
  });
}

/** Objects applied to one member at a time: hides the way there and back without crowding a small API server. */
const OBJECTS_AT_A_TIME = 4;

/** Applies objects class by class, those of a class side by side; an object whose owner has failed before is skipped. */
export async function applyInOrder(
  run: RolloutRun,
  cluster: string,
  objects: readonly PlannedObject[],
  ctx: Ctx,
): Promise<void> {
  const broken = new Map<string, ObjectRef>();
  const classes = Map.groupBy(objects, ({ role, ref }) => applyOrderOf(role, ref));
  for (const [, members] of [...classes].sort(([a], [b]) => a - b)) {
    const apply = async (planned: PlannedObject): Promise<ObjectResult> => {
      const cause = planned.owners.map((owner) => broken.get(refKey(owner))).find((ref) => ref !== undefined);
      const result = cause === undefined ? await applyOne(run, planned, objects, ctx) : skipped(planned, cause);
      run.record.object(result);
      return result;
    };
    const results = await mapLimited(members, OBJECTS_AT_A_TIME, apply, { signal: ctx.signal });
    for (const [index, result] of results.entries()) {
      if (!isBroken(result)) continue;
      for (const owner of members[index]?.owners ?? [])
        broken.set(refKey(owner), broken.get(refKey(owner)) ?? result.ref);
    }
  }
  if (objects.length > 0 && !run.record.clusters.has(cluster)) run.record.cluster({ cluster, outcome: "done" });
}

/** Runs work on a member; when the member stops answering, what was not done is told and the run goes on. */
export async function onMember(
  run: RolloutRun,
  cluster: string,
  objects: readonly PlannedObject[],
  ctx: Ctx,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    const isClean = [...run.record.objects.values()].every((result) => result.cluster !== cluster || !isBroken(result));
    run.record.cluster({ cluster, outcome: isClean ? "done" : "failed" });
  } catch (error) {
    ctx.signal.throwIfAborted();
    const { message } = failureOf(error);
    run.record.cluster({ cluster, outcome: isUnreachable(error) ? "unreachable" : "failed", message });
    for (const { ref } of objects) {
      if (!run.record.objects.has(liveKey(cluster, ref)))
        run.record.object({ cluster, ref, outcome: "skipped", message });
    }
  }
}

export function isBroken({ outcome }: ObjectResult): boolean {
  return isRefused({ outcome }) || outcome === "failed" || outcome === "skipped";
}

/** What running again would not change. */
export function isRefused({ outcome }: Pick<ObjectResult, "outcome">): boolean {
  return outcome === "conflict" || outcome === "foreign" || outcome === "invalid";
}

function skipped({ cluster, ref }: PlannedObject, cause: ObjectRef): ObjectResult {
  return { cluster, ref, outcome: "skipped", message: `${formatRef(cause)} was not applied` };
}

async function applyOne(
  run: RolloutRun,
  planned: PlannedObject,
  batch: readonly PlannedObject[],
  ctx: Ctx,
): Promise<ObjectResult> {
  const { cluster, ref, object } = planned;
  if (object === undefined) return { cluster, ref, outcome: "failed", message: "the plan holds no rendered object" };
  const isCustom = batch.some((other) => defines(other, ref));
  try {
    return await run.record.writing(cluster, ref, () => applyPatiently(run, { ...planned, object }, isCustom, ctx));
  } catch (error) {
    ctx.signal.throwIfAborted();
    const { message } = failureOf(error);
    const outcome = isCloudError(error, "invalid") ? "invalid" : "failed";
    const result: ObjectResult = { cluster, ref, outcome, message };
    if (!isUnreachable(error)) return result;
    run.record.object(result);
    throw error;
  }
}

/** A definition needs a moment until its kind is served. */
const ESTABLISH_TRIES = 40;
const ESTABLISH_INTERVAL_MS = 250;

async function applyPatiently(
  run: RolloutRun,
  planned: RenderedPlannedObject,
  isCustom: boolean,
  ctx: Ctx,
): Promise<ObjectResult> {
  const { plan, options, deps } = run;
  const { adopt = false, forceConflicts = false } = options;
  const isReplacing = plan.removals.some(({ ref }) => sameRef(ref, planned.ref));
  const settings = { fleet: plan.fleet, planId: plan.planId, adopt, forceConflicts, isReplacing };
  for (let tries = 1; ; tries += 1) {
    try {
      return await deps.members.use(planned.cluster, (kube, timed) => applyObject(kube, planned, settings, timed), ctx);
    } catch (error) {
      if (!isCustom || tries === ESTABLISH_TRIES || !isCloudError(error, "notFound")) throw error;
      await deps.clock.sleep(ESTABLISH_INTERVAL_MS, { signal: ctx.signal });
    }
  }
}

function defines({ ref, object }: PlannedObject, custom: ObjectRef): boolean {
  if (ref.kind !== "CustomResourceDefinition" || object === undefined) return false;
  return sameKind(object, custom);
}

function sameKind(definition: KubeObject, custom: ObjectRef): boolean {
  const spec = definition["spec"] as
    { readonly group?: unknown; readonly names?: { readonly kind?: unknown } } | undefined;
  return spec?.names?.kind === custom.kind && custom.apiVersion.startsWith(`${String(spec.group)}/`);
}

/** Whether an object is one of the workload's own. */
export function belongsTo(planned: PlannedObject, unit: ObjectRef): boolean {
  return planned.owners.some((owner) => sameRef(owner, unit));
}
