import { expect, test } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";

const never = new AbortController().signal;

test("wakes sleepers at their own moments, first asleep first on a tie", async () => {
  const clock = createVirtualClock(1_000);
  const woken: [string, number][] = [];
  const sleepThenTell = async (name: string, durationMs: number): Promise<void> => {
    await clock.sleep(durationMs, { signal: never });
    woken.push([name, clock.nowMs()]);
  };
  const all = Promise.all([sleepThenTell("late", 30), sleepThenTell("a", 10), sleepThenTell("b", 10)]);
  await clock.advance(29);
  expect(woken).toEqual([
    ["a", 1_010],
    ["b", 1_010],
  ]);
  expect({ now: clock.nowMs(), sleeping: clock.sleeping }).toEqual({ now: 1_029, sleeping: 1 });
  await clock.advance(1);
  await all;
  expect(woken.at(-1)).toEqual(["late", 1_030]);
});

test("what a sleeper does after waking happens at that moment, not at the end of the advance", async () => {
  const clock = createVirtualClock(0);
  const ticks: number[] = [];
  const ticking = (async () => {
    for (let tick = 0; tick < 3; tick += 1) {
      await clock.sleep(100, { signal: never });
      ticks.push(clock.nowMs());
    }
  })();
  await clock.advance(1_000);
  await ticking;
  expect(ticks).toEqual([100, 200, 300]);
  expect(clock.nowMs()).toBe(1_000);
});

test("an abort wakes the sleeper with its reason and takes it off the clock", async () => {
  const clock = createVirtualClock();
  const controller = new AbortController();
  const asleep = clock.sleep(50, { signal: controller.signal });
  controller.abort(new Error("no more"));
  await expect(asleep).rejects.toThrow("no more");
  expect(clock.sleeping).toBe(0);
  await expect(clock.sleep(1, { signal: controller.signal })).rejects.toThrow("no more");
});

test("run drives work to its end and says so when the work waits for something else", async () => {
  const clock = createVirtualClock(0);
  const work = (async () => {
    await clock.sleep(3_600_000, { signal: never });
    return clock.nowMs();
  })();
  await expect(clock.run(work)).resolves.toBe(3_600_000);
  await expect(clock.run(new Promise<never>(() => {}))).rejects.toThrow("nobody sleeps");
});

test("runUntilIdle stops at its limit", async () => {
  const clock = createVirtualClock(0);
  const controller = new AbortController();
  const forever = (async () => {
    for (;;) await clock.sleep(10, { signal: controller.signal });
  })();
  await expect(clock.runUntilIdle({ limitMs: 100 })).rejects.toThrow("1 still asleep after 100 ms");
  controller.abort(new Error("enough"));
  await expect(forever).rejects.toThrow("enough");
  await clock.runUntilIdle();
});
