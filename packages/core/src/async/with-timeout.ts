import type { Ctx } from "../provider/ctx.ts";
import type { Clock } from "./clock.ts";

/** A `Ctx` that ends by itself. Dispose of it (`using`) when the work is done, so that its timer does not outlive it. */
export type TimedCtx = Ctx & Disposable;

/**
 * A context that also aborts after `timeoutMs`, with a `TimeoutError`, or at the outer context's own deadline if that is
 * sooner. Use it with `using`: `using timed = withTimeout(ctx, clock, 10_000)`.
 */
export function withTimeout(ctx: Ctx, clock: Clock, timeoutMs: number): TimedCtx {
  return withDeadline(ctx, clock, clock.nowMs() + timeoutMs);
}

/** As `withTimeout`, to a moment in the clock's epoch milliseconds. */
export function withDeadline(ctx: Ctx, clock: Clock, deadlineMs: number): TimedCtx {
  const endMs = Math.min(deadlineMs, ctx.deadlineMs ?? deadlineMs);
  const timer = new AbortController();
  const expiry = new AbortController();
  const durationMs = Math.max(endMs - clock.nowMs(), 0);
  const expire = (): void => expiry.abort(timeoutError(durationMs));
  if (durationMs === 0) expire();
  // The sleep rejects only when disposed of, and then there is nothing left to say.
  else clock.sleep(durationMs, { signal: timer.signal }).then(expire, () => undefined);
  return {
    signal: AbortSignal.any([ctx.signal, expiry.signal]),
    deadlineMs: endMs,
    [Symbol.dispose]: () => timer.abort(),
  };
}

/** Whether an error is a deadline that passed, ours or the platform's. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

function timeoutError(durationMs: number): DOMException {
  return new DOMException(`no answer within ${durationMs / 1000} s`, "TimeoutError");
}
