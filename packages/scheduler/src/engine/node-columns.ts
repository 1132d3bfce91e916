import type { ClusterSnapshot, NodeShape, ResourceAmounts } from "@flotilla/core";
import { Interner } from "./interner.ts";

/**
 * Node shapes and the free space of every node, flat. Shapes of cluster `i` are `shapeStart[i] … shapeStart[i + 1] - 1`, its
 * nodes `nodeStart[i] … nodeStart[i + 1] - 1`. Amounts are in the units of `ResourceAmounts`, as doubles that hold integers.
 */
export interface NodeColumns {
  readonly shapeStart: Int32Array;
  readonly shapes: readonly NodeShape[];
  /** Which distinct labels and taints a shape has, for answering a pod's constraints once per kind of node. */
  readonly shapeKind: Int32Array;
  readonly kinds: readonly Pick<NodeShape, "labels" | "taints">[];
  readonly shapeAllocatable: AmountColumns;
  /** Micro-USD per hour of one node; NaN where unknown. */
  readonly shapePrice: Float64Array;
  readonly nodeStart: Int32Array;
  readonly nodeShape: Int32Array;
  readonly nodeFree: AmountColumns;
}

export interface AmountColumns {
  readonly cpuMilli: Float64Array;
  readonly memoryBytes: Float64Array;
  readonly pods: Float64Array;
  /** By extended resource; only rows that have it are not 0. */
  readonly extended: ReadonlyMap<string, Float64Array>;
}

export function nodeColumnsOf(clusters: readonly ClusterSnapshot[]): NodeColumns {
  const shapeStart = offsets(clusters, (entry) => entry.capacity?.shapes.length ?? 0);
  const nodeStart = offsets(clusters, (entry) => entry.capacity?.freeNodes.length ?? 0);
  const shapes = clusters.flatMap((entry) => entry.capacity?.shapes ?? []);
  const kinds = new Interner<Pick<NodeShape, "labels" | "taints">>(kindKey);
  const nodes = clusters.flatMap((entry) => entry.capacity?.freeNodes ?? []);
  return {
    shapeStart,
    shapes,
    shapeKind: Int32Array.from(shapes, (shape) => kinds.code(shape)),
    kinds: kinds.values,
    shapeAllocatable: amountColumns(shapes.map((shape) => shape.allocatable)),
    shapePrice: shapePrices(clusters, shapes.length, shapeStart),
    nodeStart,
    nodeShape: nodeShapes(clusters, nodes.length, shapeStart, nodeStart),
    nodeFree: amountColumns(nodes.map((node) => node.free)),
  };
}

function offsets(clusters: readonly ClusterSnapshot[], size: (entry: ClusterSnapshot) => number): Int32Array {
  const starts = new Int32Array(clusters.length + 1);
  let next = 0;
  for (const [index, entry] of clusters.entries()) {
    starts[index] = next;
    next += size(entry);
  }
  starts[clusters.length] = next;
  return starts;
}

function shapePrices(clusters: readonly ClusterSnapshot[], count: number, shapeStart: Int32Array): Float64Array {
  const prices = new Float64Array(count).fill(Number.NaN);
  for (const [index, entry] of clusters.entries()) {
    const first = shapeStart[index] ?? 0;
    const own = entry.capacity?.shapes.length ?? 0;
    for (const [shape, price] of entry.prices.nodePerHour.slice(0, own).entries()) {
      if (price.known) prices[first + shape] = price.microUsd;
    }
  }
  return prices;
}

function nodeShapes(
  clusters: readonly ClusterSnapshot[],
  count: number,
  shapeStart: Int32Array,
  nodeStart: Int32Array,
): Int32Array {
  const column = new Int32Array(count);
  for (const [index, entry] of clusters.entries()) {
    const firstShape = shapeStart[index] ?? 0;
    const firstNode = nodeStart[index] ?? 0;
    for (const [node, { shape }] of (entry.capacity?.freeNodes ?? []).entries()) {
      column[firstNode + node] = firstShape + shape;
    }
  }
  return column;
}

/** Rows of amounts as columns. */
export function amountColumns(rows: readonly ResourceAmounts[]): AmountColumns {
  const extended = new Map<string, Float64Array>();
  for (const [index, row] of rows.entries()) {
    if (row.extended === undefined) continue;
    for (const [name, units] of Object.entries(row.extended)) {
      const column = extended.get(name) ?? new Float64Array(rows.length);
      column[index] = units;
      extended.set(name, column);
    }
  }
  return {
    cpuMilli: Float64Array.from(rows, (row) => row.cpuMilli),
    memoryBytes: Float64Array.from(rows, (row) => row.memoryBytes),
    pods: Float64Array.from(rows, (row) => row.pods),
    extended,
  };
}

function kindKey(kind: Pick<NodeShape, "labels" | "taints">): string {
  const labels = Object.entries(kind.labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([labels, kind.taints]);
}
