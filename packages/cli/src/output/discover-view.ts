import type { Cluster, ClusterProblem, ClusterSnapshot, FleetSnapshot, ResourceAmounts } from "@flotilla/core";
import { clusterPricePerHour } from "@flotilla/scheduler";
import { type GapView, toGapView } from "./gap-view.ts";

/** `discover -o json`; the schema is docs/schemas/discover.json. Numbers are `null` where unknown. */
export interface DiscoverView {
  /** ISO 8601 */
  readonly takenAt: string;
  readonly clusters: readonly ClusterView[];
  readonly gaps: readonly GapView[];
}

export interface ClusterView extends Pick<
  Cluster,
  | "id"
  | "provider"
  | "scope"
  | "region"
  | "zones"
  | "name"
  | "phase"
  | "kubernetesVersion"
  | "labels"
  | "taints"
  | "network"
  | "endpoint"
> {
  readonly alias: string | null;
  readonly nodes: number | null;
  readonly capacity: AmountsView | null;
  readonly requested: AmountsView | null;
  readonly pricePerHourUsd: number | null;
  readonly priceSource: string | null;
  /** Why the price is not known. */
  readonly priceProblem: string | null;
  readonly aliasIds: readonly string[];
  readonly warnings: readonly string[];
  readonly problem?: ClusterProblem;
  /** The cluster answers, but its nodes may not be read. */
  readonly capacityProblem?: string;
}

export interface AmountsView {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

export function toDiscoverView(snapshot: FleetSnapshot): DiscoverView {
  return {
    takenAt: new Date(snapshot.takenAtMs).toISOString(),
    clusters: snapshot.clusters.map(toClusterView),
    gaps: snapshot.gaps.map(toGapView),
  };
}

function toClusterView(entry: ClusterSnapshot): ClusterView {
  const { cluster, capacity, capacityProblem } = entry;
  const { id, provider, scope, region, zones, name, phase, kubernetesVersion, labels, taints, network } = cluster;
  const price = clusterPricePerHour(entry);
  return {
    id,
    provider,
    scope,
    region,
    zones,
    name,
    alias: cluster.alias ?? null,
    phase,
    kubernetesVersion,
    nodes: capacity?.nodes ?? nodesOfPools(cluster),
    capacity: capacity === null ? null : toAmounts(capacity.allocatable),
    requested: capacity === null ? null : toAmounts(capacity.requested),
    pricePerHourUsd: price.known ? price.microUsd / 1_000_000 : null,
    priceSource: price.known ? price.source : null,
    priceProblem: price.known ? null : price.reason,
    labels,
    taints,
    network,
    endpoint: cluster.endpoint,
    aliasIds: cluster.aliasIds ?? [],
    warnings: cluster.warnings ?? [],
    ...(cluster.problem === undefined ? {} : { problem: cluster.problem }),
    ...(capacityProblem === undefined ? {} : { capacityProblem }),
  };
}

function toAmounts({ cpuMilli, memoryBytes, pods }: ResourceAmounts): AmountsView {
  return { cpuMilli, memoryBytes, pods };
}

/** What the cloud says of its pools; unknown if it does not say it of one. */
function nodesOfPools({ nodePools }: Cluster): number | null {
  const sum = nodePools.reduce<number | null>(
    (total, { nodes }) => (total === null || nodes === null ? null : total + nodes),
    0,
  );
  return nodePools.length === 0 ? null : sum;
}
