import { checkConcurrency } from "./check-concurrency.ts";

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
  checkConcurrency(concurrency);
  let running = 0;
  const queue = new WaitingQueue();
  const release = (): void => {
    // The place goes straight to the longest waiter: no newcomer can take it in between.
    if (!queue.admitFirst()) running -= 1;
  };
  return {
    get running() {
      return running;
    },
    get waiting() {
      return queue.size;
    },
    async run<T>(task: () => Promise<T>, { signal }: { readonly signal: AbortSignal }): Promise<T> {
      signal.throwIfAborted();
      if (running < concurrency) running += 1;
      else await queue.wait(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

interface Waiter {
  readonly signal: AbortSignal;
  readonly admit: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Those who wait on one signal share one listener: a signal's list of listeners is searched from end to end at every change. */
interface SignalGroup {
  readonly waiters: Set<Waiter>;
  readonly onAbort: () => void;
}

class WaitingQueue {
  // Sets keep the order of arrival and let an aborted waiter leave from the middle at no cost.
  readonly #waiters = new Set<Waiter>();
  readonly #groups = new Map<AbortSignal, SignalGroup>();

  get size(): number {
    return this.#waiters.size;
  }

  wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { signal, admit: resolve, reject };
    this.#waiters.add(waiter);
    this.#groupOf(signal).waiters.add(waiter);
    return promise;
  }

  /** Lets the longest waiter in; `false` when nobody waits. */
  admitFirst(): boolean {
    const [first] = this.#waiters;
    if (first === undefined) return false;
    this.#leave(first);
    first.admit();
    return true;
  }

  #groupOf(signal: AbortSignal): SignalGroup {
    const found = this.#groups.get(signal);
    if (found !== undefined) return found;
    const waiters = new Set<Waiter>();
    const onAbort = (): void => {
      for (const waiter of waiters) {
        this.#leave(waiter);
        waiter.reject(signal.reason);
      }
    };
    const group = { waiters, onAbort };
    this.#groups.set(signal, group);
    signal.addEventListener("abort", onAbort, { once: true });
    return group;
  }

  #leave(waiter: Waiter): void {
    const { signal } = waiter;
    this.#waiters.delete(waiter);
    const group = this.#groups.get(signal);
    group?.waiters.delete(waiter);
    if (group === undefined || group.waiters.size > 0) return;
    this.#groups.delete(signal);
    signal.removeEventListener("abort", group.onAbort);
  }
}
