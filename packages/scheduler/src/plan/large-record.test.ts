import { RECORD_BYTES_MAX, systemClock } from "@flotilla/core";
import { createMemoryStore } from "@flotilla/testing";
import { expect, test } from "vitest";
import { readLarge, writeLarge } from "./large-record.ts";

test("a value of any size and any characters comes back, in parts the store takes", async () => {
  await using store = createMemoryStore(systemClock);
  const value = { text: '"\\é漢😀\n'.repeat(100_000), list: [1, null, { a: "b" }] };
  await writeLarge(store, "plans/a", value);
  expect(await readLarge(store, "plans/a")).toEqual(value);
  for (const { value: part } of await store.list("parts/")) {
    expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(RECORD_BYTES_MAX);
  }
});

test("writing again replaces the value and leaves no old parts", async () => {
  await using store = createMemoryStore(systemClock);
  await writeLarge(store, "plans/a", { text: "x".repeat(500_000) });
  await writeLarge(store, "plans/a", { small: true });
  expect(await readLarge(store, "plans/a")).toEqual({ small: true });
  expect(await store.list("parts/")).toHaveLength(1);
});

test("a head without its parts is no value", async () => {
  await using store = createMemoryStore(systemClock);
  expect(await readLarge(store, "plans/a")).toBeUndefined();
  await store.put("plans/a", { parts: 1, generation: 1 });
  expect(await readLarge(store, "plans/a")).toBeUndefined();
});
