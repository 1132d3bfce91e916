import type { Clock } from "@flotilla/core";

/** Calls `onSilence` once when nothing was heard for `silenceMs`. Dispose it to stop listening. */
export class SilenceGuard implements Disposable {
  readonly #stop = new AbortController();
  readonly #clock: Clock;
  #heardMs: number;

  constructor(clock: Clock, silenceMs: number, onSilence: () => void) {
    this.#clock = clock;
    this.#heardMs = clock.nowMs();
    // The sleep rejects only when this is disposed, and then nobody listens any more.
    this.#listen(silenceMs).then(onSilence, () => undefined);
  }

  heard(): void {
    this.#heardMs = this.#clock.nowMs();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  async #listen(silenceMs: number): Promise<void> {
    for (;;) {
      const leftMs = this.#heardMs + silenceMs - this.#clock.nowMs();
      if (leftMs <= 0) return;
      await this.#clock.sleep(leftMs, { signal: this.#stop.signal });
    }
  }
}
