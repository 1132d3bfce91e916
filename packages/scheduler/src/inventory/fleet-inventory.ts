import {
  type Cluster,
  type Clock,
  type ClusterProblem,
  type Ctx,
  failureOf,
  type FleetSnapshot,
  type KubeCluster,
  mapLimited,
  untilAborted,
  withTimeout,
} from "@flotilla/core";
import type { Inventory } from "./inventory.ts";
import { workloadHash } from "./ownership.ts";
import { type MemberInventories, readInventories } from "./read-inventories.ts";

/** What the whole fleet says it has. */
export interface FleetInventory {
  /** By cluster id, only members that answered. */
  readonly members: ReadonlyMap<string, MemberInventories>;
  /** Members that did not, with the reason. */
  readonly unread: ReadonlyMap<string, ClusterProblem>;
}

export interface FleetInventoryDeps {
  readonly fleet: string;
  readonly clock: Clock;
  readonly connect: (cluster: Cluster, ctx: Ctx) => Promise<KubeCluster>;
  readonly clusterTimeoutMs: number;
  readonly concurrency: number;
}

/**
 * Reads the inventories of every member that is not known to be away, each within its own deadline; one that fails is data.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function readFleetInventory(
  deps: FleetInventoryDeps,
  snapshot: FleetSnapshot,
  namespaces: readonly string[],
  ctx: Ctx,
): Promise<FleetInventory> {
  const members = new Map<string, MemberInventories>();
  const unread = new Map<string, ClusterProblem>();
  const read = async (cluster: Cluster): Promise<void> => {
    const away = whyAway(cluster);
    if (away !== undefined) return void unread.set(cluster.id, away);
    using timed = withTimeout(ctx, deps.clock, deps.clusterTimeoutMs);
    try {
      members.set(cluster.id, await untilAborted(readOne(deps, cluster, namespaces, timed), timed.signal));
    } catch (error) {
      ctx.signal.throwIfAborted();
      unread.set(cluster.id, failureOf(error));
    }
  };
  const clusters = snapshot.clusters.map(({ cluster }) => cluster);
  await mapLimited(clusters, deps.concurrency, read, { signal: ctx.signal });
  return { members, unread };
}

async function readOne(
  deps: FleetInventoryDeps,
  cluster: Cluster,
  namespaces: readonly string[],
  ctx: Ctx,
): Promise<MemberInventories> {
  return readInventories(await deps.connect(cluster, ctx), deps.fleet, namespaces, ctx);
}

function whyAway(cluster: Cluster): ClusterProblem | undefined {
  if (cluster.problem !== undefined) return cluster.problem;
  return isPaused(cluster) ? { kind: "busy", message: `the cluster is ${cluster.phase}` } : undefined;
}

/** Nothing runs there now, and nobody expects an answer. */
export function isPaused({ phase }: Cluster): boolean {
  return phase === "creating" || phase === "deleting" || phase === "stopped";
}

/** One workload's inventory on every member that was read. */
export function inventoriesOf(
  { members }: FleetInventory,
  fleet: string,
  hash: string,
): readonly { readonly cluster: string; readonly inventory: Inventory | undefined }[] {
  return [...members].map(([cluster, { inventories }]) => ({
    cluster,
    inventory: inventories.find(({ workload }) => workloadHash(fleet, workload) === hash),
  }));
}
