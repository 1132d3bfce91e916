import { groupCaps } from "./divide.ts";
import type { DivideTask } from "./divide-task.ts";
import { FillState } from "./fill-task.ts";
import { OpenGroups } from "./open-groups.ts";
import { Ranking } from "./ranking.ts";
import { isBefore } from "./required-floors.ts";

/**
 * Which candidates may be used, so that no constraint has more groups than its maximum: 1 for those. `undefined`: all, because
 * no maximum is in the way.
 *
 * Choosing groups that hold the replicas and score best is a knapsack at every level; this is the polynomial part of it. A
 * first choice goes by score, and if it cannot hold all replicas, size counts more and more, up to choosing by size alone.
 */
export function selectCandidates(task: DivideTask): Uint8Array | undefined {
  const binding = task.spread.some(({ constraint, groupCount }) => groupCount > (constraint.maxGroups ?? Infinity));
  const carried = task.spread.some(
    ({ constraint, opened }) => constraint.maxGroups !== undefined && opened.includes(1),
  );
  if (!binding && !carried) return undefined;
  const total = Math.max(0, task.replicas - task.held);
  let best: Uint8Array | undefined;
  let bestHolds = -1;
  for (const attempt of attempts(task, total)) {
    const chosen = choose(task, attempt);
    const holds = replicasHeldBy(task, chosen, total);
    if (holds > bestHolds) {
      best = chosen;
      bestHolds = holds;
    }
    if (holds >= total) break;
  }
  return best;
}

/** The same for objects that go whole to every chosen cluster: there is nothing to hold together, so the score alone chooses. */
export function selectByScore(task: DivideTask): Uint8Array {
  return choose(task, { target: 1, by: "groups" });
}

/** One way of choosing. */
interface Attempt {
  /** Replicas that one group or candidate should hold; `undefined`: as many as it can, whatever its score. */
  readonly target: number | undefined;
  /** Groups before candidates, or candidate after candidate, each with its groups. */
  readonly by: "groups" | "candidates";
}

/** From an even share, over doubles of it, to all that there is room for. */
function attempts(task: DivideTask, total: number): readonly Attempt[] {
  const widest = task.spread.reduce((most, { constraint }) => Math.max(most, constraint.maxGroups ?? 1), 1);
  const list: Attempt[] = [];
  for (let target = Math.ceil(total / widest); target < total; target *= 2) {
    list.push({ target: Math.max(1, target), by: "groups" });
  }
  const all = Math.max(1, total);
  return [
    ...list,
    { target: all, by: "groups" },
    { target: all, by: "candidates" },
    { target: undefined, by: "groups" },
    { target: undefined, by: "candidates" },
  ];
}

/** One greedy choice: what runs and what has a minimum, then what the minima of groups need, then the best groups, coarse first. */
function choose(task: DivideTask, { target, by }: Attempt): Uint8Array {
  const usable = usableCandidates(task);
  const values = new Float64Array(task.size).map((_, candidate) => valueOf(task, candidate, target));
  const ranking = new Ranking(
    Int32Array.from(usable),
    values,
    task.keys.map((key) => -key),
  );
  const open = new OpenGroups(task.spread);
  // A minimum that all have tells none from the others.
  const isTelling = usable.some((candidate) => (task.floor[candidate] ?? 0) === 0);
  const needed = usable.filter((candidate) => isNeeded(task, candidate, isTelling));
  for (const candidate of needed.sort((a, b) => (isBefore(task, a, b) ? -1 : 1))) {
    if (open.admits(candidate)) open.openAllOf(candidate);
  }
  openMinima(task, ranking, open);
  if (by === "candidates") openEach(ranking, open);
  for (const constraint of coarseFirst(task, usable)) openBest(task, ranking, target, open, constraint);
  return new Uint8Array(task.size).map((_, candidate) => (open.includes(candidate) ? 1 : 0));
}

function usableCandidates(task: DivideTask): Int32Array {
  return new Int32Array(task.size).map((_, index) => index).filter((candidate) => (task.cap[candidate] ?? 0) > 0);
}

function isNeeded(task: DivideTask, candidate: number, isTelling: boolean): boolean {
  return (task.own[candidate] ?? 0) > 0 || (isTelling && (task.floor[candidate] ?? 0) > 0);
}

function valueOf(task: DivideTask, candidate: number, target: number | undefined): number {
  const cap = task.cap[candidate] ?? 0;
  // A score of 0 is the worst of them, and still better than no cluster.
  return target === undefined ? cap : (1 + (task.score[candidate] ?? 0)) * (Math.min(cap, target) / target);
}

function openEach(ranking: Ranking, open: OpenGroups): void {
  for (let place = 0, candidate = ranking.at(0); candidate !== -1; place += 1, candidate = ranking.at(place)) {
    if (open.admits(candidate)) open.openAllOf(candidate);
  }
}

/** Opens groups until every constraint has its minimum, by candidates that serve most constraints at once. */
function openMinima(task: DivideTask, ranking: Ranking, open: OpenGroups): void {
  const missing = (index: number): number =>
    Math.min(task.spread[index]?.constraint.minGroups ?? 0, task.replicas) - open.count(index);
  for (;;) {
    const wanting = task.spread.map((_, index) => index).filter((index) => missing(index) > 0);
    const best = wanting.length === 0 ? -1 : widestOpener(task, ranking, open, wanting);
    if (best === -1) return;
    open.openAllOf(best);
  }
}

/** The best of the candidates that open a new group in most of the constraints; -1 when none opens any. */
function widestOpener(task: DivideTask, ranking: Ranking, open: OpenGroups, wanting: readonly number[]): number {
  let best = -1;
  let bestGain = 0;
  for (let place = 0, candidate = ranking.at(0); candidate !== -1; place += 1, candidate = ranking.at(place)) {
    let gain = 0;
    for (const index of wanting) if (!open.isOpen(index, task.spread[index]?.codes[candidate] ?? -1)) gain += 1;
    if (gain <= bestGain || !open.admits(candidate)) continue;
    best = candidate;
    bestGain = gain;
    if (gain === wanting.length) break;
  }
  return best;
}

/** Constraints with a maximum, those of few groups first and single clusters last: a provider is chosen before its regions. */
function coarseFirst(task: DivideTask, usable: Int32Array): readonly number[] {
  const groupsOf = task.spread.map(({ constraint, codes }) =>
    constraint.by === "cluster" ? task.size + 1 : new Set(usable.map((candidate) => codes[candidate] ?? -1)).size,
  );
  return task.spread
    .map((_, index) => index)
    .filter((index) => task.spread[index]?.constraint.maxGroups !== undefined)
    .sort((a, b) => (groupsOf[a] ?? 0) - (groupsOf[b] ?? 0) || a - b);
}

/**
 * Opens the most valuable groups of one constraint, as many as may be. A group is worth the mean score of the replicas that it
 * is asked to hold, filled best candidate first; what it cannot hold counts as nothing.
 */
function openBest(
  task: DivideTask,
  ranking: Ranking,
  target: number | undefined,
  open: OpenGroups,
  constraint: number,
): void {
  const groups = task.spread[constraint];
  const free = open.left(constraint);
  if (groups === undefined || free === 0) return;
  const most = finestMaximum(task, open);
  const worth = new Float64Array(groups.groupCount);
  const counted = new Int32Array(groups.groupCount);
  const left = new Float64Array(groups.groupCount).fill(target ?? Number.POSITIVE_INFINITY);
  // Where a candidate is a group by itself, the ranking is the answer.
  let unfilled = groups.constraint.by === "cluster" ? free : groups.groupCount;
  for (let place = 0; unfilled > 0; place += 1) {
    const candidate = ranking.at(place);
    if (candidate === -1) break;
    const group = groups.codes[candidate] ?? -1;
    if (open.isOpen(constraint, group) || !open.admits(candidate)) continue;
    if ((counted[group] ?? 0) >= most || (left[group] ?? 0) === 0) continue;
    const taken = Math.min(task.cap[candidate] ?? 0, left[group] ?? 0);
    worth[group] = (worth[group] ?? 0) + (target === undefined ? taken : (1 + (task.score[candidate] ?? 0)) * taken);
    left[group] = (left[group] ?? 0) - taken;
    counted[group] = (counted[group] ?? 0) + 1;
    if (left[group] === 0 || counted[group] === most || groups.constraint.by === "cluster") unfilled -= 1;
  }
  const ranked = new Int32Array(groups.groupCount)
    .map((_, group) => group)
    .filter((group) => (worth[group] ?? 0) > 0)
    .sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0) || a - b);
  for (const group of ranked.slice(0, free)) open.open(constraint, group);
}

/** How many candidates of one group can be used at all: what the tightest maximum over single clusters leaves. */
function finestMaximum(task: DivideTask, open: OpenGroups): number {
  return task.spread.reduce(
    (most, { constraint }, index) =>
      constraint.by === "cluster" && constraint.maxGroups !== undefined ? Math.min(most, open.left(index)) : most,
    task.size,
  );
}

function replicasHeldBy(task: DivideTask, chosen: Uint8Array, total: number): number {
  const upper = task.cap.map((cap, candidate) => (chosen[candidate] === 1 ? cap : 0));
  const state = new FillState({
    size: task.size,
    total,
    lower: new Float64Array(task.size),
    upper,
    caps: groupCaps(task),
  });
  for (let candidate = 0; candidate < task.size; candidate += 1) state.give(candidate, state.room(candidate));
  return total - state.left;
}
