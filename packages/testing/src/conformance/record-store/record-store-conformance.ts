import assert from "node:assert/strict";
import { isCloudError, RECORD_BYTES_MAX, type RecordChange, type RecordStore } from "@flotilla/core";
import { withSkips, type ConformanceCase, type ConformanceSkip } from "../conformance-case.ts";

/** How a kit gets at a store. */
export interface RecordStoreHarness {
  /** A new, empty store; the case disposes it. */
  readonly open: () => Promise<RecordStore>;
  /** Opens what the last `open` wrote once more, where the store is durable. */
  readonly reopen?: () => Promise<RecordStore>;
}

/** Every promise of RecordStore, one case each. */
export function recordStoreConformance(
  harness: RecordStoreHarness,
  skips: readonly ConformanceSkip[] = [],
): readonly ConformanceCase[] {
  const { reopen } = harness;
  const cases = [...BASIC, ...RACES, ...WATCHES].map(([name, check]): ConformanceCase => ({
    name,
    async run() {
      await using store = await harness.open();
      await check(store);
    },
  }));
  const durable = durableCase(harness);
  const undurable = { reason: "the store does not outlive its process", cases: [durable.name] };
  return withSkips([...cases, durable], reopen === undefined ? [undurable, ...skips] : skips);
}

type Check = readonly [name: string, check: (store: RecordStore) => Promise<void>];

const BASIC: readonly Check[] = [
  [
    "what was put is read back, with a version and a time",
    async (store) => {
      const value = { text: "grüße ✓ \u0000", list: [1, null, true, { deep: [] }], nothing: null };
      const put = await store.put("a/b", value);
      assert.ok(put.stored);
      const record = await store.get("a/b");
      assert.deepEqual(record?.value, value);
      assert.equal(record.key, "a/b");
      assert.equal(record.version, put.version);
      assert.ok(record.updatedAtMs > 0);
    },
  ],
  [
    "what is not there is undefined, and deleting it is false",
    async (store) => {
      assert.equal(await store.get("a"), undefined);
      assert.equal(await store.delete("a"), false);
      await store.put("a", 1);
      assert.equal(await store.delete("a"), true);
      assert.equal(await store.get("a"), undefined);
      assert.equal(await store.delete("a"), false);
    },
  ],
  [
    "list gives the records under the prefix and no others, in code-point order",
    async (store) => {
      for (const key of ["p/b", "p/a", "p/B", "p/ä", "p/a/x", "q/a", "p", "p%", "p_", "P/a"]) await store.put(key, key);
      const listed = await store.list("p/");
      assert.deepEqual(
        listed.map((record) => record.value),
        ["p/B", "p/a", "p/a/x", "p/b", "p/ä"],
      );
      // Characters that mean something to SQL LIKE or GLOB mean nothing here.
      assert.deepEqual(await keysUnder(store, "p%"), ["p%"]);
      assert.deepEqual(await keysUnder(store, "p_"), ["p_"]);
      assert.equal((await store.list("")).length, 10);
    },
  ],
  [
    "a caller who changes a value does not change the record",
    async (store) => {
      const value = { list: [1] };
      await store.put("k", value);
      value.list.push(2);
      assert.deepEqual((await store.get("k"))?.value, { list: [1] });
    },
  ],
  [
    "a record over the limit is refused as invalid, one at the limit is kept",
    async (store) => {
      const atLimit = "x".repeat(RECORD_BYTES_MAX - 2);
      assert.ok((await store.put("k", atLimit)).stored);
      await assert.rejects(store.put("k", `${atLimit}x`), (error) => isCloudError(error, "invalid"));
      // Bytes count, not characters.
      await assert.rejects(store.put("k", "ä".repeat(RECORD_BYTES_MAX / 2)), (error) => isCloudError(error, "invalid"));
      assert.equal((await store.get("k"))?.value, atLimit);
    },
  ],
  [
    "what is not JSON is refused as invalid",
    async (store) => {
      await assert.rejects(store.put("k", undefined), (error) => isCloudError(error, "invalid"));
      assert.equal(await store.get("k"), undefined);
    },
  ],
];

const RACES: readonly Check[] = [
  [
    "a put that expects nothing loses against a record that is there, and is told what",
    async (store) => {
      assert.ok((await store.put("k", "first", { expectedVersion: null })).stored);
      const lost = await store.put("k", "second", { expectedVersion: null });
      assert.ok(!lost.stored);
      assert.equal(lost.current?.value, "first");
      assert.equal((await store.get("k"))?.value, "first");
    },
  ],
  [
    "a put that expects a version wins only at that version",
    async (store) => {
      const first = await store.put("k", 1);
      assert.ok(first.stored);
      const second = await store.put("k", 2, { expectedVersion: first.version });
      assert.ok(second.stored);
      assert.ok(second.version > first.version);
      const late = await store.put("k", 3, { expectedVersion: first.version });
      assert.ok(!late.stored);
      assert.equal(late.current?.version, second.version);
      const gone = await store.put("other", 1, { expectedVersion: first.version });
      assert.ok(!gone.stored);
      assert.equal(gone.current, undefined);
      assert.equal(await store.get("other"), undefined);
    },
  ],
  [
    "a delete that expects a version deletes only that version",
    async (store) => {
      const first = await store.put("k", 1);
      const second = await store.put("k", 2);
      assert.ok(first.stored && second.stored);
      assert.equal(await store.delete("k", { expectedVersion: first.version }), false);
      assert.equal((await store.get("k"))?.value, 2);
      assert.equal(await store.delete("k", { expectedVersion: second.version }), true);
    },
  ],
  [
    "a key that was deleted and written again never repeats a version",
    async (store) => {
      const first = await store.put("k", "old");
      assert.ok(first.stored);
      await store.delete("k");
      await store.put("k", "new");
      const stale = await store.put("k", "from before", { expectedVersion: first.version });
      assert.equal(stale.stored, false);
      assert.equal((await store.get("k"))?.value, "new");
    },
  ],
  [
    "of many that count up at once, every one counts",
    async (store) => {
      await store.put("n", 0);
      await Promise.all(Array.from({ length: 8 }, () => countUp(store, "n")));
      assert.equal((await store.get("n"))?.value, 8);
    },
  ],
];

const WATCHES: readonly Check[] = [
  [
    "a watch tells every change under its prefix, in order, from now on",
    async (store) => {
      await store.put("p/before", 0);
      const seen = await collect(store, "p/", 4, async () => {
        await store.put("p/a", 1);
        await store.put("q/a", "elsewhere");
        await store.put("p/a", 2);
        await store.put("p/b", 3);
        await store.delete("p/a");
      });
      assert.deepEqual(seen.map(short), ["put p/a 1", "put p/a 2", "put p/b 3", "delete p/a"]);
    },
  ],
  [
    "a lost race and an absent delete are no changes",
    async (store) => {
      const seen = await collect(store, "", 2, async () => {
        await store.put("k", 1, { expectedVersion: null });
        await store.put("k", 2, { expectedVersion: null });
        await store.delete("absent");
        await store.put("end", true);
      });
      assert.deepEqual(seen.map(short), ["put k 1", "put end true"]);
    },
  ],
  [
    "a watch ends when aborted, without an error",
    async (store) => {
      const controller = new AbortController();
      const ended = drain(store.watch("", { signal: controller.signal }));
      await turn();
      controller.abort();
      assert.deepEqual(await ended, []);
      assert.deepEqual(await drain(store.watch("", { signal: AbortSignal.abort() })), []);
    },
  ],
];

function durableCase(harness: RecordStoreHarness): ConformanceCase {
  return {
    name: "what was stored is there when opened again",
    async run() {
      const first = await harness.open();
      await first.put("a", { kept: true });
      const put = await first.put("b", 1);
      await first.delete("b");
      await first[Symbol.asyncDispose]();
      assert.ok(harness.reopen !== undefined && put.stored);
      await using second = await harness.reopen();
      assert.deepEqual(await keysUnder(second, ""), ["a"]);
      assert.deepEqual((await second.get("a"))?.value, { kept: true });
      const again = await second.put("b", 2);
      assert.ok(again.stored && again.version > put.version);
    },
  };
}

async function keysUnder(store: RecordStore, prefix: string): Promise<readonly string[]> {
  return (await store.list(prefix)).map(({ key }) => key);
}

async function countUp(store: RecordStore, key: string): Promise<void> {
  for (;;) {
    const record = await store.get(key);
    assert.ok(record !== undefined && typeof record.value === "number");
    const put = await store.put(key, record.value + 1, { expectedVersion: record.version });
    if (put.stored) return;
  }
}

/** The first `count` changes that `act` causes. */
async function collect(
  store: RecordStore,
  prefix: string,
  count: number,
  act: () => Promise<void>,
): Promise<readonly RecordChange[]> {
  const controller = new AbortController();
  const seen: RecordChange[] = [];
  const watching = (async () => {
    for await (const change of store.watch(prefix, { signal: controller.signal })) {
      seen.push(change);
      if (seen.length === count) return;
    }
  })();
  await turn();
  await act();
  await watching;
  controller.abort();
  return seen;
}

async function drain(changes: AsyncIterable<RecordChange>): Promise<readonly RecordChange[]> {
  return Array.fromAsync(changes);
}

function short(change: RecordChange): string {
  return change.type === "delete"
    ? `delete ${change.key}`
    : `put ${change.record.key} ${JSON.stringify(change.record.value)}`;
}

/** Lets a watch take its place before anything changes. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
