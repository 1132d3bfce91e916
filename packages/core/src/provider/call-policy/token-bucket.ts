import type { Clock } from "../../async/clock.ts";
import { createLimit, type Limit } from "../../async/limit.ts";
import { CloudError } from "../../errors/cloud-error.ts";
import type { Ctx } from "../ctx.ts";

/** How fast calls of one bucket may go while the cloud does not object. */
export interface BucketLimits {
  readonly ratePerSecond: number;
  /** Calls that may go at once after a quiet time; at least 1. */
  readonly burst: number;
}

/** What a throttle did to the bucket. */
export interface ThrottleEffect {
  readonly pauseMs: number;
  readonly ratePerSecond: number;
}

// A throttled bucket never stands still for good: one call in five seconds keeps asking whether it is over.
const RATE_MIN_PER_SECOND = 0.2;
// The back-off of TCP and of the AWS SDKs' adaptive mode: halve at once, come back slowly.
const DECREASE_FACTOR = 0.5;
// From the floor to a default rate of 50/s takes about a minute: long enough to see whether the cloud objects again.
const RECOVERY_SHARE_PER_SECOND = 1 / 60;
// A cloud that throttles without saying for how long means "now"; its quota windows are about a second.
const PAUSE_DEFAULT_MS = 1000;

/**
 * A token bucket that learns: a throttle empties it, pauses it for everyone and halves its rate, which then recovers by a
 * constant amount a second. Callers get their tokens in the order they asked.
 */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #limits: BucketLimits;
  readonly #turnstile: Limit = createLimit(1);
  #ratePerSecond: number;
  #tokens: number;
  #updatedAtMs: number;
  #pausedUntilMs = 0;
  #throttledAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, limits: BucketLimits) {
    this.#clock = clock;
    this.#limits = { ratePerSecond: limits.ratePerSecond, burst: Math.max(1, limits.burst) };
    this.#ratePerSecond = limits.ratePerSecond;
    this.#tokens = this.#limits.burst;
    this.#updatedAtMs = clock.nowMs();
  }

  /** `true` when nothing is remembered here that a new bucket would not know. */
  get isIdle(): boolean {
    this.#refill();
    const isFull = this.#tokens >= this.#limits.burst && this.#ratePerSecond >= this.#limits.ratePerSecond;
    return isFull && this.#turnstile.running === 0;
  }

  /** Waits for a token. @throws CloudError `throttled` when none can come before the deadline; the signal's reason. */
  async take(ctx: Ctx): Promise<void> {
    await this.#turnstile.run(() => this.#takeNext(ctx), { signal: ctx.signal });
  }

  /** A call that began at `startedAtMs` was throttled. Those already under way when the bucket last slowed down teach nothing new. */
  throttled(startedAtMs: number, retryAfterMs: number | undefined): ThrottleEffect {
    this.#refill();
    const nowMs = this.#clock.nowMs();
    if (startedAtMs > this.#throttledAtMs) {
      this.#ratePerSecond = Math.max(RATE_MIN_PER_SECOND, this.#ratePerSecond * DECREASE_FACTOR);
      this.#throttledAtMs = nowMs;
    }
    this.#tokens = 0;
    const pauseMs = retryAfterMs ?? PAUSE_DEFAULT_MS;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + pauseMs);
    return { pauseMs, ratePerSecond: this.#ratePerSecond };
  }

  async #takeNext(ctx: Ctx): Promise<void> {
    for (;;) {
      this.#refill();
      const waitMs = this.#waitMs();
      if (waitMs <= 0) {
        this.#tokens -= 1;
        return;
      }
      if (ctx.deadlineMs !== undefined && this.#clock.nowMs() + waitMs >= ctx.deadlineMs) {
        throw new CloudError("throttled", `the next call may be made in ${Math.ceil(waitMs)} ms, after the deadline`, {
          retryAfterMs: waitMs,
        });
      }
      await this.#clock.sleep(waitMs, { signal: ctx.signal });
    }
  }

  #waitMs(): number {
    const pauseMs = this.#pausedUntilMs - this.#clock.nowMs();
    // Rounded up to whole milliseconds, and tolerant of what fractions of tokens lose: no wait may end just short of a token.
    const missing = 1 - this.#tokens;
    const tokenMs = missing <= 1e-9 ? 0 : Math.ceil((missing / this.#ratePerSecond) * 1000);
    return Math.max(pauseMs, tokenMs);
  }

  #refill(): void {
    const nowMs = this.#clock.nowMs();
    // Nothing accrues during a pause, or its end would be a burst.
    const fromMs = Math.max(this.#updatedAtMs, Math.min(this.#pausedUntilMs, nowMs));
    const seconds = Math.max(0, nowMs - fromMs) / 1000;
    this.#updatedAtMs = nowMs;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + seconds * this.#ratePerSecond);
    const recovered = this.#ratePerSecond + seconds * this.#limits.ratePerSecond * RECOVERY_SHARE_PER_SECOND;
    this.#ratePerSecond = Math.min(this.#limits.ratePerSecond, recovered);
  }
}
