import type { Ctx } from "../provider/ctx.ts";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** How a call is repeated. All times in milliseconds. */
export interface RetryOptions {
  /** Calls in all, the first included. */
  readonly attemptsMax: number;
  /** Back-off before the n-th repetition is uniform in [0, min(capMs, baseMs × 2^(n-1))]: full jitter. */
  readonly baseMs: number;
  readonly capMs: number;
  /** Whether this failure may be repeated. */
  isRetryable(error: unknown, attempt: number): boolean;
  /** The least wait the other side asked for, e.g. a Retry-After; jitter is added to it. */
  retryAfterMs?(error: unknown): number | undefined;
}

/**
 * Calls `task` until it succeeds, fails for good or runs out of attempts; `attempt` counts from 1. A wait that would pass the
 * context's deadline is not begun: the failure is thrown at once. Full jitter after
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 *
 * @throws the last failure; the signal's reason when aborted while waiting.
 */
export async function retry<T>(
  task: (ctx: Ctx, attempt: number) => Promise<T>,
  deps: { readonly clock: Clock; readonly random: Random },
  options: RetryOptions,
  ctx: Ctx,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      ctx.signal.throwIfAborted();
      return await task(ctx, attempt);
    } catch (error) {
      if (ctx.signal.aborted || attempt >= options.attemptsMax || !options.isRetryable(error, attempt)) throw error;
      const waitMs = backoffMs(attempt, deps.random, options) + (options.retryAfterMs?.(error) ?? 0);
      if (ctx.deadlineMs !== undefined && deps.clock.nowMs() + waitMs >= ctx.deadlineMs) throw error;
      await deps.clock.sleep(waitMs, { signal: ctx.signal });
    }
  }
}

/** Full-jitter back-off before the repetition that follows attempt `attempt` (from 1), in whole milliseconds. */
export function backoffMs(
  attempt: number,
  random: Random,
  options: { readonly baseMs: number; readonly capMs: number },
): number {
  return Math.floor(random.next() * Math.min(options.capMs, options.baseMs * 2 ** (attempt - 1)));
}
