import type { FleetColumns } from "../engine/fleet-columns.ts";
import type { PodShape } from "../engine/pod-shape.ts";

/**
 * What one replica costs in a cluster, micro-USD per hour: the price of a node times the largest share of the replica's
 * requests in what the node has to give, on the cheapest shape it fits. A node counts as shared fairly among the pods that
 * fill it; fees such as the control plane's are apart. Prices not known are left out; NaN when none is left.
 */
export function replicaPrice(columns: FleetColumns, pod: PodShape, cluster: number): number {
  const { shapeStart, shapeKind, shapeAllocatable, shapePrice } = columns.nodes;
  const last = shapeStart[cluster + 1] ?? 0;
  let cheapest = Number.NaN;
  for (let shape = shapeStart[cluster] ?? 0; shape < last; shape += 1) {
    const perNode = shapePrice[shape] ?? Number.NaN;
    if (Number.isNaN(perNode) || pod.kindFits[shapeKind[shape] ?? -1] !== 1) continue;
    const share = pod.largestShare(shapeAllocatable, shape);
    if (share === Number.POSITIVE_INFINITY) continue;
    const price = perNode * share;
    if (!(price >= cheapest)) cheapest = price;
  }
  return cheapest;
}
