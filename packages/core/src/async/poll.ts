import type { Ctx } from "../provider/ctx.ts";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** The answer of one look: the value, or "not yet", with how long to leave it alone where the other side said so. */
export type PollStep<T> =
  { readonly done: true; readonly value: T } | { readonly done: false; readonly retryAfterMs?: number };

/** All times in milliseconds. The interval grows by `factor` (default 1) up to `intervalMaxMs`. */
export interface PollOptions {
  readonly intervalMs: number;
  readonly intervalMaxMs?: number;
  readonly factor?: number;
}

/**
 * Looks again and again until the answer is done. Intervals vary by ±10 %, so that many waiters do not knock together. Ends
 * only by an answer, a failure of `look`, or the context: put a deadline there with `withTimeout`.
 *
 * @throws what `look` throws; the signal's reason when aborted.
 */
export async function poll<T>(
  look: (ctx: Ctx) => Promise<PollStep<T>>,
  deps: { readonly clock: Clock; readonly random: Random },
  options: PollOptions,
  ctx: Ctx,
): Promise<T> {
  const { intervalMs, intervalMaxMs = intervalMs, factor = 1 } = options;
  for (let currentMs = intervalMs; ; currentMs = Math.min(currentMs * factor, Math.max(intervalMaxMs, intervalMs))) {
    ctx.signal.throwIfAborted();
    const step = await look(ctx);
    if (step.done) return step.value;
    const jittered = currentMs * (0.9 + 0.2 * deps.random.next());
    await deps.clock.sleep(Math.max(jittered, step.retryAfterMs ?? 0), { signal: ctx.signal });
  }
}
