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

// A reason nobody sees. Without one the platform makes an exception with a stack, the dearest part of a short call.
const DISPOSED = "disposed";

/** As `withTimeout`, to a moment in the clock's epoch milliseconds. */
export function withDeadline(ctx: Ctx, clock: Clock, deadlineMs: number): TimedCtx {
  const endMs = Math.min(deadlineMs, ctx.deadlineMs ?? deadlineMs);
  const durationMs = Math.max(endMs - clock.nowMs(), 0);
  const ended = new AbortController();
  const timer = new AbortController();
  // By hand and not by AbortSignal.any: that one leaves a weak reference behind at a long-lived signal for every call.
  const follow = (): void => ended.abort(ctx.signal.reason);
  const dispose = (): void => {
    ctx.signal.removeEventListener("abort", follow);
    timer.abort(DISPOSED);
  };
  if (ctx.signal.aborted) follow();
  else if (durationMs === 0) ended.abort(timeoutError(durationMs));
  else {
    ctx.signal.addEventListener("abort", follow, { once: true });
    // The sleep rejects only when disposed of, and then there is nothing left to say.
    clock.sleep(durationMs, { signal: timer.signal }).then(
      () => ended.abort(timeoutError(durationMs)),
      () => undefined,
    );
  }
  return { signal: ended.signal, deadlineMs: endMs, [Symbol.dispose]: dispose };
}

/** Whether an error is a deadline that passed, ours or the platform's. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

function timeoutError(durationMs: number): DOMException {
  return new DOMException(`no answer within ${durationMs / 1000} s`, "TimeoutError");
}
