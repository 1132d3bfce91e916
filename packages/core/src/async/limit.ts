/** At most so many tasks at a time; the rest wait in the order they came. */
export interface Limit {
  /**
   * Runs `task` when there is room. Aborting takes a waiting task out of the queue (it never starts); a running one is told
   * through its own signal. @throws what the task throws; the signal's reason when aborted while waiting.
   */
  run<T>(task: () => Promise<T>, options: { readonly signal: AbortSignal }): Promise<T>;
  readonly running: number;
  readonly waiting: number;
}

/** @throws RangeError unless `concurrency` is a whole number from 1 up. */
export function createLimit(concurrency: number): Limit {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`a limit is a whole number from 1 up, not ${concurrency}`);
  }
  let running = 0;
  // A set keeps the order of arrival and lets an aborted waiter leave from the middle at no cost.
  const waiters = new Set<() => void>();
  const release = (): void => {
    const [next] = waiters;
    if (next === undefined) running -= 1;
    else next(); // the place goes straight to the longest waiter: no newcomer can take it in between
  };
  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiters.size;
    },
    async run<T>(task: () => Promise<T>, { signal }: { readonly signal: AbortSignal }): Promise<T> {
      signal.throwIfAborted();
      if (running < concurrency) running += 1;
      else await place(waiters, signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

/** Waits in the queue until a place is handed over. */
function place(waiters: Set<() => void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = (): void => {
    waiters.delete(take);
    signal.removeEventListener("abort", onAbort);
  };
  const take = (): void => {
    leave();
    resolve();
  };
  const onAbort = (): void => {
    leave();
    reject(signal.reason as Error);
  };
  waiters.add(take);
  signal.addEventListener("abort", onAbort, { once: true });
  return promise;
}
