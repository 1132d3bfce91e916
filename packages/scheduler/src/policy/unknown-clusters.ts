import { formatClusterId, nearestName, parseClusterId, type Cluster } from "@flotilla/core";
import type { NamedCluster } from "./named-cluster.ts";

/** A list of names of another fleet must not bury the other warnings, and looking for the nearest name takes its time. */
const TOLD_MAX = 10;

/**
 * A warning for each name that no cluster of the fleet has. Where something could not be looked at, the cluster may be there:
 * then only names that look like a slip are told.
 */
export function unknownClusters(
  named: readonly NamedCluster[],
  clusters: readonly Cluster[],
  { hasGaps }: { readonly hasGaps: boolean },
): readonly string[] {
  const known = new Set(
    clusters.flatMap(({ id, name, aliasIds = [] }) => {
      const ids = [id, ...aliasIds];
      return [name, ...ids, ...ids.map((each) => parseClusterId(each)?.name ?? each)];
    }),
  );
  const unknown = named.filter(({ name }) => !known.has(name) && !known.has(canonical(name)));
  const warnings = unknown.slice(0, TOLD_MAX).flatMap(({ name, where }) => {
    const nearest = nearestName(name, known);
    if (nearest === undefined && hasGaps) return [];
    const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
    return [`${where}: no cluster that was found is called "${name}"${hint}`];
  });
  const rest = unknown.length - TOLD_MAX;
  return rest > 0 ? [...warnings, `and ${rest} more names of clusters that were not found`] : warnings;
}

/** An id as we write it. */
function canonical(name: string): string {
  const parts = parseClusterId(name);
  return parts === undefined ? name : formatClusterId(parts);
}
