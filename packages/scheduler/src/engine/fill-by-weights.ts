import { FillState, type FillTask } from "./fill-task.ts";
import { IndexHeap } from "./index-heap.ts";

/**
 * Webster's (Sainte-Laguë's) divisor method with bounds: replica after replica goes to the candidate with the greatest
 * weight / (2·replicas + 1) that still has room. Chosen over largest remainders because it is house monotone: one replica
 * more never takes one away from anybody. Equal quotients: who has fewer, then the smaller index.
 * Source: Balinski and Young, Fair Representation (1982), chapters 3 and 10.
 */
export function fillByWeights(task: FillTask, weights: Float64Array): Float64Array {
  const state = new FillState(task);
  const open: number[] = [];
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    if ((weights[candidate] ?? 0) > 0 && state.room(candidate) > 0) open.push(candidate);
  }
  let candidates = Int32Array.from(open);
  while (state.left > 0 && candidates.length > 0) {
    // Far from the end most replicas are beyond doubt: jump there, so that the work does not grow with the replicas.
    if (state.left > 2 * candidates.length) jump(state, weights, candidates);
    giveOneByOne(state, weights, candidates, 2 * candidates.length + 1);
    candidates = candidates.filter((candidate) => state.room(candidate) > 0);
  }
  return state.replicas;
}

function giveOneByOne(state: FillState, weights: Float64Array, candidates: Int32Array, most: number): void {
  const { replicas } = state;
  const quotients = new Float64Array(state.task.size);
  for (const candidate of candidates) quotients[candidate] = quotient(weights, replicas, candidate);
  const heap = new IndexHeap(Int32Array.from(candidates), quotients, replicas);
  for (let given = 0; given < most && state.left > 0 && heap.size > 0;) {
    const candidate = heap.top();
    if (state.room(candidate) === 0) {
      heap.pop();
      continue;
    }
    state.give(candidate, 1);
    given += 1;
    quotients[candidate] = quotient(weights, replicas, candidate);
    heap.sink();
  }
}

function quotient(weights: Float64Array, replicas: Float64Array, candidate: number): number {
  return (weights[candidate] ?? 0) / (2 * (replicas[candidate] ?? 0) + 1);
}

// Halvings of the range of quotients: enough to tell any two doubles of one order of magnitude apart.
const HALVINGS = 60;

/**
 * The order in which replicas are given is that of falling quotients, so "everything above a quotient" is a state that the
 * one-by-one method passes through, as long as nobody was full before. Finds a low quotient for which that holds.
 */
function jump(state: FillState, weights: Float64Array, candidates: Int32Array): void {
  let tooLow = 0;
  let safe = 0;
  for (const candidate of candidates) safe = Math.max(safe, quotient(weights, state.replicas, candidate));
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (tooLow + safe) / 2;
    if (isReachable(state, weights, candidates, middle)) safe = middle;
    else tooLow = middle;
  }
  for (const candidate of candidates) state.give(candidate, wantedAbove(state, weights, candidate, safe, -1));
}

/**
 * Replicas that a candidate gets, from what it has, while quotients are above `bar`; its own upper bound stops it. Replica
 * number n is given at weight / (2n - 1); `slack` moves the answer off the exact count, so that rounding cannot matter.
 */
function wantedAbove(state: FillState, weights: Float64Array, candidate: number, bar: number, slack: -1 | 1): number {
  const reached = Math.ceil(((weights[candidate] ?? 0) / bar - 1) / 2) + slack;
  return Math.max(0, Math.min(reached, state.task.upper[candidate] ?? 0) - (state.replicas[candidate] ?? 0));
}

function isReachable(state: FillState, weights: Float64Array, candidates: Int32Array, bar: number): boolean {
  let sum = 0;
  const used = state.task.caps.map(({ cap }) => new Float64Array(cap.length));
  for (const candidate of candidates) {
    const wanted = wantedAbove(state, weights, candidate, bar, 1);
    sum += wanted;
    for (const [index, { codes }] of state.task.caps.entries()) {
      const group = codes[candidate] ?? -1;
      const column = used[index];
      if (group >= 0 && column !== undefined) column[group] = (column[group] ?? 0) + wanted;
    }
  }
  return (
    sum <= state.left && used.every((column, index) => column.every((n, group) => n <= state.groupLeft(index, group)))
  );
}
