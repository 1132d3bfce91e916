import type { Clock } from "@flotilla/core";

/** A clock that only moves when told to, so that a test of hours runs in milliseconds and always the same way. */
export interface VirtualClock extends Clock {
  /** How many sleepers are waiting. */
  readonly sleeping: number;
  /**
   * Moves time forward and wakes whoever is due, each at its own moment and in order of falling due (first asleep first
   * on a tie). What a woken sleeper does before it waits again happens at that moment.
   */
  advance(durationMs: number): Promise<void>;
  /** Advances from sleeper to sleeper until nobody sleeps. @throws Error once `limitMs` of virtual time has passed (default one day). */
  runUntilIdle(options?: { readonly limitMs?: number }): Promise<void>;
  /** Advances for as long as `work` is pending and hands back its outcome. @throws Error if it waits for something that is not this clock. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Round enough to be read in a failing test: 2026-01-01T00:00:00Z. */
const START_MS = Date.UTC(2026, 0, 1);
const IDLE_LIMIT_MS = 86_400_000;
/** Turns of the event loop granted to work that does I/O of its own between two sleeps before it is called stuck. */
const STUCK_TURNS_MAX = 1_000;

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Time starts at `startMs` (epoch milliseconds). */
export function createVirtualClock(startMs: number = START_MS): VirtualClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();

  const wakeNext = async (untilMs: number): Promise<boolean> => {
    const next = earliest(sleepers);
    if (next === undefined || next.dueMs > untilMs) return false;
    nowMs = Math.max(nowMs, next.dueMs);
    sleepers.delete(next);
    next.wake();
    await settle();
    return true;
  };

  return {
    get sleeping() {
      return sleepers.size;
    },
    nowMs: () => nowMs,
    sleep: (durationMs, { signal }) => sleepUntil(sleepers, nowMs + Math.max(0, durationMs), signal),
    async advance(durationMs) {
      const untilMs = nowMs + durationMs;
      await settle();
      while (await wakeNext(untilMs));
      nowMs = untilMs;
    },
    async runUntilIdle({ limitMs = IDLE_LIMIT_MS } = {}) {
      const untilMs = nowMs + limitMs;
      await settle();
      while (await wakeNext(untilMs));
      if (sleepers.size > 0) throw new Error(`${sleepers.size} still asleep after ${limitMs} ms of virtual time`);
    },
    async run(work) {
      const state = { pending: true };
      const done = (): void => {
        state.pending = false;
      };
      work.then(done, done);
      await settle();
      for (let turns = 0; state.pending && turns < STUCK_TURNS_MAX; turns += 1) {
        if (await wakeNext(Number.POSITIVE_INFINITY)) turns = 0;
        else await settle();
      }
      if (state.pending)
        throw new Error("the work is pending, yet nobody sleeps on this clock: what does it wait for?");
      return work;
    },
  };
}

function sleepUntil(sleepers: Set<Sleeper>, dueMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      sleepers.delete(sleeper);
      reject(signal.reason);
    };
    const sleeper: Sleeper = {
      dueMs,
      wake() {
        signal.removeEventListener("abort", onAbort);
        resolve();
      },
    };
    signal.addEventListener("abort", onAbort, { once: true });
    sleepers.add(sleeper);
  });
}

/** A set keeps insertion order, so the first of equals is the one that fell asleep first. */
function earliest(sleepers: ReadonlySet<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) if (first === undefined || sleeper.dueMs < first.dueMs) first = sleeper;
  return first;
}

/** A macrotask: every promise chain that can go on has gone on until it waits for time or for I/O. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
