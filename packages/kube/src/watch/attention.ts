import type { WatchedObject } from "./watched-object.ts";

/** So many events in a row without a look mean that this reader does not care. More than come in one batch. */
const PATIENCE = 256;

/**
 * Whether the reader of a watch looks at the objects of its events. One who does gets each line parsed at once, which also
 * proves it; for one who only wants to know that something changed, only the beginning of each line is read.
 */
export class Attention {
  #unseen = 0;
  #broken: { readonly watched: WatchedObject; readonly version: string } | undefined;

  get isPaid(): boolean {
    return this.#unseen < PATIENCE;
  }

  told(): void {
    this.#unseen += 1;
  }

  looked(): void {
    this.#unseen = 0;
  }

  /** A look found that the rest of a line is no JSON. `version` is the last one before it. */
  found(watched: WatchedObject, version: string): void {
    this.#broken ??= { watched, version };
  }

  /** What was found, once. */
  takeBroken(): { readonly watched: WatchedObject; readonly version: string } | undefined {
    const broken = this.#broken;
    this.#broken = undefined;
    return broken;
  }
}
