import { compareIds, type Ctx, failureOf, type KubeCluster, mapLimited, type ObjectRef } from "@flotilla/core";
import type { FleetWorkload } from "../inventory/fleet-workloads.ts";
import { type Inventory, inventoryRef } from "../inventory/inventory.ts";
import { readInventories } from "../inventory/read-inventories.ts";
import { refKey, sameRef } from "../objects/object-ref.ts";
import type { ClusterResult, RemovalResult } from "../rollout/apply-report.ts";
import type { OnProgress } from "../rollout/progress.ts";
import { removeObject } from "../rollout/remove-object.ts";
import { damagedMessage } from "../rollout/retire-cluster.ts";
import { isUnreachable, type Members } from "./members.ts";

export interface DeleteDeps {
  readonly fleet: string;
  readonly members: Members;
  readonly concurrency: number;
  readonly onProgress: OnProgress;
}

export interface Deleted {
  readonly removals: readonly RemovalResult[];
  readonly clusters: readonly ClusterResult[];
  /** Members from which a workload is still to be deleted, by `refKey`. */
  readonly pending: ReadonlyMap<string, readonly string[]>;
  readonly isInterrupted: boolean;
}

/**
 * Deletes workloads from every member that has them: the workload itself first, then what it brought unless another workload
 * lists it too, the inventory last. Only what this fleet made. A member that cannot be reached is pending.
 * An abort ends it early: what was deleted stays deleted, the rest is pending.
 */
export async function deleteWorkloads(
  deps: DeleteDeps,
  workloads: readonly FleetWorkload[],
  ctx: Ctx,
): Promise<Deleted> {
  const removals: RemovalResult[] = [];
  const clusters: ClusterResult[] = [];
  const pending = new Map<string, string[]>();
  const places = placesOf(workloads);
  const deleteOn = async (cluster: string): Promise<void> => {
    const mine = workloads.filter((workload) => isOn(workload, cluster));
    const result = await deleteFromMember(deps, cluster, mine, removals, ctx);
    clusters.push(result);
    deps.onProgress({
      phase: "delete",
      done: clusters.length,
      total: places.length,
      message: `${cluster}: ${result.outcome}`,
      cluster,
    });
    if (result.outcome === "done") return;
    for (const { ref } of mine) pending.set(refKey(ref), [...(pending.get(refKey(ref)) ?? []), cluster]);
  };
  try {
    await mapLimited(places, deps.concurrency, deleteOn, { signal: ctx.signal });
  } catch (error) {
    if (!ctx.signal.aborted) throw error;
    addUntouched(pending, workloads, clusters);
  }
  clusters.sort((a, b) => compareIds(a.cluster, b.cluster));
  removals.sort((a, b) => compareIds(a.cluster, b.cluster));
  return { removals, clusters, pending, isInterrupted: ctx.signal.aborted };
}

function addUntouched(
  pending: Map<string, string[]>,
  workloads: readonly FleetWorkload[],
  done: readonly ClusterResult[],
): void {
  const told = new Set(done.map(({ cluster }) => cluster));
  for (const workload of workloads) {
    const left = placesOf([workload]).filter((cluster) => !told.has(cluster));
    pending.set(refKey(workload.ref), [...(pending.get(refKey(workload.ref)) ?? []), ...left]);
  }
}

function placesOf(workloads: readonly FleetWorkload[]): readonly string[] {
  const ids = workloads.flatMap(({ members, shares }) => [...members, ...shares].map(({ cluster }) => cluster));
  return [...new Set(ids)].sort(compareIds);
}

function isOn({ members, shares }: FleetWorkload, cluster: string): boolean {
  return [...members, ...shares].some((each) => each.cluster === cluster);
}

async function deleteFromMember(
  deps: DeleteDeps,
  cluster: string,
  workloads: readonly FleetWorkload[],
  removals: RemovalResult[],
  ctx: Ctx,
): Promise<ClusterResult> {
  const namespaces = [...new Set(workloads.map(({ ref }) => inventoryRef(deps.fleet, ref).namespace ?? ""))];
  const read = (kube: KubeCluster, timed: Ctx) => readInventories(kube, deps.fleet, namespaces, timed);
  let isClean = true;
  try {
    const { inventories, damaged } = await deps.members.use(cluster, read, ctx);
    const isLeaving = ({ workload }: Inventory): boolean => workloads.some(({ ref }) => sameRef(ref, workload));
    const staying = inventories.filter((inventory) => !isLeaving(inventory));
    for (const inventory of inventories.filter(isLeaving)) {
      for (const ref of removalOrder(inventory)) {
        const isOwn = sameRef(ref, inventory.workload);
        const result: RemovalResult =
          damaged.length > 0 && !isOwn
            ? { cluster, ref, outcome: "pending", message: damagedMessage(damaged) }
            : await removeOne(deps, cluster, ref, staying, ctx);
        removals.push(result);
        isClean &&= result.outcome !== "failed" && result.outcome !== "pending";
      }
      if (isClean) await deleteInventory(deps, cluster, inventory, ctx);
    }
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { cluster, outcome: isUnreachable(error) ? "unreachable" : "failed", message: failureOf(error).message };
  }
  return { cluster, outcome: isClean ? "done" : "failed" };
}

/** The workload first, so that no pod is restarted into a missing ConfigMap; definitions last, since they take their objects along. */
function removalOrder({ workload, objects }: Inventory): readonly ObjectRef[] {
  const rank = (ref: ObjectRef): number =>
    sameRef(ref, workload) ? 0 : ref.kind === "CustomResourceDefinition" ? 2 : 1;
  return objects.toSorted((a, b) => rank(a) - rank(b));
}

async function removeOne(
  { fleet, members }: DeleteDeps,
  cluster: string,
  ref: ObjectRef,
  staying: readonly Inventory[],
  ctx: Ctx,
): Promise<RemovalResult> {
  const user = staying.find(({ objects }) => objects.some((object) => sameRef(object, ref)));
  if (user !== undefined)
    return { cluster, ref, outcome: "kept", message: `${user.workload.kind} ${user.workload.name} still uses it` };
  try {
    return await members.use(cluster, (kube, timed) => removeObject(kube, cluster, ref, fleet, timed), ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isUnreachable(error)) throw error;
    return { cluster, ref, outcome: "failed", message: failureOf(error).message };
  }
}

async function deleteInventory(
  { fleet, members }: DeleteDeps,
  cluster: string,
  { workload }: Inventory,
  ctx: Ctx,
): Promise<void> {
  await members.use(cluster, (kube, timed) => kube.delete(inventoryRef(fleet, workload), {}, timed), ctx);
}
