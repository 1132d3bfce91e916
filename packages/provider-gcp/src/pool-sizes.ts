import { groupKey } from "./group-key.ts";
import type { GkeCluster, GkeNodePool } from "./gke-types.ts";
import { zonesOfPool } from "./node-pool-model.ts";

/** Wanted sizes of instance groups, by `zone/name`; empty where they may not be read. */
export type GroupSizes = ReadonlyMap<string, number>;

/**
 * Nodes of each pool in all its zones, in the order of the pools. GKE itself tells only what a pool began with, per zone:
 * the instance groups behind it know better. Without them the beginning stands unless the cluster's own node count says
 * otherwise; then one autoscaled pool accounts for the difference, and with several nobody knows (`null`). Nor does anybody
 * know of an autoscaled pool where there is no count: it may have no node left.
 */
export function poolSizes(
  cluster: GkeCluster,
  clusterZones: readonly string[],
  groups: GroupSizes,
): readonly (number | null)[] {
  const pools = cluster.nodePools ?? [];
  const exact = pools.map((pool) => sizeOfGroups(pool, groups));
  if (exact.every((size) => size !== null)) return exact;
  const initial = pools.map((pool) => (pool.initialNodeCount ?? 0) * zonesOfPool(pool, clusterZones).length);
  const counted = cluster.currentNodeCount ?? 0; // zero and absent are one on the wire
  if (counted === 0) return pools.map((pool, index) => exact[index] ?? (isScaled(pool) ? null : (initial[index] ?? 0)));
  const sizes = pools.map((_pool, index) => exact[index] ?? initial[index] ?? 0);
  const difference = counted - sizes.reduce((sum, size) => sum + size, 0);
  if (difference === 0) return sizes;
  const movable = pools.flatMap((pool, index) =>
    mayDiffer(pool, pools.length) && exact[index] === null ? [index] : [],
  );
  const [only] = movable;
  if (movable.length === 1 && only !== undefined && (sizes[only] ?? 0) + difference >= 0) {
    return sizes.map((size, index) => (index === only ? size + difference : size));
  }
  return exact;
}

/** A pool that was resized by hand differs too, but only in a cluster of one pool is that certain. */
function mayDiffer(pool: GkeNodePool, pools: number): boolean {
  return pools === 1 || isScaled(pool);
}

function isScaled({ autoscaling }: GkeNodePool): boolean {
  return autoscaling?.enabled === true;
}

function sizeOfGroups({ instanceGroupUrls }: GkeNodePool, groups: GroupSizes): number | null {
  const sizes = (instanceGroupUrls ?? []).map((url) => groups.get(groupKey(url)));
  if (sizes.length === 0) return null;
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === undefined ? null : sum + size), 0);
}
