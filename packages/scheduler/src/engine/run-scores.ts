import { BUILT_IN_SCORES, SCORE_MAX } from "../framework/score-max.ts";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { Score, ScoreColumn } from "../framework/score.ts";
import { capacityScore } from "../plugins/capacity-score.ts";
import { costScore } from "../plugins/cost-score.ts";
import { customScore } from "../plugins/custom-score.ts";
import { regionScore } from "../plugins/region-score.ts";
import type { Evaluation } from "./evaluate.ts";

/** All scores of the candidates of one workload. Arrays are parallel to `Evaluation.candidates`. */
export interface Scores {
  readonly columns: readonly WeightedScore[];
  /** Σ weight·normalized / Σ weight, 0..100. */
  readonly total: Float64Array;
}

interface WeightedScore extends ScoreColumn {
  readonly name: string;
  /** As the policy says; 0 where the score does not apply. */
  readonly weight: number;
  /** weight / Σ weight: what part of the total this score is. */
  readonly part: number;
}

/**
 * Scores by the names and weights of the policy.
 *
 * @throws RangeError when the policy names a score that is neither built in nor given: the caller's mistake, since parsing a
 * policy checks the names.
 */
export function runScores(evaluation: Evaluation): Scores {
  const { spec, scores } = evaluation.context;
  const named = Object.entries(spec.score).map(([name, weight]) => {
    const column = findScore(name, scores).score(evaluation);
    return { ...column, name, weight: column.applies ? weight : 0 };
  });
  const sum = named.reduce((total, { weight }) => total + weight, 0);
  const columns = named.map((column) => ({ ...column, part: sum === 0 ? 0 : column.weight / sum }));
  return { columns, total: totalOf(columns, evaluation.candidates.length, sum) };
}

function totalOf(columns: readonly WeightedScore[], size: number, sum: number): Float64Array {
  // Nothing to choose by: all are equal, and none is bad.
  if (sum === 0) return new Float64Array(size).fill(SCORE_MAX);
  const total = new Float64Array(size);
  for (const { normalized, weight } of columns) {
    if (weight === 0) continue;
    for (let position = 0; position < size; position += 1) {
      total[position] = (total[position] ?? 0) + weight * (normalized[position] ?? 0);
    }
  }
  for (let position = 0; position < size; position += 1) total[position] = (total[position] ?? 0) / sum;
  return total;
}

function findScore(name: string, plugins: readonly ScorePlugin[]): Score {
  const builtIn = [capacityScore, costScore, regionScore].find((score) => score.name === name);
  if (builtIn !== undefined) return builtIn;
  const plugin = plugins.find((score) => score.name === name);
  if (plugin !== undefined) return customScore(plugin);
  const known = [...BUILT_IN_SCORES, ...plugins.map((score) => score.name)].join(", ");
  throw new RangeError(`the policy weighs a score "${name}" that nobody gave; known are ${known}`);
}
