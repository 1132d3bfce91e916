import { CloudError } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createKept } from "./kept.ts";

const ctx = { signal: new AbortController().signal };

test("whoever gives up is told so, whatever is held", async () => {
  const clock = createVirtualClock();
  const reader = new AbortController();
  const reads = [async () => 1, () => new Promise<number>(() => undefined)];
  const kept = createKept(clock, 1000, async () => (reads.shift() ?? expect.fail("read again"))());
  expect(await kept.get(ctx)).toBe(1);
  await clock.advance(1000);
  const asked = kept.get({ signal: reader.signal });
  reader.abort(new Error("enough"));
  await expect(asked).rejects.toThrow("enough");
});

test("a bug is no refusal: it is told at once, whatever is held", async () => {
  const clock = createVirtualClock();
  const reads = [
    async () => 1,
    async () => {
      throw new TypeError("bug");
    },
  ];
  const kept = createKept<number>(clock, 1000, async () => (reads.shift() ?? expect.fail("read again"))());
  await kept.get(ctx);
  await clock.advance(1000);
  await expect(kept.get(ctx)).rejects.toThrow("bug");
});

test("with nothing held the same failure is told for a minute, and then it is read again", async () => {
  const clock = createVirtualClock();
  let reads = 0;
  const kept = createKept<number>(clock, 1000, async () => {
    reads += 1;
    throw new CloudError("denied", "no");
  });
  for (const afterMs of [0, 59_999, 1]) {
    await clock.advance(afterMs);
    await expect(kept.get(ctx)).rejects.toThrow("no");
  }
  expect(reads).toBe(2);
});
