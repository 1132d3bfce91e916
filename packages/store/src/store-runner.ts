import type { Clock } from "@flotilla/core";
import { isBusy, toStoreError } from "./store-error.ts";

/** Runs work on the database, waits for locks without stopping the process, translates failures. */
export interface StoreRunner {
  run<T>(work: () => T | Promise<T>): Promise<T>;
}

/** Between two attempts at a lock. Transactions of ours take a few milliseconds. */
const RETRY_INTERVAL_MS = 10;

export function createStoreRunner(deps: {
  readonly file: string;
  readonly clock: Clock;
  readonly busyTimeoutMs: number;
}): StoreRunner {
  const { file, clock, busyTimeoutMs } = deps;
  // Work of a store is a few milliseconds and not cancellable; the wait ends by itself.
  const { signal } = new AbortController();
  return {
    async run(work) {
      const deadlineMs = clock.nowMs() + busyTimeoutMs;
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isBusy(error) || clock.nowMs() >= deadlineMs) throw toStoreError(file, error);
        }
        await clock.sleep(RETRY_INTERVAL_MS, { signal });
      }
    },
  };
}
