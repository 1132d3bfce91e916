import type { StatementSync } from "node:sqlite";
import { CloudError, type Clock, type RecordChange } from "@flotilla/core";

/** How soon a change made by another process is seen. */
const LOOK_INTERVAL_MS = 200;

export interface WatchInput {
  /** Changes under the prefix with a higher number than the second argument, in order, a page at a time. */
  readonly statement: StatementSync;
  /** The number of the oldest change that is still kept. */
  readonly oldest: StatementSync;
  readonly prefix: string;
  readonly since: number;
  readonly clock: Clock;
  readonly run: <T>(work: () => T) => Promise<T>;
  readonly signal: AbortSignal;
  /** Where to register for being woken by writes of this process. */
  readonly wakers: Set<() => void>;
}

/**
 * Follows the numbered changes of the file; ends without an error when the signal aborts.
 *
 * @throws CloudError `stale` when the reader was so slow that changes it had not seen are no longer kept: list again
 */
export async function* watchChanges(input: WatchInput): AsyncGenerator<RecordChange, void, undefined> {
  const { statement, oldest, prefix, run, signal, wakers } = input;
  const bell = createBell(signal);
  wakers.add(bell.ring);
  let since = input.since;
  try {
    while (!signal.aborted) {
      const rows = await run(() => {
        if (Number(oldest.get()?.["seq"] ?? 0) > since + 1) {
          throw new CloudError("stale", `the watch of "${prefix}" fell behind: list again and watch anew`);
        }
        return statement.all(prefix, since);
      });
      for (const row of rows) {
        since = Number(row["seq"]);
        if (signal.aborted) return;
        yield toChange(row);
      }
      if (rows.length === 0) await bell.wait(input.clock);
    }
  } finally {
    wakers.delete(bell.ring);
  }
}

function toChange(row: Readonly<Record<string, unknown>>): RecordChange {
  const key = String(row["key"]);
  const json = row["json"];
  if (typeof json !== "string") return { type: "delete", key };
  const value = JSON.parse(json) as unknown;
  return {
    type: "put",
    record: { key, value, version: Number(row["seq"]), updatedAtMs: Number(row["updated_at_ms"]) },
  };
}

interface Bell {
  readonly ring: () => void;
  /** Until it rings (also when it rang since the last wait), the interval is over, or the signal aborts. */
  wait(clock: Clock): Promise<void>;
}

function createBell(signal: AbortSignal): Bell {
  let hasRung = false;
  let interrupt: AbortController | undefined;
  return {
    ring() {
      hasRung = true;
      interrupt?.abort();
    },
    async wait(clock) {
      interrupt = new AbortController();
      if (hasRung) interrupt.abort();
      try {
        await clock.sleep(LOOK_INTERVAL_MS, { signal: AbortSignal.any([signal, interrupt.signal]) });
      } catch {
        // Woken or aborted: both are looked at by the caller.
      }
      hasRung = false;
    },
  };
}
