import { getEventListeners } from "node:events";
import { createVirtualClock } from "@flotilla/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createLimit } from "./limit.ts";
import { mapLimited } from "./map-limited.ts";

const signal = new AbortController().signal;

test("never more at a time than allowed, started in order of arrival, none lost", async () => {
  const sizes = fc.array(fc.nat(20), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), sizes, async (concurrency, durations) => {
      const clock = createVirtualClock(0);
      const limit = createLimit(concurrency);
      const started: number[] = [];
      let most = 0;
      const runs = durations.map((durationMs, index) =>
        limit.run(
          async () => {
            started.push(index);
            most = Math.max(most, limit.running);
            await clock.sleep(durationMs, { signal });
            if (index % 5 === 4) throw new Error("a failing task gives its place back too");
            return index;
          },
          { signal },
        ),
      );
      await clock.run(Promise.allSettled(runs));
      expect(started).toEqual(durations.map((_, index) => index));
      expect(most).toBe(Math.min(concurrency, durations.length));
      expect([limit.running, limit.waiting]).toEqual([0, 0]);
    }),
    { numRuns: 50 },
  );
});

test("an aborted waiter leaves the queue, never starts and costs nobody a place", async () => {
  const clock = createVirtualClock(0);
  const limit = createLimit(1);
  const controller = new AbortController();
  const started: string[] = [];
  const task = (name: string) => async (): Promise<void> => {
    started.push(name);
    await clock.sleep(10, { signal });
  };
  const first = limit.run(task("first"), { signal });
  const second = limit.run(task("second"), { signal: controller.signal });
  const third = limit.run(task("third"), { signal });
  controller.abort(new Error("not needed any more"));
  await expect(second).rejects.toThrow("not needed any more");
  await clock.run(Promise.all([first, third]));
  expect(started).toEqual(["first", "third"]);
  expect([limit.running, limit.waiting]).toEqual([0, 0]);
});

test("an aborted caller does not even queue", async () => {
  const limit = createLimit(1);
  const run = limit.run(async () => "ran", { signal: AbortSignal.abort(new Error("too late")) });
  await expect(run).rejects.toThrow("too late");
});

test("a place handed over cannot be taken by a newcomer in between", async () => {
  const limit = createLimit(1);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = limit.run(() => gate.promise, { signal });
  const second = limit.run(async () => void order.push("second"), { signal });
  const newcomer = first.then(() => limit.run(async () => void order.push("newcomer"), { signal }));
  gate.resolve();
  await Promise.all([second, newcomer]);
  expect(order).toEqual(["second", "newcomer"]);
});

test("the waiters of one signal leave together when it aborts, and nothing stays behind on it", async () => {
  const limit = createLimit(1);
  const controller = new AbortController();
  const gate = Promise.withResolvers<void>();
  const first = limit.run(() => gate.promise, { signal });
  const waiting = [1, 2, 3].map(() => limit.run(async () => "ran", { signal: controller.signal }));
  const patient = limit.run(async () => "ran", { signal });
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort(new Error("stop"));
  const outcomes = await Promise.allSettled(waiting);
  gate.resolve();
  await first;
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(await patient).toBe("ran");
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal is let go of only when its last waiter has been let in", async () => {
  const limit = createLimit(1);
  const controller = new AbortController();
  const gates = [0, 1].map(() => Promise.withResolvers<void>());
  const runs = gates.map(({ promise }) => limit.run(() => promise, { signal: controller.signal }));
  const last = limit.run(async () => "ran", { signal: controller.signal });
  gates[0]?.resolve();
  await runs[0];
  controller.abort(new Error("stop"));
  gates[1]?.resolve();
  await expect(last).rejects.toThrow("stop");
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test.each([0, -1, 1.5, NaN, Infinity])("a limit of %d is refused", (concurrency) => {
  expect(() => createLimit(concurrency)).toThrow(RangeError);
});

test.each([0, -1, 1.5, NaN, Infinity])("working on %d at a time is refused", async (concurrency) => {
  await expect(mapLimited([1], concurrency, async () => 1, { signal })).rejects.toThrow(RangeError);
});

test("of several failures the first is told", async () => {
  const clock = createVirtualClock(0);
  const fail = async (afterMs: number): Promise<never> => {
    await clock.sleep(afterMs, { signal });
    throw new Error(`failed after ${afterMs} ms`);
  };
  await expect(clock.run(mapLimited([30, 10, 20], 3, fail, { signal }))).rejects.toThrow("failed after 10 ms");
});

test("results come in the order of the items", async () => {
  const clock = createVirtualClock(0);
  const work = mapLimited(
    [30, 10, 20],
    2,
    async (ms, index) => {
      await clock.sleep(ms, { signal });
      return `${index}:${ms}`;
    },
    { signal },
  );
  expect(await clock.run(work)).toEqual(["0:30", "1:10", "2:20"]);
  expect(clock.nowMs()).toBe(30);
});

test("after a failure nothing new starts, and what was running has ended before it is told", async () => {
  const clock = createVirtualClock(0);
  const log: string[] = [];
  const work = mapLimited(
    ["slow", "bad", "never"],
    2,
    async (name) => {
      log.push(`start ${name}`);
      await clock.sleep(name === "slow" ? 100 : 10, { signal });
      log.push(`end ${name}`);
      if (name === "bad") throw new Error("first failure");
    },
    { signal },
  );
  await expect(clock.run(work)).rejects.toThrow("first failure");
  expect(log).toEqual(["start slow", "start bad", "end bad", "end slow"]);
});

test("an abort is told with its reason, even when every task ignores it", async () => {
  const clock = createVirtualClock(0);
  const controller = new AbortController();
  const work = mapLimited([1, 2, 3], 1, () => clock.sleep(10, { signal }), { signal: controller.signal });
  await clock.advance(5);
  controller.abort(new Error("stop"));
  await expect(clock.run(work)).rejects.toThrow("stop");
  expect(clock.nowMs()).toBe(10);
});
