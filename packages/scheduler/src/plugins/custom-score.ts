import type { Evaluation } from "../engine/evaluate.ts";
import { SCORE_MAX } from "../framework/score-max.ts";
import type { ClusterView, ScorePlugin } from "../framework/score-plugin.ts";
import type { Score, ScoreColumn } from "../framework/score.ts";

/** A user's score as one of ours. What it does wrong for one cluster counts as 0 there, is noted, and disturbs nothing else. */
export function customScore(plugin: ScorePlugin): Score {
  return {
    name: plugin.name,
    score(evaluation): ScoreColumn {
      const { candidates, context } = evaluation;
      const raw = new Float64Array(candidates.length).fill(Number.NaN);
      const notes = new Map<number, string>();
      for (const [position, cluster] of candidates.entries()) {
        const answer = ask(plugin, viewOf(evaluation, cluster), context.workload);
        if (typeof answer === "number") raw[position] = answer;
        else notes.set(position, answer.fault);
      }
      return { raw, normalized: raw.map((value) => (Number.isNaN(value) ? 0 : value)), applies: true, notes };
    },
  };
}

function ask(
  plugin: ScorePlugin,
  view: ClusterView,
  workload: Evaluation["context"]["workload"],
): number | { readonly fault: string } {
  try {
    const value: unknown = plugin.score(view, workload);
    if (typeof value === "number" && value >= 0 && value <= SCORE_MAX) return value;
    return { fault: `score "${plugin.name}" gave ${describe(value)}, not a number in 0..${SCORE_MAX}: taken as 0` };
  } catch (error) {
    const message = error instanceof Error ? error.message : "an unknown error";
    return { fault: `score "${plugin.name}" failed (${message}): taken as 0` };
  }
}

function describe(value: unknown): string {
  return typeof value === "number" ? String(value) : typeof value;
}

function viewOf({ context }: Evaluation, cluster: number): ClusterView {
  const entry = context.columns.clusters[cluster];
  if (entry === undefined) throw new RangeError(`no cluster at ${cluster}`);
  return {
    cluster: entry.cluster,
    capacity: entry.capacity,
    get room() {
      return context.wholeRoomAt(cluster);
    },
    current: context.current[cluster] ?? 0,
    get pricePerHourMicroUsd() {
      const price = context.priceAt(cluster);
      return Number.isNaN(price) ? null : price;
    },
  };
}
