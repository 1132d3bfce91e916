import { FillState, type FillTask } from "./fill-task.ts";
import { IndexHeap } from "./index-heap.ts";

/**
 * Fills the candidate with the greatest key as far as it goes, then the next: with the negative price as key, the cheapest
 * first. Where groups are nested (provider, region, zone, cluster) the result costs the least that is possible.
 */
export function fillInOrder(task: FillTask, keys: Float64Array): Float64Array {
  const state = new FillState(task);
  const heap = new IndexHeap(
    new Int32Array(task.size).map((_, index) => index),
    keys,
  );
  while (state.left > 0 && heap.size > 0) {
    const candidate = heap.top();
    state.give(candidate, state.room(candidate));
    heap.pop();
  }
  return state.replicas;
}
