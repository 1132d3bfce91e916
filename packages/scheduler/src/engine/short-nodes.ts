import type { FleetColumns } from "./fleet-columns.ts";
import type { PodShape } from "./pod-shape.ts";
import type { ReservedSpace } from "./reserved-space.ts";

/** How a pod that runs on every node finds a cluster. */
interface ShortNodes {
  /** Nodes whose labels and taints suit the pod. */
  readonly suitable: number;
  /** Those of them that have no room for a copy, as the fleet's nodes. */
  readonly short: readonly number[];
  /** Whether there are suitable nodes and all have room. */
  readonly isRoomy: boolean;
}

export function shortNodes(
  { nodes }: FleetColumns,
  pod: PodShape,
  reserved: ReservedSpace,
  cluster: number,
): ShortNodes {
  const first = nodes.nodeStart[cluster] ?? 0;
  const last = nodes.nodeStart[cluster + 1] ?? 0;
  const promised = reserved.freeNodes(cluster);
  const short: number[] = [];
  let suitable = 0;
  for (let node = first; node < last; node += 1) {
    if (!pod.nodeKindFits(node)) continue;
    suitable += 1;
    const copies =
      promised === undefined ? pod.copiesOn(nodes.nodeFree, node, true) : pod.copiesOn(promised, node - first, true);
    if (copies === 0) short.push(node);
  }
  return { suitable, short, isRoomy: suitable > 0 && short.length === 0 };
}
