import { expect, test } from "vitest";
import { createVirtualClock } from "../clock/virtual-clock.ts";
import { conformanceTitle } from "../conformance/conformance-case.ts";
import { recordStoreConformance } from "../conformance/record-store/record-store-conformance.ts";
import { createMemoryStore } from "./memory-store.ts";

for (const { name, skip, run } of recordStoreConformance({ open: async () => createMemoryStore() })) {
  test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
}

test("records carry the time of the clock that was given", async () => {
  const clock = createVirtualClock(5_000);
  await using store = createMemoryStore(clock);
  await store.put("k", 1);
  await clock.advance(10);
  expect((await store.get("k"))?.updatedAtMs).toBe(5_000);
});

test("closing the store ends its watches", async () => {
  const store = createMemoryStore();
  const watching = Array.fromAsync(store.watch("", { signal: new AbortController().signal }));
  await store.put("k", 1);
  await store[Symbol.asyncDispose]();
  expect(await watching).toHaveLength(1);
});
