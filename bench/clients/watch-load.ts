/** What both watch clients tell. */
export interface WatchResult {
  readonly eventsPerSecond: number;
  readonly cpuMicrosPerEvent: number;
  /** Live heap over the bare process once everything was heard, garbage collected, the watch still open. */
  readonly heapBytes: number;
}

export const EVENTS = Number(process.env["STUB_EVENTS"] ?? 50_000);

export function liveHeapBytes(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Counts events; `done` resolves with the rate once all have come. */
export function createEventCounter(): {
  readonly count: () => void;
  readonly done: Promise<Omit<WatchResult, "heapBytes">>;
} {
  const { promise, resolve } = Promise.withResolvers<Omit<WatchResult, "heapBytes">>();
  let seen = 0;
  let startedAtMs = 0;
  let cpu = process.cpuUsage();
  return {
    done: promise,
    count() {
      if (seen === 0) {
        startedAtMs = performance.now();
        cpu = process.cpuUsage();
      }
      seen += 1;
      if (seen < EVENTS) return;
      const { user, system } = process.cpuUsage(cpu);
      resolve({
        eventsPerSecond: Math.round((EVENTS * 1000) / (performance.now() - startedAtMs)),
        cpuMicrosPerEvent: (user + system) / EVENTS,
      });
    },
  };
}
