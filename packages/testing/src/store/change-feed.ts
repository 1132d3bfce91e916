import type { RecordChange } from "@flotilla/core";

/** One watcher's queue: what is pushed is handed out in order; the end comes after what was pushed before it. */
export interface ChangeFeed {
  readonly prefix: string;
  readonly changes: AsyncIterable<RecordChange>;
  push(change: RecordChange): void;
  end(): void;
}

/** Ends when the signal aborts or `end` is called; `onEnd` runs once either way, and when the reader stops early. */
export function createChangeFeed(prefix: string, signal: AbortSignal, onEnd: () => void): ChangeFeed {
  const queue: RecordChange[] = [];
  let ended = signal.aborted;
  let wake: (() => void) | undefined;
  const end = (): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener("abort", end);
    onEnd();
    wake?.();
  };
  signal.addEventListener("abort", end, { once: true });

  async function* read(): AsyncGenerator<RecordChange, void, undefined> {
    try {
      for (;;) {
        const next = queue.shift();
        if (next !== undefined) yield next;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      end();
    }
  }

  return {
    prefix,
    changes: read(),
    push(change) {
      queue.push(change);
      wake?.();
    },
    end,
  };
}
