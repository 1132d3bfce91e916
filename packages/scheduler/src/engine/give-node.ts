import { addAmounts, type ClusterSnapshot, type ResourceAmounts } from "@flotilla/core";
import type { Lack } from "./nearest-node.ts";

/** The cluster with so much more free on one of its nodes, and on the machine it stands for. `null` without such a node. */
export function giveNode(entry: ClusterSnapshot, node: number, lacks: readonly Lack[]): ClusterSnapshot | null {
  const { capacity } = entry;
  const chosen = capacity?.freeNodes[node];
  if (capacity === null || chosen === undefined) return null;
  const gift = amountsOf(lacks);
  return {
    ...entry,
    capacity: {
      ...capacity,
      freeNodes: capacity.freeNodes.with(node, { ...chosen, free: addAmounts(chosen.free, gift) }),
      shapes: capacity.shapes.map((shape, index) =>
        index === chosen.shape ? { ...shape, allocatable: addAmounts(shape.allocatable, gift) } : shape,
      ),
    },
  };
}

function amountsOf(lacks: readonly Lack[]): ResourceAmounts {
  const missing = new Map(lacks.map(({ resource, needs, has }) => [resource, needs - has]));
  const extended = [...missing].filter(([name]) => name !== "cpu" && name !== "memory" && name !== "pods");
  return {
    cpuMilli: missing.get("cpu") ?? 0,
    memoryBytes: missing.get("memory") ?? 0,
    pods: missing.get("pods") ?? 0,
    extended: Object.fromEntries(extended),
  };
}
