import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { CloudError } from "../errors/cloud-error.ts";
import { createPriceCache, type PriceQuestion } from "./price-cache.ts";
import type { Price } from "./price.ts";
import { known, unknownPrice } from "./usd.ts";

const ctx = { signal: AbortSignal.timeout(10_000) };
const HOUR_MS = 3_600_000;

/** A question about one price whose answers are given one after the other. */
function aQuestion(answers: readonly (() => Price)[], rest: Partial<PriceQuestion> = {}) {
  let asked = 0;
  const ask = async (): Promise<Price> => {
    const answer = answers[asked];
    asked += 1;
    if (answer === undefined) throw new Error("asked too often");
    return answer();
  };
  return { question: { key: "k", keptMs: HOUR_MS, ask, ...rest }, asked: () => asked };
}

const denied = (): never => {
  throw new CloudError("denied", "pricing:GetProducts is denied");
};

test("one question serves everybody until the price is old", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  const { question, asked } = aQuestion([() => known(1, "list", 0), () => known(2, "list", 5)], { keptMs: 10_000 });
  const get = (): Promise<Price> => cache.get(question, ctx);
  expect(new Set(await Promise.all([get(), get(), get()])).size).toBe(1);
  await clock.advance(9_999);
  expect(await get()).toMatchObject({ microUsd: 1 });
  await clock.advance(1);
  expect(await get()).toMatchObject({ microUsd: 2, asOfMs: 5 });
  expect(asked()).toBe(2);
});

test("what the cloud does not tell is asked again after a minute, and the fallback stands in meanwhile", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  const fallback = known(9, "fallback-2026-11-01", 0);
  const { question, asked } = aQuestion([denied, () => unknownPrice("no line"), () => known(3, "list", 1)], {
    fallback,
  });
  expect(await cache.get(question, ctx)).toBe(fallback);
  await clock.advance(59_999);
  expect(await cache.get(question, ctx)).toBe(fallback);
  expect(asked()).toBe(1);
  await clock.advance(1);
  expect(await cache.get(question, ctx)).toBe(fallback);
  await clock.advance(60_000);
  expect(await cache.get(question, ctx)).toMatchObject({ microUsd: 3, source: "list" });
  expect(asked()).toBe(3);
});

test("while the cloud refuses its last price holds, with its age, for a time", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  const fallback = known(9, "fallback-2026-11-01", 0);
  const { question } = aQuestion([() => known(3, "list", 1), denied, denied, denied], { fallback });
  expect(await cache.get(question, ctx)).toMatchObject({ microUsd: 3 });
  await clock.advance(HOUR_MS);
  expect(await cache.get(question, ctx)).toMatchObject({ microUsd: 3, source: "list", asOfMs: 1 });
  await clock.advance(13 * HOUR_MS - 1);
  expect(await cache.get(question, ctx)).toMatchObject({ microUsd: 3, asOfMs: 1 });
  await clock.advance(60_000);
  expect(await cache.get(question, ctx)).toBe(fallback);
});

test("a price that is withdrawn is not brought back by a refusal", async () => {
  const clock = createVirtualClock();
  const cache = createPriceCache(clock);
  const { question } = aQuestion([() => known(3, "list", 1), () => unknownPrice("withdrawn"), denied]);
  await cache.get(question, ctx);
  await clock.advance(HOUR_MS);
  expect(await cache.get(question, ctx)).toEqual({ known: false, reason: "withdrawn" });
  await clock.advance(60_000);
  expect(await cache.get(question, ctx)).toMatchObject({ known: false });
});

test("without a fallback a refusal is an unknown price with the reason; a bug is thrown and not kept", async () => {
  const cache = createPriceCache(createVirtualClock());
  expect(await cache.get(aQuestion([denied]).question, ctx)).toEqual({
    known: false,
    reason: "pricing:GetProducts is denied",
  });
  const broken = (): never => {
    throw new TypeError("broken");
  };
  const { question } = aQuestion([broken, () => known(7, "list", 0)], { key: "other" });
  await expect(cache.get(question, ctx)).rejects.toThrow("broken");
  expect(await cache.get(question, ctx)).toMatchObject({ microUsd: 7 });
});

test("who gives up does not take the answer from the others, and nothing is kept of a question all have left", async () => {
  const cache = createPriceCache(createVirtualClock());
  const { promise, resolve } = Promise.withResolvers<Price>();
  const ask: PriceQuestion["ask"] = ({ signal }) => {
    signal.throwIfAborted();
    return promise;
  };
  const leaving = new AbortController();
  const first = cache.get({ key: "k", keptMs: 1000, ask }, { signal: leaving.signal });
  const second = cache.get({ key: "k", keptMs: 1000, ask }, ctx);
  leaving.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  resolve(known(3, "list", 0));
  expect(await second).toMatchObject({ microUsd: 3 });

  const alone = new AbortController();
  const onlyOne = cache.get(
    {
      key: "alone",
      keptMs: 1000,
      ask: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            reject(new CloudError("cancelled", "stopped"));
          });
        }),
    },
    { signal: alone.signal },
  );
  alone.abort(new Error("left"));
  await expect(onlyOne).rejects.toThrow("left");
  expect(await cache.get({ key: "alone", keptMs: 1000, ask: async () => known(4, "list", 0) }, ctx)).toMatchObject({
    microUsd: 4,
  });
});
