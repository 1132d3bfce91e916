import { type Clock, type CloudError, type Ctx, isCloudError, SharedTask } from "@flotilla/core";

/** Something read now and then, and kept meanwhile. */
export interface Kept<T> {
  /**
   * One read at a time, for everybody. What was read last stands in while reading anew is refused.
   *
   * @throws CloudError where nothing stands in, the same one for a while: a denied call is not asked over and over.
   */
  get(ctx: Ctx): Promise<T>;
  /** What was read last, unless it is too old to stand in. */
  last(): T | undefined;
}

/** A failure is asked about again after this: it is often a denied call that somebody is about to allow. */
const FAILURE_KEPT_MS = 60_000;
/** For so many times as long as it is good for may the last one stand in: the rule that core has for prices. */
const STALE_TIMES = 14;

/** Keeps what `read` gives for `keptMs`. */
export function createKept<T>(clock: Clock, keptMs: number, read: (ctx: Ctx) => Promise<T>): Kept<T> {
  const reading = new SharedTask<T>();
  let held: { readonly value: T; readonly atMs: number } | undefined;
  let failed: { readonly error: CloudError; readonly untilMs: number } | undefined;
  const youngerThan = (ageMs: number) => (held !== undefined && clock.nowMs() - held.atMs < ageMs ? held : undefined);
  const standIn = (error: CloudError): T => {
    const last = youngerThan(STALE_TIMES * keptMs);
    if (last === undefined) throw error;
    return last.value;
  };
  return {
    async get(ctx) {
      const fresh = youngerThan(keptMs);
      if (fresh !== undefined) return fresh.value;
      if (failed !== undefined && clock.nowMs() < failed.untilMs) return standIn(failed.error);
      return reading.run(async (signal) => {
        try {
          const value = await read({ signal });
          held = { value, atMs: clock.nowMs() };
          return value;
        } catch (error) {
          if (!isCloudError(error)) throw error;
          failed = { error, untilMs: clock.nowMs() + FAILURE_KEPT_MS };
          return standIn(error);
        }
      }, ctx);
    },
    last: () => youngerThan(STALE_TIMES * keptMs)?.value,
  };
}
