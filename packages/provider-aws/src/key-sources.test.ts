import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { cachedKeys } from "./key-sources.ts";

const HOUR_MS = 3_600_000;

test("keys are loaded once for everybody, kept while they last, and renewed five minutes ahead", async () => {
  const clock = createVirtualClock();
  let loads = 0;
  const source = cachedKeys(async () => {
    loads += 1;
    return { accessKeyId: `K${loads}`, secretAccessKey: "s", expiration: new Date(clock.nowMs() + HOUR_MS) };
  }, clock);
  const all = await Promise.all([source.keys(), source.keys(), source.keys()]);
  expect([loads, new Set(all.map(({ accessKeyId }) => accessKeyId)).size]).toEqual([1, 1]);
  await clock.advance(HOUR_MS - 6 * 60_000);
  expect((await source.keys()).accessKeyId).toBe("K1");
  await clock.advance(2 * 60_000);
  expect((await source.keys()).accessKeyId).toBe("K2");
});

test("a load that failed is tried again by the next who asks", async () => {
  const outcomes = [Promise.reject(new Error("no")), Promise.resolve({ accessKeyId: "K", secretAccessKey: "s" })];
  outcomes[0]?.catch(() => undefined);
  const source = cachedKeys(
    () => outcomes.shift() ?? Promise.reject(new Error("asked too often")),
    createVirtualClock(),
  );
  await expect(source.keys()).rejects.toThrow("no");
  expect((await source.keys()).accessKeyId).toBe("K");
  expect((await source.keys()).accessKeyId).toBe("K");
});

test("keys with little life left are renewed at half of it, and not at every call", async () => {
  const clock = createVirtualClock();
  let loads = 0;
  const source = cachedKeys(async () => {
    loads += 1;
    return { accessKeyId: `K${loads}`, secretAccessKey: "s", expiration: new Date(clock.nowMs() + 120_000) };
  }, clock);
  for (const _ of [1, 2, 3]) await source.keys();
  expect(loads).toBe(1);
  await clock.advance(59_000);
  expect((await source.keys()).accessKeyId).toBe("K1");
  await clock.advance(1000);
  expect((await source.keys()).accessKeyId).toBe("K2");
});

test("keys that were refused are forgotten", async () => {
  let loads = 0;
  const source = cachedKeys(
    async () => ({ accessKeyId: `K${(loads += 1)}`, secretAccessKey: "s" }),
    createVirtualClock(),
  );
  await source.keys();
  source.forget();
  expect((await source.keys()).accessKeyId).toBe("K2");
});
