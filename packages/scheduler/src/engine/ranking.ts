import { IndexHeap } from "./index-heap.ts";

/** Candidates from the best to the worst, sorted only as far as somebody looks. */
export class Ranking {
  readonly #heap: IndexHeap;
  readonly #sorted: number[] = [];

  /** Arguments as `IndexHeap` takes them. */
  constructor(items: Int32Array, keys: Float64Array, seconds?: Float64Array) {
    this.#heap = new IndexHeap(items, keys, seconds);
  }

  /** The candidate at a place, from 0; -1 past the last. */
  at(place: number): number {
    while (this.#sorted.length <= place && this.#heap.size > 0) {
      this.#sorted.push(this.#heap.top());
      this.#heap.pop();
    }
    return this.#sorted[place] ?? -1;
  }
}
