import { setTimeout as sleep } from "node:timers/promises";

export interface UntilOptions {
  /** Default 60 s: servers on a busy two-core machine. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Asks again and again until `probe` gives something other than `undefined` or `false`. A probe that throws counts as "not
 * yet": servers refuse connections while they start.
 *
 * @throws Error naming `what` and the last failure when the time is spent; the signal's reason
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  options: UntilOptions = {},
): Promise<T> {
  const { timeoutMs = 60_000, everyMs = 50, signal } = options;
  const deadlineMs = performance.now() + timeoutMs;
  let last: unknown = "it was never so";
  while (performance.now() < deadlineMs) {
    signal?.throwIfAborted();
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  }
  const why = last instanceof Error ? last.message : String(last);
  throw new Error(`waited ${timeoutMs} ms for ${what}: ${why}`, { cause: last });
}
