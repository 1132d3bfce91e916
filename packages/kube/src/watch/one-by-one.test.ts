import fc from "fast-check";
import { expect, test } from "vitest";
import { oneByOne } from "./one-by-one.ts";

async function* batchesOf(batches: readonly (readonly number[])[], log: string[] = []) {
  try {
    for (const batch of batches) {
      await Promise.resolve();
      yield batch;
    }
  } finally {
    log.push("closed");
  }
}

test("every item once and in order, however far ahead the reader asks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat())), fc.integer({ min: 1, max: 5 }), async (batches, ahead) => {
      const items = oneByOne(batchesOf(batches));
      const heard: number[] = [];
      for (;;) {
        const answers = await Promise.all(Array.from({ length: ahead }, () => items.next()));
        heard.push(...answers.flatMap(({ done, value }) => (done === true ? [] : [value])));
        if (answers.some(({ done }) => done === true)) break;
      }
      expect(heard).toEqual(batches.flat());
    }),
  );
});

test("leaving early closes what the batches come from and forgets the rest", async () => {
  const log: string[] = [];
  const items = oneByOne(batchesOf([[1, 2, 3], [4]], log));
  for await (const item of items) {
    if (item === 2) break;
  }
  expect(log).toEqual(["closed"]);
  expect(await items.next()).toEqual({ value: undefined, done: true });
});

test("a failure comes after everything before it, and then it is over", async () => {
  async function* failing(): AsyncGenerator<readonly number[], void, undefined> {
    yield [1];
    throw new Error("broken");
  }
  const items = oneByOne(failing());
  expect(await items.next()).toEqual({ value: 1, done: false });
  const [first, second] = await Promise.allSettled([items.next(), items.next()]);
  expect(first).toMatchObject({ status: "rejected", reason: { message: "broken" } });
  expect(second).toMatchObject({ status: "fulfilled", value: { done: true } });
});
