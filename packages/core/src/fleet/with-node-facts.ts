import type { Cluster } from "../cluster/cluster.ts";
import type { NodeShape } from "../cluster/cluster-capacity.ts";
import { compareIds } from "../cluster/compare-ids.ts";

/** The provider of a cluster that was found by a kubeconfig alone, until its nodes tell. */
const UNTOLD_PROVIDER = "kubeconfig";

/** Fills in what the cluster's own source does not tell from its nodes: provider, region, zones. What is known stays. */
export function withNodeFacts(cluster: Cluster, shapes: readonly NodeShape[]): Cluster {
  const provider = cluster.provider === UNTOLD_PROVIDER ? mostNodes(shapes, (shape) => shape.provider) : undefined;
  const zones = shapes.map((shape) => shape.zone).filter((zone) => zone !== null);
  return {
    ...cluster,
    provider: provider ?? cluster.provider,
    region: cluster.region ?? mostNodes(shapes, (shape) => shape.region) ?? null,
    zones: cluster.zones.length > 0 ? cluster.zones : [...new Set(zones)].sort(compareIds),
  };
}

/** The value that most nodes have; between equals the first in code order. */
function mostNodes(
  shapes: readonly NodeShape[],
  fact: (shape: NodeShape) => string | null | undefined,
): string | undefined {
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    const value = fact(shape);
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + shape.count);
  }
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || compareIds(a, b));
  return ranked[0]?.[0];
}
