import type { Random } from "@flotilla/core";

/** A server ends every watch sooner or later. Spread over this, a thousand of them do not come back in the same moment. */
const AFTER_END_MS = 1_000;
const AFTER_FAILURE_MS = 500;
const AFTER_FAILURE_MAX_MS = 30_000;

/** How long to wait before the next connection: fully jittered, doubling from failure to failure, reset by whatever works. */
export class ReconnectPace {
  readonly #random: Random;
  #failures = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  works(): void {
    this.#failures = 0;
  }

  afterEndMs(): number {
    return this.#random.next() * AFTER_END_MS;
  }

  afterFailureMs(atLeastMs: number = 0): number {
    const most = Math.min(AFTER_FAILURE_MAX_MS, AFTER_FAILURE_MS * 2 ** Math.min(this.#failures, 16));
    this.#failures += 1;
    return Math.max(this.#random.next() * most, Math.min(atLeastMs, AFTER_FAILURE_MAX_MS));
  }
}
