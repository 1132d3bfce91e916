/**
 * Candidates by key, the greatest first; equal keys by the smaller second key, then by the smaller index, so that the order is
 * total. Made over many at once in linear time, because a division mostly takes few.
 */
export class IndexHeap {
  readonly #items: Int32Array;
  readonly #keys: Float64Array;
  readonly #seconds: Float64Array | undefined;
  #size: number;

  /** `keys` and `seconds` are read through, by index: change the top's and call `sink`. */
  constructor(items: Int32Array, keys: Float64Array, seconds?: Float64Array) {
    this.#items = items;
    this.#keys = keys;
    this.#seconds = seconds;
    this.#size = items.length;
    for (let at = (this.#size >> 1) - 1; at >= 0; at -= 1) this.#siftDown(at);
  }

  get size(): number {
    return this.#size;
  }

  /** The best candidate; -1 when there is none. */
  top(): number {
    return this.#size === 0 ? -1 : (this.#items[0] ?? -1);
  }

  /** Takes the top away. */
  pop(): void {
    this.#size -= 1;
    this.#items[0] = this.#items[this.#size] ?? 0;
    if (this.#size > 0) this.#siftDown(0);
  }

  /** The top's key became smaller: moves it where it belongs. */
  sink(): void {
    this.#siftDown(0);
  }

  #siftDown(start: number): void {
    const items = this.#items;
    const moving = items[start] ?? 0;
    let at = start;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#before(items[child + 1] ?? 0, items[child] ?? 0)) child += 1;
      if (!this.#before(items[child] ?? 0, moving)) break;
      items[at] = items[child] ?? 0;
      at = child;
    }
    items[at] = moving;
  }

  #before(a: number, b: number): boolean {
    const keyA = this.#keys[a] ?? 0;
    const keyB = this.#keys[b] ?? 0;
    if (keyA !== keyB) return keyA > keyB;
    if (this.#seconds !== undefined) {
      const secondA = this.#seconds[a] ?? 0;
      const secondB = this.#seconds[b] ?? 0;
      if (secondA !== secondB) return secondA < secondB;
    }
    return a < b;
  }
}
