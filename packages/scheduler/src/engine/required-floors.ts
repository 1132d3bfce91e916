import type { DivideTask } from "./divide-task.ts";
import { FillState, type GroupCap } from "./fill-task.ts";
import type { SpreadGroups } from "./spread-groups.ts";

export interface RequiredFloors {
  /** What each candidate must have: its minimum, or the first replica of a group that is needed. */
  readonly lower: Float64Array;
  /** `cap`, 0 where a minimum cannot be met. */
  readonly upper: Float64Array;
  readonly unmet?: SpreadGroups;
}

/**
 * What must be before anything is divided: the minima of candidates, as far as the replicas go (a candidate whose minimum
 * cannot be met in full gets nothing, unless it runs some already), then one replica in so many groups as every constraint
 * needs. Candidates that run replicas come first, so that nothing moves without need. Where minima leave too few replicas for
 * the groups, the last minimum gives way: a spread protects against the loss of a failure domain, a minimum is a wish.
 */
export function requiredFloors(task: DivideTask, caps: readonly GroupCap[]): RequiredFloors {
  const minima = withMinimum(task);
  if (minima.length === 0 && task.spread.every(({ constraint }) => constraint.minGroups === undefined)) {
    return { lower: new Float64Array(task.size), upper: task.cap };
  }
  for (let served = minima.length; ; served -= 1) {
    const floors = serve(task, caps, minima, served);
    if (served === 0 || floors.unmet === undefined || floors.left > 0) return floors;
  }
}

interface Served extends RequiredFloors {
  /** Replicas that nothing requires. */
  readonly left: number;
}

function serve(task: DivideTask, caps: readonly GroupCap[], minima: readonly number[], served: number): Served {
  const total = Math.max(0, task.replicas - task.held);
  const upper = Float64Array.from(task.cap);
  const state = new FillState({ size: task.size, total, lower: new Float64Array(task.size), upper, caps });
  for (const [rank, candidate] of minima.entries()) {
    const minimum = task.floor[candidate] ?? 0;
    if (rank < served && state.room(candidate) >= minimum) state.give(candidate, minimum);
    else if ((task.own[candidate] ?? 0) === 0) upper[candidate] = 0;
  }
  const unmet = seedGroups(task, state);
  const floors = { lower: state.replicas, upper, left: state.left };
  return unmet === undefined ? floors : { ...floors, unmet };
}

function withMinimum(task: DivideTask): readonly number[] {
  const wanted: number[] = [];
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    if ((task.floor[candidate] ?? 0) > 0) wanted.push(candidate);
  }
  return wanted.sort((a, b) => (isBefore(task, a, b) ? -1 : 1));
}

/** Opens groups until every constraint has its minimum; the constraint that cannot be served is returned. */
function seedGroups(task: DivideTask, state: FillState): SpreadGroups | undefined {
  const covered = task.spread.map((groups) => coveredGroups(task, groups, state.replicas));
  for (;;) {
    const wanting = task.spread.filter((groups, index) => missingGroups(task, groups, covered[index]) > 0);
    const first = wanting[0];
    // What unreachable members hold cannot be used to open groups: then it is as good as it gets.
    if (first === undefined || (state.left === 0 && task.held > 0)) return undefined;
    const seed = bestSeed(task, state, covered, new Set(wanting));
    if (seed === -1) return first;
    state.give(seed, 1);
    for (const [index, { codes }] of task.spread.entries()) covered[index]?.add(codes[seed] ?? -1);
  }
}

function coveredGroups({ countsAway }: DivideTask, groups: SpreadGroups, replicas: Float64Array): Set<number> {
  const covered = new Set<number>();
  for (const [group, held] of groups.heldByGroup.entries()) {
    if (held > 0 || (countsAway === true && groups.away[group] === 1)) covered.add(group);
  }
  for (const [candidate, count] of replicas.entries()) if (count > 0) covered.add(groups.codes[candidate] ?? -1);
  return covered;
}

/** A workload of two replicas cannot be in three groups. */
function missingGroups(task: DivideTask, groups: SpreadGroups, covered: ReadonlySet<number> | undefined): number {
  return Math.min(groups.constraint.minGroups ?? 0, task.replicas) - (covered?.size ?? 0);
}

/** The candidate that serves most constraints at once; -1 when none serves any. */
function bestSeed(
  task: DivideTask,
  state: FillState,
  covered: readonly ReadonlySet<number>[],
  wanting: ReadonlySet<SpreadGroups>,
): number {
  let best = -1;
  let bestGain = 0;
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    if (state.room(candidate) < 1) continue;
    let gain = 0;
    for (const [index, groups] of task.spread.entries()) {
      if (wanting.has(groups) && covered[index]?.has(groups.codes[candidate] ?? -1) === false) gain += 1;
    }
    if (gain > bestGain || (gain === bestGain && gain > 0 && isBefore(task, candidate, best))) {
      best = candidate;
      bestGain = gain;
    }
  }
  return best;
}

/** Who runs replicas, then the greater key of the method, then the better score, then the smaller id. */
export function isBefore(task: DivideTask, a: number, b: number): boolean {
  const running = Number((task.own[a] ?? 0) > 0) - Number((task.own[b] ?? 0) > 0);
  if (running !== 0) return running > 0;
  const key = (task.keys[a] ?? 0) - (task.keys[b] ?? 0);
  if (key !== 0 && !Number.isNaN(key)) return key > 0;
  const score = (task.score[a] ?? 0) - (task.score[b] ?? 0);
  return score === 0 ? a < b : score > 0;
}
