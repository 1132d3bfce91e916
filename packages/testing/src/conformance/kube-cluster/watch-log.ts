import assert from "node:assert/strict";
import type { KubeCluster, WatchEvent, WatchInput } from "@flotilla/core";

/** A watch in the background and everything it has told. */
export interface WatchLog extends AsyncDisposable {
  readonly events: readonly WatchEvent[];
  /** `added a`, `modified a`, `deleted a`, `synced`: without bookmarks. */
  lines(): readonly string[];
  /** What a cache fed with the events would hold: name → uid. */
  cache(): Readonly<Record<string, string>>;
  isSynced(): boolean;
}

/** Disposing aborts the watch and asserts that it ended by itself then, without an error. */
export function openWatchLog(cluster: KubeCluster, input: WatchInput): WatchLog {
  const controller = new AbortController();
  const events: WatchEvent[] = [];
  const watching = (async () => {
    for await (const event of cluster.watch(input, { signal: controller.signal })) events.push(event);
  })();
  // Reported when disposed; until then it must not count as unhandled.
  watching.catch(() => {});
  return {
    events,
    lines: () => events.flatMap(describe),
    cache: () => cacheOf(events),
    isSynced: () => events.some(({ type }) => type === "synced"),
    async [Symbol.asyncDispose]() {
      controller.abort();
      await watching;
    },
  };
}

/** No resourceVersion of an object is told twice as it came to be. */
export function assertNothingToldTwice(events: readonly WatchEvent[]): void {
  const told = events.flatMap((event) =>
    event.type === "added" || event.type === "modified"
      ? [`${event.object.metadata.uid}@${event.object.metadata.resourceVersion}`]
      : [],
  );
  assert.equal(new Set(told).size, told.length, `told twice: ${told.join(" ")}`);
}

function describe(event: WatchEvent): readonly string[] {
  if (event.type === "bookmark") return [];
  return event.type === "synced" ? ["synced"] : [`${event.type} ${event.object.metadata.name}`];
}

function cacheOf(events: readonly WatchEvent[]): Readonly<Record<string, string>> {
  const cache = new Map<string, string>();
  for (const event of events) {
    if (event.type === "added" || event.type === "modified") {
      cache.set(event.object.metadata.name, event.object.metadata.uid ?? "");
    } else if (event.type === "deleted") {
      const { name, uid } = event.object.metadata;
      assert.equal(cache.get(name), uid, `deleted ${name} is the one that was told`);
      cache.delete(name);
    }
  }
  return Object.fromEntries([...cache].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
