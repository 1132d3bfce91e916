// A tenth of the traffic, as Google's SRE book advises (chapter 21, "Handling Overload"): an outage is not multiplied.
const EARNED_PER_CALL = 0.1;
// What a quiet client may repeat before it has earned anything.
const BUDGET_MAX = 10;

/** How many repetitions an endpoint's traffic has earned. Waiting out a throttle is not counted: the bucket paces that. */
export class RetryBudget {
  #left = BUDGET_MAX;

  /** A call was made for the first time. */
  earn(): void {
    this.#left = Math.min(BUDGET_MAX, this.#left + EARNED_PER_CALL);
  }

  /** Takes one repetition; `false` when there is none. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
