import { compileClusterSelector, type Cluster } from "@flotilla/core";
import type { ClusterCorrection } from "./config.ts";

/**
 * What the configuration adds to or corrects of a cluster, as one function. Selectors look at the cluster as it was found,
 * not as an earlier entry made it, so that running it twice gives the same.
 */
export function createAdjust(corrections: readonly ClusterCorrection[]): (cluster: Cluster) => Cluster {
  const rules = corrections.map((correction) => ({
    correction,
    isChosen: compileClusterSelector(correction.clusters),
  }));
  return (cluster) =>
    rules.reduce(
      (result, { correction, isChosen }) => (isChosen(cluster) ? correct(result, correction) : result),
      cluster,
    );
}

function correct(cluster: Cluster, correction: ClusterCorrection): Cluster {
  const { clusters: _selector, labels, zones, ...rest } = correction;
  return {
    ...cluster,
    ...rest,
    ...(labels === undefined ? {} : { labels: { ...cluster.labels, ...labels } }),
    ...(zones === undefined ? {} : { zones: zones.toSorted() }),
  };
}
