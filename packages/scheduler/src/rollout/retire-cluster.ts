import { type Ctx, failureOf } from "@flotilla/core";
import { isUnreachable } from "../cycle/members.ts";
import type { MemberInventories } from "../inventory/read-inventories.ts";
import { sameRef } from "../objects/object-ref.ts";
import { liveKey } from "../plan/live-facts.ts";
import type { PlannedRemoval } from "../plan/plan.ts";
import { applyInOrder, onMember } from "./apply-cluster.ts";
import type { RemovalResult } from "./apply-report.ts";
import type { ClusterRollout, RolloutUnit } from "./plan-rollout.ts";
import { removeObject } from "./remove-object.ts";
import type { RolloutRun } from "./rollout-run.ts";
import { existingInventories, settleInventories } from "./write-inventories.ts";

/**
 * The second half on one member, for the units whose replacements stand: workloads shrink, what is no longer wanted goes, and
 * the inventories say what is left. What belongs to units that are not ready stays and is told as pending.
 *
 * @throws the signal's reason when aborted
 */
export async function retireCluster(
  run: RolloutRun,
  part: ClusterRollout,
  isReady: (unit: RolloutUnit) => boolean,
  ctx: Ctx,
): Promise<void> {
  const { cluster } = part;
  const ready = run.rollout.units.filter(isReady);
  const isReadyOwner = (owner: PlannedRemoval["owner"]): boolean => ready.some((unit) => sameRef(unit.ref, owner));
  const isAway = run.record.clusters.get(cluster)?.outcome === "unreachable";
  const isSettled = part.shrinking.length + part.removals.length === 0 && !run.leftovers.has(cluster);
  if (isSettled) return;
  const work = async (): Promise<void> => {
    await applyInOrder(
      run,
      cluster,
      part.shrinking.filter(({ ref }) => isReadyOwner(ref)),
      ctx,
    );
    if (part.removals.length > 0) await removeAll(run, part, ready, ctx);
    await settleInventories(run, cluster, isReady, ctx);
  };
  if (!isAway) await onMember(run, cluster, [], ctx, work);
  for (const { ref } of part.removals) {
    const isTold = run.record.removals.has(liveKey(cluster, ref));
    if (!isTold) run.record.removal({ cluster, ref, outcome: "pending", message: "the member could not be reached" });
  }
}

async function removeAll(
  run: RolloutRun,
  part: ClusterRollout,
  ready: readonly RolloutUnit[],
  ctx: Ctx,
): Promise<void> {
  const inventories = await existingInventories(run, part.cluster, ctx);
  for (const removal of part.removals) run.record.removal(await removeOne(run, removal, inventories, ready, ctx));
}

async function removeOne(
  run: RolloutRun,
  { cluster, ref, owner }: PlannedRemoval,
  { inventories, damaged }: MemberInventories,
  ready: readonly RolloutUnit[],
  ctx: Ctx,
): Promise<RemovalResult> {
  const users = inventories.filter(({ objects }) => objects.some((object) => sameRef(object, ref)));
  const stranger = users.find(({ workload }) => !run.rollout.units.some((unit) => sameRef(unit.ref, workload)));
  if (stranger !== undefined)
    return {
      cluster,
      ref,
      outcome: "kept",
      message: `${stranger.workload.kind} ${stranger.workload.name} still uses it`,
    };
  if (damaged.length > 0 && !sameRef(ref, owner))
    return { cluster, ref, outcome: "pending", message: damagedMessage(damaged) };
  const isWaiting = users.some(({ workload }) => !ready.some((unit) => sameRef(unit.ref, workload)));
  if (isWaiting) return { cluster, ref, outcome: "pending", message: "its replacements are not healthy yet" };
  try {
    return await run.record.writing(cluster, ref, () =>
      run.deps.members.use(cluster, (kube, timed) => removeObject(kube, cluster, ref, run.plan.fleet, timed), ctx),
    );
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isUnreachable(error)) throw error;
    return { cluster, ref, outcome: "failed", message: failureOf(error).message };
  }
}

/** What an unreadable inventory lists is unknown: nothing that could be shared is removed beside it. */
export function damagedMessage(damaged: readonly string[]): string {
  return `the inventory ${damaged.join(", ")} cannot be read and may list it too; repair or delete that ConfigMap`;
}
