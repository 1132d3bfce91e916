import type { ClusterCapacity } from "../cluster/cluster-capacity.ts";
import type { ResourceAmounts } from "../quantity/resource-amounts.ts";

/**
 * What is impossible about a capacity, if anything: a cluster that answers nonsense must not win a placement by it. Free
 * amounts may be negative (overcommitted nodes exist); sizes may not.
 */
export function capacityFault(capacity: ClusterCapacity): string | undefined {
  const { allocatable, requested, nodes, shapes, freeNodes } = capacity;
  if (!isSize(allocatable)) return "the cluster reports an impossible allocatable amount";
  if (!isSize(requested)) return "the cluster reports an impossible requested amount";
  if (!isCount(nodes)) return "the cluster reports an impossible number of nodes";
  if (!shapes.every((shape) => isCount(shape.count) && isSize(shape.allocatable))) {
    return "the cluster reports a node of impossible size";
  }
  if (!freeNodes.every((node) => node.shape in shapes && isWhole(node.free))) {
    return "the cluster reports impossible room on a node";
  }
  return undefined;
}

function isSize(amounts: ResourceAmounts): boolean {
  return isWhole(amounts) && values(amounts).every((value) => value >= 0);
}

function isWhole(amounts: ResourceAmounts): boolean {
  return values(amounts).every(Number.isSafeInteger);
}

function values({ cpuMilli, memoryBytes, pods, extended }: ResourceAmounts): number[] {
  return [cpuMilli, memoryBytes, pods, ...Object.values(extended ?? {})];
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
