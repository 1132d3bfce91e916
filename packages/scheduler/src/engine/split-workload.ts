import type { Share, Shortfall } from "./decision.ts";
import { buildDivideTask, type OpenedGroups } from "./build-divide-task.ts";
import { copyToEach } from "./copy-to-each.ts";
import { divide } from "./divide.ts";
import type { DivideResult, DivideTask } from "./divide-task.ts";
import type { Evaluation } from "./evaluate.ts";
import { isBefore } from "./required-floors.ts";
import type { Scores } from "./run-scores.ts";
import { selectCandidates } from "./select-candidates.ts";
import { allOrNothing, formatShortfall } from "./shortfall.ts";
import type { Split } from "./split.ts";
import { formatUnmetMinima } from "./unmet-minima.ts";

/** Select and divide, after filters and scores. */
export function splitWorkload(
  evaluation: Evaluation,
  scores: Scores,
  held: readonly Share[],
  opened: OpenedGroups,
): Split {
  const { spec, workload } = evaluation.context;
  const task = buildDivideTask(evaluation, scores, held, opened);
  const unpriced = unpricedCandidate(evaluation);
  if (unpriced !== undefined) {
    const kept = keepOnly(task, task.own);
    return shortOf(task, kept, { code: "unknownPrice", message: `${unpriced} has no price, and the policy says Fail` });
  }
  if (spec.replicas.mode === "Duplicate" || workload.division === "PerCluster") return copyToEach(evaluation, task);
  return workload.division === "Single" ? placeWhole(evaluation, task) : divideReplicas(evaluation, task);
}

function divideReplicas(evaluation: Evaluation, task: DivideTask): Split {
  const chosen = selectCandidates(task);
  const within = chosen === undefined ? task : restrict(task, chosen);
  const { replicas, unmetSpread } = divide(within);
  const unplaced = missing(task, replicas);
  const shortfall = shortfallOf(evaluation, task, { replicas, unplaced }, unmetSpread);
  if (shortfall === undefined) return { replicas, unplaced };
  if (evaluation.context.spec.replicas.partial) return { replicas, unplaced, shortfall };
  const kept = keepOnly(task, task.stays ? replicas : divide({ ...within, stays: true }).replicas);
  return { replicas: kept, unplaced: missing(task, kept), shortfall: allOrNothing(shortfall) };
}

/** What is wrong with a split: replicas without a place, minima that are not met. */
function shortfallOf(
  evaluation: Evaluation,
  task: DivideTask,
  { replicas, unplaced }: Split,
  unmetSpread: DivideResult["unmetSpread"],
): Shortfall | undefined {
  const minima = formatUnmetMinima(evaluation, task, replicas);
  if (unplaced === 0) return minima === undefined ? undefined : { code: "minima", message: minima };
  const shortfall = formatShortfall(evaluation, task, unplaced, unmetSpread);
  return minima === undefined ? shortfall : { ...shortfall, message: `${shortfall.message}; ${minima}` };
}

/** An object that cannot be divided goes where it is, or else to the best cluster that takes all of it. */
function placeWhole(evaluation: Evaluation, task: DivideTask): Split {
  const replicas = new Float64Array(task.size);
  if (task.held > 0 || task.replicas === 0) return { replicas, unplaced: missing(task, replicas) };
  const chosen = selectCandidates({ ...task, spread: task.spread.map(withoutMinimum) });
  let best = -1;
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    if ((task.cap[candidate] ?? 0) < task.replicas || chosen?.[candidate] === 0) continue;
    if (best === -1 || isBefore(task, candidate, best)) best = candidate;
  }
  if (best === -1) {
    return shortOf(task, replicas, formatShortfall(evaluation, task, missing(task, replicas), undefined));
  }
  replicas[best] = task.replicas;
  return { replicas, unplaced: 0 };
}

function withoutMinimum(groups: DivideTask["spread"][number]): DivideTask["spread"][number] {
  return { ...groups, constraint: { ...groups.constraint, minGroups: 1 } };
}

function restrict(task: DivideTask, chosen: Uint8Array): DivideTask {
  return { ...task, cap: task.cap.map((cap, candidate) => (chosen[candidate] === 1 ? cap : 0)) };
}

/** What of a split runs already: nothing new. */
function keepOnly(task: DivideTask, replicas: Float64Array): Float64Array {
  let left = Math.max(0, task.replicas - task.held);
  return replicas.map((count, candidate) => {
    const kept = Math.min(count, task.own[candidate] ?? 0, task.cap[candidate] ?? 0, left);
    left -= kept;
    return kept;
  });
}

function shortOf(task: DivideTask, replicas: Float64Array, shortfall: Shortfall): Split {
  const unplaced = missing(task, replicas);
  return unplaced === 0 ? { replicas, unplaced } : { replicas, unplaced, shortfall };
}

function missing(task: DivideTask, replicas: Float64Array): number {
  return Math.max(0, task.replicas - task.held - replicas.reduce((sum, count) => sum + count, 0));
}

function unpricedCandidate({ context, candidates }: Evaluation): string | undefined {
  if (context.spec.unknownPrice !== "Fail") return undefined;
  // A cluster that only keeps what it has, since none of its nodes takes pods now, has nothing to price.
  const cluster = candidates.find(
    (candidate) =>
      Number.isNaN(context.priceAt(candidate)) &&
      (context.columns.capacityKnown[candidate] === 0 || context.holdsOne(candidate)),
  );
  return cluster === undefined ? undefined : context.columns.clusters[cluster]?.cluster.id;
}
