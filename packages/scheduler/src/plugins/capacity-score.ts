import type { Evaluation } from "../engine/evaluate.ts";
import { meanOf } from "../framework/mean-of.ts";
import { SCORE_MAX } from "../framework/score-max.ts";
import type { Score, ScoreColumn } from "../framework/score.ts";

/**
 * Prefers clusters that stay empty: the share, in percent, of CPU or memory (the scarcer) that is left free after an even share
 * of the replicas was placed. An even share and not one replica, so that a small empty cluster does not outbid a large one for
 * a load that it could not carry. Source of the idea: kube-scheduler's NodeResourcesLeastAllocated. Unknown capacity counts as
 * the mean of the known.
 */
export const capacityScore: Score = {
  name: "capacity",
  score(evaluation): ScoreColumn {
    const { candidates } = evaluation;
    const raw = new Float64Array(candidates.length);
    const each = Math.ceil(evaluation.context.workload.replicas / Math.max(1, candidates.length));
    for (let position = 0; position < candidates.length; position += 1) {
      raw[position] = freePercent(evaluation, candidates[position] ?? -1, each);
    }
    const mean = meanOf(raw) ?? SCORE_MAX / 2;
    const normalized = raw.map((percent) => (Number.isNaN(percent) ? mean : percent));
    return { raw, normalized, applies: true, notes: new Map() };
  },
};

function freePercent({ context }: Evaluation, cluster: number, each: number): number {
  const { columns, workload, current } = context;
  if (columns.capacityKnown[cluster] === 0) return Number.NaN;
  const { allocatable, requested } = columns;
  const { cpuMilli, memoryBytes } = workload.pod.requests;
  // What runs there already is in the cluster's requests.
  const coming = Math.max(0, each - (current[cluster] ?? 0));
  const promised = context.reserved.requestedIn(cluster);
  const cpu = share(
    allocatable.cpuMilli[cluster] ?? 0,
    (requested.cpuMilli[cluster] ?? 0) + promised.cpuMilli + coming * cpuMilli,
  );
  const memory = share(
    allocatable.memoryBytes[cluster] ?? 0,
    (requested.memoryBytes[cluster] ?? 0) + promised.memoryBytes + coming * memoryBytes,
  );
  return SCORE_MAX * Math.min(cpu, memory);
}

function share(allocatable: number, used: number): number {
  return allocatable <= 0 ? 0 : Math.min(1, Math.max(0, (allocatable - used) / allocatable));
}
