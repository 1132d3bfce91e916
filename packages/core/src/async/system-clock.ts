import type { Clock } from "./clock.ts";

// The longest wait a timer of the host can hold: more would fire at once.
const TIMER_MS_MAX = 2 ** 31 - 1;

/** The machine's own time. The only place of the product that reads it. */
export const systemClock: Clock = Object.freeze({
  nowMs: () => Date.now(),
  sleep: async (durationMs: number, { signal }: { readonly signal: AbortSignal }): Promise<void> => {
    for (let leftMs = durationMs; leftMs > 0; leftMs -= TIMER_MS_MAX)
      await wait(Math.min(leftMs, TIMER_MS_MAX), signal);
    signal.throwIfAborted();
  },
});

function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = (): void => {
    clearTimeout(timer);
    reject(signal.reason as Error);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener("abort", onAbort);
    resolve();
  }, durationMs);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return promise;
}
