import type { Evaluation } from "./evaluate.ts";
import { selectedBy } from "./selected-by.ts";

/** What the policy says of single clusters. Arrays are parallel to `Evaluation.candidates`. */
export interface PolicyBounds {
  readonly min: Float64Array;
  /** `Infinity` where the policy sets none. */
  readonly max: Float64Array;
  /** Only under `divideBy: Weights`. */
  readonly weights?: Float64Array;
}

export function policyBounds(evaluation: Evaluation): PolicyBounds {
  const limits = limitColumns(evaluation);
  const isWeighed = evaluation.context.spec.replicas.divideBy === "Weights";
  return isWeighed ? { ...limits, weights: weightColumn(evaluation) } : limits;
}

/**
 * The greatest weight among the rules that select a cluster, 1 everywhere where there are no rules. A cluster that no rule
 * selects has 0, and so have all where the selected ones are out: a written weight names where replicas may be.
 */
function weightColumn({ candidates, context }: Evaluation): Float64Array {
  const weights = new Float64Array(candidates.length);
  if (context.spec.replicas.weights.length === 0) return weights.fill(1);
  for (const rule of context.spec.replicas.weights) {
    const selected = selectedBy(context.columns, rule.clusters);
    for (let position = 0; position < candidates.length; position += 1) {
      if (selected[candidates[position] ?? -1] !== 1) continue;
      weights[position] = Math.max(weights[position] ?? 0, rule.weight);
    }
  }
  return weights;
}

/** The tightest of the limits that select a cluster. Where a minimum and a maximum of two rules clash, the maximum holds. */
function limitColumns({ candidates, context }: Evaluation): Pick<PolicyBounds, "min" | "max"> {
  const min = new Float64Array(candidates.length);
  const max = new Float64Array(candidates.length).fill(Number.POSITIVE_INFINITY);
  for (const limit of context.spec.replicas.limits) {
    const selected = selectedBy(context.columns, limit.clusters);
    for (let position = 0; position < candidates.length; position += 1) {
      if (selected[candidates[position] ?? -1] !== 1) continue;
      min[position] = Math.max(min[position] ?? 0, limit.min ?? 0);
      max[position] = Math.min(max[position] ?? 0, limit.max ?? Number.POSITIVE_INFINITY);
    }
  }
  return { min: min.map((least, position) => Math.min(least, max[position] ?? 0)), max };
}
