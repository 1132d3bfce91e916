import { addAmounts, describeCpu, describeMemory, type ClusterSnapshot, type ResourceAmounts } from "@flotilla/core";
import type { Lack } from "./nearest-node.ts";

/** More free space of one resource on a node, and how to say it. */
export interface Gift {
  readonly resource: string;
  readonly amount: number;
  readonly text: string;
}

/** The cluster with so much more free on some of its nodes, and on the machines they stand for. `null` without such nodes. */
export function giveNodes(
  entry: ClusterSnapshot,
  nodes: readonly number[],
  gifts: readonly Gift[],
): ClusterSnapshot | null {
  const { capacity } = entry;
  if (capacity === null || nodes.length === 0) return null;
  const gift = amountsOf(gifts);
  const chosen = new Set(nodes);
  const widened = new Set(nodes.map((node) => capacity.freeNodes[node]?.shape));
  return {
    ...entry,
    capacity: {
      ...capacity,
      freeNodes: capacity.freeNodes.map((node, index) =>
        chosen.has(index) ? { ...node, free: addAmounts(node.free, gift) } : node,
      ),
      shapes: capacity.shapes.map((shape, index) =>
        widened.has(index) ? { ...shape, allocatable: addAmounts(shape.allocatable, gift) } : shape,
      ),
    },
  };
}

/** What a lack asks for, rounded up to what its text says, so that the text is true to the letter. */
export function giftFor({ resource, needs, has }: Lack): Gift {
  const missing = needs - has;
  switch (resource) {
    case "cpu": {
      const amount = Math.ceil(missing / 10) * 10;
      return { resource, amount, text: `${describeCpu(amount)} more` };
    }
    case "memory": {
      const amount = Math.ceil(roundUpBytes(missing));
      return { resource, amount, text: `${describeMemory(amount)} more memory` };
    }
    case "pods":
      return { resource, amount: missing, text: missing === 1 ? "one more pod slot" : `${missing} more pod slots` };
    default:
      return { resource, amount: missing, text: `${missing} more ${resource}` };
  }
}

/** To a hundredth of the unit in which it is printed. */
function roundUpBytes(bytes: number): number {
  const unit = 1024 ** Math.floor(Math.log2(Math.max(1, bytes)) / 10);
  return (Math.ceil((bytes / unit) * 100) / 100) * unit;
}

function amountsOf(gifts: readonly Gift[]): ResourceAmounts {
  const given = new Map(gifts.map(({ resource, amount }) => [resource, amount]));
  const extended = [...given].filter(([name]) => name !== "cpu" && name !== "memory" && name !== "pods");
  return {
    cpuMilli: given.get("cpu") ?? 0,
    memoryBytes: given.get("memory") ?? 0,
    pods: given.get("pods") ?? 0,
    extended: Object.fromEntries(extended),
  };
}
