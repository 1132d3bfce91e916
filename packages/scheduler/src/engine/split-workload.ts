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

/** Select and divide, after filters and scores. `away`: what unreachable members keep, nothing included. */
export function splitWorkload(
  evaluation: Evaluation,
  scores: Scores,
  away: readonly Share[],
  opened: OpenedGroups,
): Split {
  const { spec, workload } = evaluation.context;
  const task = buildDivideTask(evaluation, scores, away, opened);
  const unpriced = unpricedCandidate(evaluation);
  if (unpriced !== undefined) {
    const kept = keepOnly(task, task.own);
    return shortOf(task, kept, { code: "unknownPrice", message: `${unpriced} has no price, and the policy says Fail` });
  }
  if (spec.replicas.mode === "Duplicate" || workload.division === "PerCluster") return copyToEach(evaluation, task);
  return workload.division === "Single" ? placeWhole(evaluation, task) : divideReplicas(evaluation, task, away);
}

function divideReplicas(evaluation: Evaluation, task: DivideTask, away: readonly Share[]): Split {
  const chosen = selectCandidates(task);
  const within = chosen === undefined ? task : restrict(task, chosen);
  const { replicas, unmetSpread, reduced } = divideBeside(within, away);
  const split = { replicas, unplaced: missing(task, replicas), ...(chosen === undefined ? {} : { chosen }) };
  const minima = formatUnmetMinima(evaluation, within, replicas);
  const { partial } = evaluation.context.spec.replicas;
  const shortfall = shortfallOf(evaluation, task, split, { minima, unmetSpread }) ?? (partial ? reduced : undefined);
  if (shortfall === undefined) return split;
  if (partial) return { ...split, shortfall };
  const kept = keepOnly(task, task.stays ? replicas : divide({ ...within, stays: true }).replicas);
  return { ...split, replicas: kept, unplaced: missing(task, kept), shortfall: allOrNothing(shortfall) };
}

/**
 * Where groups are missing only because the part of an unreachable member went down to nothing, its group counts: it cannot be
 * replaced now, and to refuse to scale down for it would help nobody. That is told by `reduced`.
 */
function divideBeside(task: DivideTask, away: readonly Share[]): DivideResult & { readonly reduced?: Shortfall } {
  const strict = divide(task);
  const given = away.filter(({ replicas }) => replicas === 0).map(({ cluster }) => cluster);
  if (strict.unmetSpread === undefined || given.length === 0) return strict;
  const { by, needed } = strict.unmetSpread;
  const { unmetSpread, replicas } = divide({ ...task, countsAway: true });
  if (unmetSpread !== undefined) return strict;
  const reason = `only counting ${given.join(", ")}, out of reach and left none of the smaller number, are there as many`;
  return {
    replicas,
    reduced: { code: "minima", message: `the policy needs ${needed} different values of ${by}; ${reason}` },
  };
}

interface Unmet {
  readonly minima: string | undefined;
  readonly unmetSpread: DivideResult["unmetSpread"] | undefined;
}

/** What is wrong with a split: replicas without a place, groups that are missing, minima that are not met. */
function shortfallOf(
  evaluation: Evaluation,
  task: DivideTask,
  { unplaced }: Split,
  { minima, unmetSpread }: Unmet,
): Shortfall | undefined {
  if (unplaced === 0 && unmetSpread === undefined) {
    return minima === undefined ? undefined : { code: "minima", message: minima };
  }
  const shortfall = formatShortfall(evaluation, task, unplaced, unmetSpread);
  return minima === undefined ? shortfall : { ...shortfall, message: `${shortfall.message}; ${minima}` };
}

/** An object that cannot be divided goes where it is, or else to the best cluster that takes all of it. */
function placeWhole(evaluation: Evaluation, task: DivideTask): Split {
  const replicas = new Float64Array(task.size);
  if (task.held > 0 || task.replicas === 0) return { replicas, unplaced: missing(task, replicas) };
  const chosen = selectCandidates({ ...task, spread: task.spread.map(withoutMinimum) });
  const choice = chosen === undefined ? {} : { chosen };
  let best = -1;
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    if ((task.cap[candidate] ?? 0) < task.replicas || chosen?.[candidate] === 0) continue;
    if (best === -1 || isBefore(task, candidate, best)) best = candidate;
  }
  if (best === -1) {
    const shortfall = formatShortfall(evaluation, task, missing(task, replicas), undefined);
    return { ...shortOf(task, replicas, shortfall), ...choice };
  }
  replicas[best] = task.replicas;
  return { replicas, unplaced: 0, ...choice };
}

function withoutMinimum(groups: DivideTask["spread"][number]): DivideTask["spread"][number] {
  return { ...groups, constraint: { ...groups.constraint, minGroups: 1 } };
}

/** What is not chosen has no room, and no minimum to meet. */
function restrict(task: DivideTask, chosen: Uint8Array): DivideTask {
  const only = (column: Float64Array): Float64Array =>
    column.map((value, candidate) => (chosen[candidate] === 1 ? value : 0));
  return { ...task, cap: only(task.cap), floor: only(task.floor) };
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
