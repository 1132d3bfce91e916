import { CloudError, type Ctx, jsonEqual, type KubeCluster, type ObjectRef } from "@flotilla/core";
import {
  type Inventory,
  INVENTORY_BYTES_MAX,
  inventoryRef,
  inventoryText,
  toConfigMap,
} from "../inventory/inventory.ts";
import { fieldManagerOf } from "../inventory/ownership.ts";
import { type MemberInventories, readInventories } from "../inventory/read-inventories.ts";
import { formatRef, refKey, sameRef } from "../objects/object-ref.ts";
import { liveKey } from "../plan/live-facts.ts";
import type { RolloutUnit } from "./plan-rollout.ts";
import type { RolloutRun } from "./rollout-run.ts";

/**
 * Before any object: what each unit is about to have here, with what it had, so that a crash leaves nothing unlisted. A unit
 * that is leaving says so with a share of 0. Texts that are right already are not written again.
 */
export async function announceInventories(run: RolloutRun, cluster: string, ctx: Ctx): Promise<void> {
  const existing = (await existingInventories(run, cluster, ctx)).inventories;
  for (const unit of run.rollout.units) {
    const before = findOf(existing, unit.ref);
    const planned = plannedRefs(run, cluster, unit);
    if (planned.length === 0 && before === undefined) continue;
    const objects = union(planned, before?.objects ?? []);
    if (objects.length > planned.length || planned.length === 0) run.leftovers.add(cluster);
    if (before !== undefined && isOvertaken(before, unit)) throw overtaken(cluster, unit);
    await write(run, cluster, unit, objects, before, ctx);
  }
}

/** Whether another apply has given other shares since this plan was made. */
function isOvertaken(before: Inventory, unit: RolloutUnit): boolean {
  return (
    before.revision > unit.revision || (before.revision === unit.revision && !jsonEqual(before.shares, unit.shares))
  );
}

function overtaken(cluster: string, { ref }: RolloutUnit): CloudError {
  const message = `${formatRef(ref)} on ${cluster}: another apply has run since this plan was made; plan again`;
  return new CloudError("stale", message);
}

/** After the removals: exactly what is there now. An inventory that lists nothing any more is deleted. */
export async function settleInventories(
  run: RolloutRun,
  cluster: string,
  isReady: (unit: RolloutUnit) => boolean,
  ctx: Ctx,
): Promise<void> {
  const existing = (await existingInventories(run, cluster, ctx)).inventories;
  for (const unit of run.rollout.units.filter(isReady)) {
    const before = findOf(existing, unit.ref);
    if (before === undefined) continue;
    const left = before.objects.filter((ref) => isStillThere(run, cluster, unit.ref, ref));
    const objects = union(plannedRefs(run, cluster, unit), left);
    if (objects.length > 0) await write(run, cluster, unit, objects, before, ctx);
    else
      await run.deps.members.use(
        cluster,
        (kube, timed) => kube.delete(inventoryRef(run.plan.fleet, unit.ref), {}, timed),
        ctx,
      );
  }
}

export async function existingInventories(run: RolloutRun, cluster: string, ctx: Ctx): Promise<MemberInventories> {
  const { plan, rollout, deps } = run;
  const namespaces = [...new Set(rollout.units.map(({ ref }) => inventoryRef(plan.fleet, ref).namespace ?? ""))];
  const read = (kube: KubeCluster, timed: Ctx) => readInventories(kube, plan.fleet, namespaces, timed);
  return deps.members.use(cluster, read, ctx);
}

async function write(
  run: RolloutRun,
  cluster: string,
  unit: RolloutUnit,
  objects: readonly ObjectRef[],
  before: Inventory | undefined,
  ctx: Ctx,
): Promise<void> {
  const { fleet, planId } = run.plan;
  const { ref: workload, policy, replicas, shares, revision } = unit;
  const share = shares.find((each) => each.cluster === cluster)?.replicas ?? 0;
  const inventory: Inventory = { workload, policy, replicas, share, shares, revision, objects };
  const text = inventoryText(inventory);
  if (before !== undefined && inventoryText(before) === text) return;
  if (Buffer.byteLength(text) > INVENTORY_BYTES_MAX) throw tooLarge(cluster, unit, objects.length);
  const configMap = toConfigMap(fleet, inventory, planId);
  // Nobody else writes our inventories: a field taken from us by hand is taken back.
  const options = { fieldManager: fieldManagerOf(fleet), force: true };
  await run.record.writing(cluster, inventoryRef(fleet, workload), () =>
    run.deps.members.use(cluster, (kube, timed) => kube.apply(configMap, options, timed), ctx),
  );
}

function tooLarge(cluster: string, { ref }: RolloutUnit, count: number): CloudError {
  const message = `${formatRef(ref)} on ${cluster}: its inventory of ${count} objects is over ${INVENTORY_BYTES_MAX} bytes; split the documents`;
  return new CloudError("invalid", message);
}

function findOf(inventories: readonly Inventory[], ref: ObjectRef): Inventory | undefined {
  return inventories.find(({ workload }) => sameRef(workload, ref));
}

function plannedRefs({ plan }: RolloutRun, cluster: string, unit: RolloutUnit): readonly ObjectRef[] {
  return plan.objects
    .filter((object) => object.cluster === cluster && object.owners.some((owner) => sameRef(owner, unit.ref)))
    .map(({ ref }) => ref);
}

function isStillThere({ plan, record }: RolloutRun, cluster: string, owner: ObjectRef, ref: ObjectRef): boolean {
  const key = liveKey(cluster, ref);
  const outcome = record.removals.get(key)?.outcome;
  const isKept = plan.kept.some(
    (object) => liveKey(object.cluster, object.ref) === key && sameRef(object.owner, owner),
  );
  return isKept || outcome === "pending" || outcome === "failed";
}

function union(a: readonly ObjectRef[], b: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map([...b, ...a].map((ref) => [refKey(ref), ref])).values()];
}
