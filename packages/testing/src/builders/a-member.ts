import {
  addAmounts,
  scaleAmounts,
  subtractAmounts,
  ZERO_AMOUNTS,
  type Cluster,
  type ClusterCapacity,
  type ClusterSnapshot,
  type NodeShape,
  type Price,
} from "@flotilla/core";
import { aCluster } from "./a-cluster.ts";

/** `nodes` alike machines of a member, each with `freeCpuMilli` and `freeMemoryBytes` left (default: all of it). */
export interface MemberNodes extends Partial<
  Pick<NodeShape, "instanceType" | "zone" | "purchase" | "labels" | "taints">
> {
  readonly nodes?: number;
  readonly cpuMilli?: number;
  readonly memoryBytes?: number;
  readonly pods?: number;
  readonly freeCpuMilli?: number;
  readonly freeMemoryBytes?: number;
  /** `null`: not known. */
  readonly microUsdPerHour?: number | null;
}

const GIB = 1024 ** 3;
const TAKEN_AT_MS = Date.UTC(2026, 0, 1);

/** A member with its capacity and prices: one group of nodes of 4 CPU and 16 GiB at 0.20 USD unless told otherwise. */
export function aMember(given: Partial<Cluster> = {}, groups: readonly MemberNodes[] = [{}]): ClusterSnapshot {
  const cluster = aCluster(given);
  return {
    cluster,
    capacity: capacityOf(cluster, groups),
    prices: { controlPlanePerHour: price(100_000), nodePerHour: groups.map((group) => price(group.microUsdPerHour)) },
  };
}

function capacityOf(cluster: Cluster, groups: readonly MemberNodes[]): ClusterCapacity {
  const shapes = groups.map((group) => shapeOf(cluster, group));
  const freeNodes = groups.flatMap((group, shape) => {
    const { allocatable, count } = shapeOf(cluster, group);
    const free = {
      ...allocatable,
      cpuMilli: group.freeCpuMilli ?? allocatable.cpuMilli,
      memoryBytes: group.freeMemoryBytes ?? allocatable.memoryBytes,
    };
    return Array.from({ length: count }, () => ({ shape, free }));
  });
  const allocatable = shapes
    .map((shape) => scaleAmounts(shape.allocatable, shape.count))
    .reduce(addAmounts, ZERO_AMOUNTS);
  const free = freeNodes.map((node) => node.free).reduce(addAmounts, ZERO_AMOUNTS);
  return {
    allocatable,
    requested: subtractAmounts(allocatable, free),
    nodes: freeNodes.length,
    shapes,
    freeNodes,
    takenAtMs: TAKEN_AT_MS,
  };
}

function shapeOf({ region, zones }: Cluster, group: MemberNodes): NodeShape {
  return {
    instanceType: group.instanceType ?? "standard-4",
    region,
    zone: group.zone ?? zones[0] ?? null,
    purchase: group.purchase ?? "onDemand",
    count: group.nodes ?? 1,
    allocatable: {
      cpuMilli: group.cpuMilli ?? 4000,
      memoryBytes: group.memoryBytes ?? 16 * GIB,
      pods: group.pods ?? 110,
    },
    labels: group.labels ?? {},
    taints: group.taints ?? [],
  };
}

function price(microUsd: number | null = 200_000): Price {
  if (microUsd === null) return { known: false, reason: "the test gives none" };
  return { known: true, microUsd, source: "test", asOfMs: TAKEN_AT_MS };
}
