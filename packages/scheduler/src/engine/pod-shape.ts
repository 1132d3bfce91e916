import type { PodNeeds } from "../workload/workload.ts";
import { refuseNode } from "./matches-node.ts";
import type { AmountColumns, NodeColumns } from "./node-columns.ts";

/** One pod's requests laid against the node columns of a fleet. */
export interface PodShape {
  /** 1 where a kind of node takes the pod whatever its size. */
  readonly kindFits: Uint8Array;
  /** Whether the kind of the fleet's node `node` does. */
  nodeKindFits(node: number): boolean;
  /** Copies that go into row `row` of `free`; 0 where `kindFits` is false. */
  copiesOn(free: AmountColumns, row: number, kindFits: boolean): number;
  /** Copies over rows `first … last - 1`, which are the fleet's nodes from `firstNode`; stops counting at `limit`. */
  copiesOnRows(free: AmountColumns, first: number, last: number, firstNode: number, limit: number): number;
  /** The largest of the pod's shares in row `row`: what part of the node it takes. `Infinity` where it does not go in. */
  largestShare(allocatable: AmountColumns, row: number): number;
  /** Takes one copy away from row `row`. */
  take(free: AmountColumns, row: number): void;
}

interface ExtendedRequest {
  readonly name: string;
  readonly units: number;
}

/** Made once per workload and decision. */
export function podShape(nodes: NodeColumns, pod: PodNeeds): PodShape {
  const { cpuMilli, memoryBytes, pods } = pod.requests;
  const extended = Object.entries(pod.requests.extended ?? {})
    .map(([name, units]): ExtendedRequest => ({ name, units }))
    .filter((request) => request.units > 0);
  const kindFits = Uint8Array.from(nodes.kinds, (kind) => (refuseNode(pod, kind) === null ? 1 : 0));
  const { shapeKind, nodeShape } = nodes;

  const nodeKindFits = (node: number): boolean => kindFits[shapeKind[nodeShape[node] ?? -1] ?? -1] === 1;
  const sizeCopies = (free: AmountColumns, row: number): number => {
    let copies = quotient(free.cpuMilli[row] ?? 0, cpuMilli);
    copies = Math.min(copies, quotient(free.memoryBytes[row] ?? 0, memoryBytes));
    copies = Math.min(copies, quotient(free.pods[row] ?? 0, pods));
    for (const request of extended) {
      copies = Math.min(copies, quotient(free.extended.get(request.name)?.[row] ?? 0, request.units));
    }
    return copies;
  };
  return {
    kindFits,
    nodeKindFits,
    copiesOn: (free, row, fits) => (fits ? sizeCopies(free, row) : 0),
    copiesOnRows: (free, first, last, firstNode, limit) => {
      let sum = 0;
      for (let row = first; row < last && sum < limit; row += 1) {
        if (nodeKindFits(firstNode + row - first)) sum += sizeCopies(free, row);
      }
      return sum;
    },
    largestShare: (allocatable, row) => {
      let largest = share(cpuMilli, allocatable.cpuMilli[row] ?? 0);
      largest = Math.max(largest, share(memoryBytes, allocatable.memoryBytes[row] ?? 0));
      largest = Math.max(largest, share(pods, allocatable.pods[row] ?? 0));
      for (const request of extended) {
        largest = Math.max(largest, share(request.units, allocatable.extended.get(request.name)?.[row] ?? 0));
      }
      return largest > 1 ? Number.POSITIVE_INFINITY : largest;
    },
    take: (free, row) => {
      subtract(free.cpuMilli, row, cpuMilli);
      subtract(free.memoryBytes, row, memoryBytes);
      subtract(free.pods, row, pods);
      for (const request of extended) subtract(free.extended.get(request.name), row, request.units);
    },
  };
}

function quotient(free: number, request: number): number {
  if (request <= 0) return Number.POSITIVE_INFINITY;
  return free < request ? 0 : Math.floor(free / request);
}

function share(request: number, allocatable: number): number {
  if (request <= 0) return 0;
  return allocatable <= 0 ? Number.POSITIVE_INFINITY : request / allocatable;
}

function subtract(column: Float64Array | undefined, row: number, amount: number): void {
  if (column !== undefined) column[row] = (column[row] ?? 0) - amount;
}
