import { getEventListeners } from "node:events";
import { createVirtualClock } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import { poll, type PollStep } from "./poll.ts";
import type { Random } from "./random.ts";
import { backoffMs, retry, type RetryOptions } from "./retry.ts";
import { createSeededRandom } from "./seeded-random.ts";
import { systemClock } from "./system-clock.ts";
import { untilAborted } from "./until-aborted.ts";
import { isTimeout, withDeadline, withTimeout } from "./with-timeout.ts";

const signal = new AbortController().signal;
const ctx = { signal };
const always = (value: number): Random => ({ next: () => value });
const OPTIONS: RetryOptions = { attemptsMax: 4, baseMs: 100, capMs: 250, isRetryable: () => true };

describe("retry", () => {
  test("waits a random part of a doubling interval, up to the cap", async () => {
    const clock = createVirtualClock(0);
    const startedAtMs: number[] = [];
    const task = async (): Promise<never> => {
      startedAtMs.push(clock.nowMs());
      throw new Error("still broken");
    };
    await expect(clock.run(retry(task, { clock, random: always(0.5) }, OPTIONS, ctx))).rejects.toThrow("still broken");
    expect(startedAtMs).toEqual([0, 50, 150, 275]);
  });

  test("hands back the first success and says which attempt it is", async () => {
    const clock = createVirtualClock(0);
    const task = async (_ctx: unknown, attempt: number): Promise<string> => {
      if (attempt < 3) throw new Error("not yet");
      return `attempt ${attempt}`;
    };
    expect(await clock.run(retry(task, { clock, random: always(0) }, OPTIONS, ctx))).toBe("attempt 3");
  });

  test("never waits less than the other side asked for", async () => {
    const clock = createVirtualClock(0);
    const options: RetryOptions = { ...OPTIONS, attemptsMax: 2, retryAfterMs: () => 3_000 };
    const work = retry(() => Promise.reject(new Error("slow down")), { clock, random: always(0.5) }, options, ctx);
    await expect(clock.run(work)).rejects.toThrow("slow down");
    expect(clock.nowMs()).toBe(3_050);
  });

  test("a failure for good ends it", async () => {
    const clock = createVirtualClock(0);
    const options = { ...OPTIONS, isRetryable: (error: unknown) => (error as Error).message !== "for good" };
    let calls = 0;
    const task = async (): Promise<never> => {
      calls += 1;
      throw new Error(calls === 2 ? "for good" : "again");
    };
    await expect(clock.run(retry(task, { clock, random: always(0) }, options, ctx))).rejects.toThrow("for good");
    expect(calls).toBe(2);
  });

  test("does not begin a wait that ends at the deadline or later", async () => {
    const clock = createVirtualClock(0);
    const task = (): Promise<never> => Promise.reject(new Error("broken"));
    const work = retry(task, { clock, random: always(0.5) }, OPTIONS, { signal, deadlineMs: 150 });
    await expect(clock.run(work)).rejects.toThrow("broken");
    expect(clock.nowMs()).toBe(50);
  });

  test("an abort while waiting ends it with the signal's reason", async () => {
    const clock = createVirtualClock(0);
    const controller = new AbortController();
    const task = (): Promise<never> => Promise.reject(new Error("broken"));
    const work = retry(task, { clock, random: always(0.5) }, OPTIONS, { signal: controller.signal });
    await clock.advance(10);
    controller.abort(new Error("stop"));
    await expect(work).rejects.toThrow("stop");
    expect(clock.sleeping).toBe(0);
  });

  test("the back-off stays below its ceiling for any draw", () => {
    const random = createSeededRandom(7);
    const draws = Array.from({ length: 2_000 }, (_, index) =>
      backoffMs((index % 12) + 1, random, { baseMs: 100, capMs: 1_600 }),
    );
    expect(Math.max(...draws)).toBeLessThan(1_600);
    expect(Math.max(...draws)).toBeGreaterThan(1_500);
    expect(Math.min(...draws)).toBeLessThan(20);
  });
});

describe("poll", () => {
  test("looks at growing intervals until the answer is done", async () => {
    const clock = createVirtualClock(0);
    const looksMs: number[] = [];
    const look = async (): Promise<PollStep<string>> => {
      looksMs.push(clock.nowMs());
      return looksMs.length < 5 ? { done: false } : { done: true, value: "ready" };
    };
    const options = { intervalMs: 100, factor: 2, intervalMaxMs: 400 };
    expect(await clock.run(poll(look, { clock, random: always(0.5) }, options, ctx))).toBe("ready");
    expect(looksMs).toEqual([0, 100, 300, 700, 1100]);
  });

  test("leaves alone what asked to be left alone", async () => {
    const clock = createVirtualClock(0);
    let looks = 0;
    const look = async (): Promise<PollStep<number>> => {
      looks += 1;
      return looks === 1 ? { done: false, retryAfterMs: 5_000 } : { done: true, value: clock.nowMs() };
    };
    expect(await clock.run(poll(look, { clock, random: always(0.5) }, { intervalMs: 100 }, ctx))).toBe(5_000);
  });

  test("intervals vary by a tenth either way", async () => {
    const elapsed = async (draw: number): Promise<number> => {
      const clock = createVirtualClock(0);
      const look = async (): Promise<PollStep<null>> =>
        clock.nowMs() > 0 ? { done: true, value: null } : { done: false };
      await clock.run(poll(look, { clock, random: always(draw) }, { intervalMs: 1_000 }, ctx));
      return clock.nowMs();
    };
    expect([await elapsed(0), await elapsed(1)]).toEqual([900, 1_100]);
  });
});

describe("deadlines", () => {
  test("a context ends after its time, with a timeout that says how long it was", async () => {
    const clock = createVirtualClock(1_000);
    using timed = withTimeout(ctx, clock, 2_000);
    expect(timed.deadlineMs).toBe(3_000);
    await clock.advance(1_999);
    expect(timed.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(isTimeout(timed.signal.reason)).toBe(true);
    expect((timed.signal.reason as Error).message).toBe("no answer within 2 s");
  });

  test("the outer deadline wins if it is sooner, and only then", () => {
    const clock = createVirtualClock(0);
    using inner = withTimeout({ signal, deadlineMs: 500 }, clock, 2_000);
    using outer = withTimeout({ signal, deadlineMs: 5_000 }, clock, 2_000);
    expect([inner.deadlineMs, outer.deadlineMs]).toEqual([500, 2_000]);
  });

  test("a moment that has passed ends it at once", () => {
    using timed = withDeadline(ctx, createVirtualClock(1_000), 1_000);
    expect(timed.signal.aborted).toBe(true);
  });

  test("the outer signal's reason passes through", () => {
    const controller = new AbortController();
    using timed = withTimeout({ signal: controller.signal }, createVirtualClock(0), 1_000);
    controller.abort(new Error("interrupted"));
    expect((timed.signal.reason as Error).message).toBe("interrupted");
  });

  test("disposing of it leaves no timer behind and aborts nothing", async () => {
    const clock = createVirtualClock(0);
    const timed = withTimeout(ctx, clock, 1_000);
    timed[Symbol.dispose]();
    await clock.advance(2_000);
    expect([clock.sleeping, timed.signal.aborted]).toEqual([0, false]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a timeout is told from everything else by its name", () => {
    expect([isTimeout(new Error("x")), isTimeout({ name: "TimeoutError" }), isTimeout(undefined)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(isTimeout(new DOMException("x", "TimeoutError"))).toBe(true);
  });

  test("what does not listen is left, and its late failure harms nobody", async () => {
    const controller = new AbortController();
    const late = Promise.withResolvers<never>();
    const waiting = untilAborted(late.promise, controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    late.reject(new Error("too late to matter"));
    await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(untilAborted(Promise.resolve(1), controller.signal)).rejects.toThrow("enough");
  });
});

describe("the machine's clock", () => {
  test("sleeps about as long as asked", async () => {
    const startedAtMs = systemClock.nowMs();
    await systemClock.sleep(20, { signal });
    expect(systemClock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(18);
  });

  test("wakes at once when aborted, also before it began", async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(2 ** 40, { signal: controller.signal });
    controller.abort(new Error("wake up"));
    await expect(sleeping).rejects.toThrow("wake up");
    await expect(systemClock.sleep(0, { signal: controller.signal })).rejects.toThrow("wake up");
    await expect(systemClock.sleep(10, { signal: controller.signal })).rejects.toThrow("wake up");
  });

  test("a wait longer than a host timer can hold does not fire at once", async () => {
    const controller = new AbortController();
    const outcomes = [
      systemClock.sleep(2 ** 31 + 5, { signal: controller.signal }).then(
        () => "woke",
        () => "aborted",
      ),
    ];
    await systemClock.sleep(20, { signal });
    controller.abort();
    expect(await Promise.all(outcomes)).toEqual(["aborted"]);
  });
});

describe("seeded randomness", () => {
  const draws = (seed: number, count: number): number[] => {
    const random = createSeededRandom(seed);
    return Array.from({ length: count }, () => random.next());
  };

  test("the same seed gives the same numbers, neighbours give others", () => {
    expect(draws(42, 5)).toEqual(draws(42, 5));
    expect(draws(42, 5)).not.toEqual(draws(43, 5));
  });

  test("the numbers fill [0, 1) evenly", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const draw of draws(1, 20_000)) counts[Math.floor(draw * 10)]! += 1;
    expect(counts).toHaveLength(10);
    expect(Math.min(...counts)).toBeGreaterThan(1_850);
    expect(Math.max(...counts)).toBeLessThan(2_150);
  });
});
