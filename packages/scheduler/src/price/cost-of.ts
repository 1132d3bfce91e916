import { compareIds } from "@flotilla/core";
import type { DecisionCost } from "../engine/decision.ts";
import type { WorkloadTrace } from "../engine/decide-workload.ts";
import { meanOf } from "../framework/mean-of.ts";

/** What the placements of a decision cost per hour, and what the same replicas would cost spread evenly over the candidates. */
export function costOf(traces: readonly WorkloadTrace[]): DecisionCost {
  const unknown = new Set<string>();
  let perHour = 0;
  let evenSplit = 0;
  for (const trace of traces) {
    const cost = workloadCost(trace, unknown);
    perHour += cost.perHour;
    evenSplit += cost.evenSplit;
  }
  return {
    perHourMicroUsd: Math.round(perHour),
    evenSplitPerHourMicroUsd: Math.round(evenSplit),
    unknown: [...unknown].sort(compareIds),
  };
}

/** Only replicas whose price is known are in both figures, so that the two compare. */
function workloadCost(
  { evaluation, split, held }: WorkloadTrace,
  unknown: Set<string>,
): { readonly perHour: number; readonly evenSplit: number } {
  const { candidates, context } = evaluation;
  const { columns, workload, priceAt } = context;
  let perHour = 0;
  let pods = 0;
  const count = (cluster: number, id: string, replicas: number): void => {
    const price = priceAt(cluster);
    if (Number.isNaN(price)) {
      unknown.add(id);
      return;
    }
    const copies = podsOf(evaluation, cluster, replicas);
    perHour += copies * price;
    pods += copies;
  };
  for (const { cluster, replicas } of held) count(columns.indexById.get(cluster) ?? -1, cluster, replicas);
  for (let position = 0; position < candidates.length; position += 1) {
    const replicas = split.replicas[position] ?? 0;
    const cluster = candidates[position] ?? -1;
    if (replicas > 0) count(cluster, columns.clusters[cluster]?.cluster.id ?? "", replicas);
  }
  // What is on every chosen cluster cannot be spread otherwise.
  const divided = context.spec.replicas.mode === "Divide" && workload.division !== "PerCluster";
  if (!divided || pods === 0) return { perHour, evenSplit: perHour };
  const mean = meanOf(pricesOf(candidates, priceAt)) ?? perHour / pods;
  return { perHour, evenSplit: pods * mean };
}

function pricesOf(candidates: Int32Array, priceAt: (cluster: number) => number): Float64Array {
  const prices = new Float64Array(candidates.length);
  for (let position = 0; position < candidates.length; position += 1) {
    prices[position] = priceAt(candidates[position] ?? -1);
  }
  return prices;
}

/** Pods that a share makes in a cluster: a copy of a DaemonSet runs one on every node that it suits. */
export function podsOf({ context }: WorkloadTrace["evaluation"], cluster: number, replicas: number): number {
  if (context.workload.division !== "PerCluster") return replicas;
  const { nodeStart } = context.columns.nodes;
  let nodes = 0;
  for (let node = nodeStart[cluster] ?? 0; node < (nodeStart[cluster + 1] ?? 0); node += 1) {
    if (context.pod.nodeKindFits(node)) nodes += 1;
  }
  return replicas * nodes;
}
