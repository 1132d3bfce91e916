import { FillState, type FillTask } from "./fill-task.ts";
import { IndexHeap } from "./index-heap.ts";

/**
 * Uses few candidates: those that have replicas already, then the roomiest, and for the rest the candidate with the greatest
 * key among those that can take all of it. Fewest possible where no group is capped.
 */
export function fillPacked(task: FillTask, keys: Float64Array): Float64Array {
  const state = new FillState(task);
  for (const candidate of inUse(task, keys)) state.give(candidate, state.room(candidate));
  const rooms = new Float64Array(task.size).map((_, candidate) => state.room(candidate));
  const heap = new IndexHeap(
    new Int32Array(task.size).map((_, index) => index),
    rooms,
    negated(keys),
  );
  while (state.left > 0 && heap.size > 0) {
    const candidate = heap.top();
    const room = state.room(candidate);
    if (room >= state.left) {
      state.give(bestThatTakesAll(state, keys, candidate), state.left);
    } else if (room < (rooms[candidate] ?? 0)) {
      // Others of its group took from the cap since: look again when it is its turn.
      rooms[candidate] = room;
      heap.sink();
    } else {
      state.give(candidate, room);
      heap.pop();
    }
  }
  return state.replicas;
}

/** Candidates that have replicas anyway, the greatest key first. */
function inUse({ lower }: FillTask, keys: Float64Array): readonly number[] {
  return Array.from(lower, (_, candidate) => candidate)
    .filter((candidate) => (lower[candidate] ?? 0) > 0)
    .sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0) || a - b);
}

function bestThatTakesAll(state: FillState, keys: Float64Array, fallback: number): number {
  let best = fallback;
  for (let candidate = 0; candidate < state.task.size; candidate += 1) {
    if (state.room(candidate) < state.left) continue;
    const better = (keys[candidate] ?? 0) - (keys[best] ?? 0);
    if (better > 0 || (better === 0 && candidate < best)) best = candidate;
  }
  return best;
}

function negated(keys: Float64Array): Float64Array {
  return keys.map((key) => -key);
}
