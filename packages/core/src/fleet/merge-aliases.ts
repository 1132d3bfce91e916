import type { Cluster } from "../cluster/cluster.ts";
import { compareIds } from "../cluster/compare-ids.ts";
import type { ObservedCluster } from "./observe-cluster.ts";

/**
 * One member per `kube-system` UID: the smaller id stays and lists the others in `aliasIds`. Corrections are asked for once
 * more, since they may name the member by an alias. What has no UID stands for itself. Sorted by id.
 */
export function mergeAliases(
  observed: readonly ObservedCluster[],
  adjust: (cluster: Cluster) => Cluster = (cluster) => cluster,
): ObservedCluster[] {
  const byIdentity = Map.groupBy(
    observed.toSorted((a, b) => compareIds(a.cluster.id, b.cluster.id)),
    ({ cluster }) => (cluster.uid === undefined ? `id ${cluster.id}` : `uid ${cluster.uid}`),
  );
  return [...byIdentity.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    if (others.length === 0) return [first];
    const ids = [first, ...others].flatMap(({ cluster }) => [cluster.id, ...(cluster.aliasIds ?? [])]);
    const aliasIds = [...new Set(ids)].filter((id) => id !== first.cluster.id).sort(compareIds);
    return [{ ...first, cluster: adjust({ ...first.cluster, aliasIds }) }];
  });
}
