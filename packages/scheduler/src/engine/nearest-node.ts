import { refuseNode, type NodeRefusal } from "./matches-node.ts";
import type { DecisionContext } from "./decision-context.ts";
import type { AmountColumns } from "./node-columns.ts";
import { shortNodes } from "./short-nodes.ts";

/** Why a cluster takes no copy, told by the node that comes closest to taking one, or by all that should take one. */
export type NearestNode =
  | { readonly kind: "noNodes" }
  | { readonly kind: "refused"; readonly refusal: NodeRefusal }
  /** `nodes` are the fleet's: the one that lacks the least, or, of a pod that runs on every node, all that lack anything. */
  | {
      readonly kind: "short";
      readonly nodes: readonly number[];
      readonly suitable: number;
      readonly lacks: readonly Lack[];
    };

/** Where several nodes lack a resource, it is the most that any of them lacks. */
export interface Lack {
  /** `cpu` (milli), `memory` (bytes), `pods`, or an extended resource. */
  readonly resource: string;
  readonly needs: number;
  readonly has: number;
}

/** Fewest lacking resources first, then the smallest lack as a part of what is needed. Only for clusters without room. */
export function nearestNode(context: DecisionContext, cluster: number): NearestNode {
  const { columns, pod, reserved, workload } = context;
  const first = columns.nodes.nodeStart[cluster] ?? 0;
  const last = columns.nodes.nodeStart[cluster + 1] ?? 0;
  if (first === last) return { kind: "noNodes" };
  const { suitable, short } = shortNodes(columns, pod, reserved, cluster);
  if (suitable === 0) return { kind: "refused", refusal: firstRefusal(context, first) };
  const promised = reserved.freeNodes(cluster);
  const lacksOf = (node: number): readonly Lack[] =>
    promised === undefined ? lacksOn(context, columns.nodes.nodeFree, node) : lacksOn(context, promised, node - first);
  if (workload.division === "PerCluster") {
    return { kind: "short", nodes: short, suitable, lacks: greatestOf(short.flatMap(lacksOf)) };
  }
  const lacks = short.map((node) => ({ node, lacks: lacksOf(node) }));
  const best = lacks.reduce((nearest, each) => (distance(each.lacks) < distance(nearest.lacks) ? each : nearest));
  return { kind: "short", nodes: [best.node], suitable, lacks: best.lacks };
}

/** One lack per resource: that of the node that has the least of it. */
function greatestOf(lacks: readonly Lack[]): readonly Lack[] {
  const least = new Map<string, Lack>();
  for (const lack of lacks) if (lack.has < (least.get(lack.resource)?.has ?? Infinity)) least.set(lack.resource, lack);
  return [...least.values()];
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
