import { addAmounts, scaleAmounts, ZERO_AMOUNTS, type ResourceAmounts } from "@flotilla/core";
import type { PodNeeds, Workload } from "../workload/workload.ts";
import type { FleetColumns } from "./fleet-columns.ts";
import type { AmountColumns } from "./node-columns.ts";
import { podShape } from "./pod-shape.ts";

/**
 * Space that the snapshot shows as free and that is promised already: by earlier decisions, and by the workloads of this one
 * that come first. Clusters without promises cost nothing. Lives for one decision.
 */
export class ReservedSpace {
  readonly #columns: FleetColumns;
  readonly #nodes = new Map<number, AmountColumns>();
  readonly #requested = new Map<number, ResourceAmounts>();

  constructor(columns: FleetColumns) {
    this.#columns = columns;
  }

  /** Free space of the nodes of a cluster, first node at row 0; `undefined` where nothing is promised. */
  freeNodes(cluster: number): AmountColumns | undefined {
    return this.#nodes.get(cluster);
  }

  /** All that is promised in a cluster. */
  requestedIn(cluster: number): ResourceAmounts {
    return this.#requested.get(cluster) ?? ZERO_AMOUNTS;
  }

  /** Takes room for so many replicas of a workload; nothing for none. */
  take(cluster: number, { pod, division }: Pick<Workload, "pod" | "division">, replicas: number): void {
    if (replicas <= 0) return;
    if (division === "PerCluster") this.#reservePerNode(cluster, pod);
    else this.#reserve(cluster, pod, replicas);
  }

  /** Takes room for one copy on every node that suits the pod: what a DaemonSet does. */
  #reservePerNode(cluster: number, pod: PodNeeds): void {
    const rows = this.#rowsOf(cluster);
    if (rows === undefined) return;
    const shape = podShape(this.#columns.nodes, pod);
    let copies = 0;
    for (let row = 0; row < rows.count; row += 1) {
      if (shape.copiesOn(rows.free, row, shape.nodeKindFits(rows.first + row)) === 0) continue;
      shape.take(rows.free, row);
      copies += 1;
    }
    this.#promise(cluster, pod, copies);
  }

  /** Takes room for copies of a pod, each on the node with the most free CPU, where the member's scheduler would put it. */
  #reserve(cluster: number, pod: PodNeeds, copies: number): void {
    const rows = this.#rowsOf(cluster);
    if (rows === undefined) return;
    const { free, first, count } = rows;
    this.#promise(cluster, pod, copies);
    const shape = podShape(this.#columns.nodes, pod);
    for (let left = copies; left > 0; left -= 1) {
      const node = emptiest(free, count, (row) => shape.copiesOn(free, row, shape.nodeKindFits(first + row)) > 0);
      if (node === -1) return;
      shape.take(free, node);
    }
  }

  #promise(cluster: number, pod: PodNeeds, copies: number): void {
    this.#requested.set(cluster, addAmounts(this.requestedIn(cluster), scaleAmounts(pod.requests, copies)));
  }

  /** Own rows for the nodes of a cluster; `undefined` where it has none. */
  #rowsOf(
    cluster: number,
  ): { readonly free: AmountColumns; readonly first: number; readonly count: number } | undefined {
    const { nodeStart, nodeFree } = this.#columns.nodes;
    const first = nodeStart[cluster] ?? 0;
    const count = (nodeStart[cluster + 1] ?? 0) - first;
    if (count === 0) return undefined;
    const free = this.#nodes.get(cluster) ?? copyRows(nodeFree, first, count);
    this.#nodes.set(cluster, free);
    return { free, first, count };
  }
}

function emptiest(free: AmountColumns, count: number, fits: (row: number) => boolean): number {
  let best = -1;
  for (let row = 0; row < count; row += 1) {
    if (!fits(row)) continue;
    if (best === -1 || emptier(free, row, best)) best = row;
  }
  return best;
}

// By amounts and not by position: the order in which a cluster lists its nodes must not matter.
function emptier(free: AmountColumns, row: number, best: number): boolean {
  const cpu = (free.cpuMilli[row] ?? 0) - (free.cpuMilli[best] ?? 0);
  return cpu > 0 || (cpu === 0 && (free.memoryBytes[row] ?? 0) > (free.memoryBytes[best] ?? 0));
}

function copyRows(columns: AmountColumns, first: number, count: number): AmountColumns {
  const rows = (column: Float64Array): Float64Array => column.slice(first, first + count);
  return {
    cpuMilli: rows(columns.cpuMilli),
    memoryBytes: rows(columns.memoryBytes),
    pods: rows(columns.pods),
    extended: new Map([...columns.extended].map(([name, column]) => [name, rows(column)])),
  };
}
