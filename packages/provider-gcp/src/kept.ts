import { type Clock, type CloudError, type Ctx, isCloudError, SharedTask } from "@flotilla/core";

/** Something read now and then, and kept meanwhile. */
export interface Kept<T> {
  /** One read at a time, for everybody. @throws CloudError, the same one for a while: a denied call is not asked over and over. */
  get(ctx: Ctx): Promise<T>;
}

/** A failure is asked about again after this: it is often a denied call that somebody is about to allow. */
const FAILURE_KEPT_MS = 60_000;

/** Keeps what `read` gives for `keptMs`. */
export function createKept<T>(clock: Clock, keptMs: number, read: (ctx: Ctx) => Promise<T>): Kept<T> {
  const reading = new SharedTask<T>();
  let held: { readonly value: T; readonly untilMs: number } | undefined;
  let failed: { readonly error: CloudError; readonly untilMs: number } | undefined;
  return {
    async get(ctx) {
      if (held !== undefined && clock.nowMs() < held.untilMs) return held.value;
      if (failed !== undefined && clock.nowMs() < failed.untilMs) throw failed.error;
      return reading.run(async (signal) => {
        try {
          const value = await read({ signal });
          held = { value, untilMs: clock.nowMs() + keptMs };
          return value;
        } catch (error) {
          if (isCloudError(error)) failed = { error, untilMs: clock.nowMs() + FAILURE_KEPT_MS };
          throw error;
        }
      }, ctx);
    },
  };
}
