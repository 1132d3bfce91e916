/** What both watch clients tell. */
export interface WatchResult {
  readonly eventsPerSecond: number;
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
export function createEventCounter(): { readonly count: () => void; readonly done: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>();
  let seen = 0;
  let startedAtMs = 0;
  return {
    done: promise,
    count() {
      if (seen === 0) startedAtMs = performance.now();
      seen += 1;
      if (seen === EVENTS) resolve(Math.round((EVENTS * 1000) / (performance.now() - startedAtMs)));
    },
  };
}
