import { refuseNode, type NodeRefusal } from "./matches-node.ts";
import type { DecisionContext } from "./decision-context.ts";
import type { AmountColumns } from "./node-columns.ts";

/** Why no node of a cluster takes a copy, told by the node that comes closest to taking one. */
export type NearestNode =
  | { readonly kind: "noNodes" }
  | { readonly kind: "refused"; readonly refusal: NodeRefusal }
  /** `node` is the fleet's node that lacks the least. */
  | { readonly kind: "short"; readonly node: number; readonly lacks: readonly Lack[] };

export interface Lack {
  /** `cpu` (milli), `memory` (bytes), `pods`, or an extended resource. */
  readonly resource: string;
  readonly needs: number;
  readonly has: number;
}

/** Fewest lacking resources first, then the smallest lack as a part of what is needed. Only for clusters without room. */
export function nearestNode(context: DecisionContext, cluster: number): NearestNode {
  const { nodes } = context.columns;
  const first = nodes.nodeStart[cluster] ?? 0;
  const last = nodes.nodeStart[cluster + 1] ?? 0;
  if (first === last) return { kind: "noNodes" };
  const promised = context.reserved.freeNodes(cluster);
  let best: { readonly node: number; readonly lacks: readonly Lack[] } | undefined;
  for (let node = first; node < last; node += 1) {
    if (!context.pod.nodeKindFits(node)) continue;
    const lacks =
      promised === undefined ? lacksOn(context, nodes.nodeFree, node) : lacksOn(context, promised, node - first);
    if (best === undefined || distance(lacks) < distance(best.lacks)) best = { node, lacks };
  }
  return best === undefined ? { kind: "refused", refusal: firstRefusal(context, first) } : { kind: "short", ...best };
}

function lacksOn(context: DecisionContext, free: AmountColumns, row: number): readonly Lack[] {
  const { cpuMilli, memoryBytes, pods, extended = {} } = context.workload.pod.requests;
  const all: readonly Lack[] = [
    { resource: "cpu", needs: cpuMilli, has: free.cpuMilli[row] ?? 0 },
    { resource: "memory", needs: memoryBytes, has: free.memoryBytes[row] ?? 0 },
    { resource: "pods", needs: pods, has: free.pods[row] ?? 0 },
    ...Object.entries(extended).map(([resource, needs]) => ({
      resource,
      needs,
      has: free.extended.get(resource)?.[row] ?? 0,
    })),
  ];
  return all.filter((lack) => lack.needs > lack.has);
}

function distance(lacks: readonly Lack[]): number {
  return lacks.reduce((sum, lack) => sum + 1_000 + (lack.needs - lack.has) / lack.needs, 0);
}

function firstRefusal(context: DecisionContext, node: number): NodeRefusal {
  const { nodes } = context.columns;
  const kind = nodes.kinds[nodes.shapeKind[nodes.nodeShape[node] ?? -1] ?? -1];
  const refusal = kind === undefined ? null : refuseNode(context.workload.pod, kind);
  return refusal ?? { kind: "nodeAffinity" };
}
