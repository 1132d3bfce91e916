import { known, type Price, unknownPrice } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createPriceCache } from "./price-cache.ts";

const ctx = { signal: AbortSignal.timeout(10_000) };

test("one question serves everybody until the price is old", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  let asked = 0;
  const ask = async (): Promise<Price> => known((asked += 1), "test", clock.nowMs());
  const get = () => cache.get("k", 10_000, ask, ctx);
  expect(new Set(await Promise.all([get(), get(), get()])).size).toBe(1);
  await clock.advance(9_999);
  expect(await get()).toMatchObject({ microUsd: 1 });
  await clock.advance(1);
  expect(await get()).toMatchObject({ microUsd: 2 });
  expect(asked).toBe(2);
});

test("an unknown price is asked for again after a minute, a failure at once", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  const answers = [() => unknownPrice("denied"), () => known(5, "test", 0)];
  const get = () => cache.get("k", 3_600_000, async () => (answers.shift() ?? (() => unknownPrice("no more")))(), ctx);
  expect((await get()).known).toBe(false);
  await clock.advance(59_000);
  expect((await get()).known).toBe(false);
  await clock.advance(1_000);
  expect((await get()).known).toBe(true);
  const failing = cache.get("f", 1000, () => Promise.reject(new Error("broken")), ctx);
  await expect(failing).rejects.toThrow("broken");
  expect(await cache.get("f", 1000, async () => known(7, "test", 0), ctx)).toMatchObject({ microUsd: 7 });
});

test("who gives up does not take the answer from the others", async () => {
  const cache = createPriceCache(createVirtualClock());
  const { promise, resolve } = Promise.withResolvers<Price>();
  const leaving = new AbortController();
  const ask = ({ signal }: { readonly signal: AbortSignal }): Promise<Price> => {
    signal.throwIfAborted();
    return promise;
  };
  const first = cache.get("k", 1000, ask, { signal: leaving.signal });
  const second = cache.get("k", 1000, ask, ctx);
  leaving.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  resolve(known(3, "test", 0));
  expect(await second).toMatchObject({ microUsd: 3 });
});
