import { type ClusterSelector, type FleetSnapshot, matchesCluster } from "@flotilla/core";
import type { Placement, Share } from "../engine/decision.ts";

export interface IdleInput {
  /** What the unit has now. */
  readonly shares: readonly Share[];
  readonly clusters: ClusterSelector;
  readonly snapshot: FleetSnapshot;
  readonly unreachable: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
}

/**
 * Where a workload of no replicas is: where it was, with none, so that it can be scaled up again with its volumes and addresses.
 * Members that its policy no longer chooses or the user has given up are left. Pure.
 */
export function idlePlacements(input: IdleInput): readonly Placement[] {
  const { shares, clusters, snapshot, unreachable, lost } = input;
  const isChosen = (id: string): boolean =>
    snapshot.clusters.some(({ cluster }) => cluster.id === id && matchesCluster(clusters, cluster));
  return shares.flatMap(({ cluster }): readonly Placement[] => {
    if (lost.has(cluster)) return [];
    if (unreachable.has(cluster)) return [{ cluster, replicas: 0, held: true }];
    return isChosen(cluster) ? [{ cluster, replicas: 0 }] : [];
  });
}
