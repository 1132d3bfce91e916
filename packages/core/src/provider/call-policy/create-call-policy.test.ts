import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createVirtualClock } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import { createSeededRandom } from "../../async/seeded-random.ts";
import { CloudError, type CloudErrorKind, isCloudError } from "../../errors/cloud-error.ts";
import { PROVIDER_CALL_CHANNEL, type ProviderCallFact } from "../../telemetry/provider-call.ts";
import type { Call, CallPolicy } from "../call-policy.ts";
import type { Ctx } from "../ctx.ts";
import { type CallPolicyOptions, createCallPolicy } from "./create-call-policy.ts";

const READ: Call = { provider: "aws", scope: "1", region: "eu-west-1", action: "ListClusters", mutating: false };
const WRITE: Call = { ...READ, action: "CreateCluster", mutating: true };
const FREE = { limits: () => ({ ratePerSecond: 1e6, burst: 1e6 }) };

function aPolicy(options: CallPolicyOptions = FREE): {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly policy: CallPolicy;
  readonly ctx: Ctx;
} {
  const clock = createVirtualClock(0);
  const policy = createCallPolicy({ clock, random: createSeededRandom(1) }, options);
  return { clock, policy, ctx: { signal: new AbortController().signal } };
}

/** Fails so many times with one kind, then answers with how often it was called. */
function failing(
  kind: CloudErrorKind,
  times: number,
  retryAfterMs?: number,
): { calls: number; fn: () => Promise<number> } {
  const state = {
    calls: 0,
    fn: async (): Promise<number> => {
      state.calls += 1;
      if (state.calls <= times) throw new CloudError(kind, "no", retryAfterMs === undefined ? {} : { retryAfterMs });
      return state.calls;
    },
  };
  return state;
}

describe("what is repeated", () => {
  const KEY = "intent-1";
  test.each<[string, Call, CloudErrorKind, number]>([
    ["a read that was throttled", READ, "throttled", 2],
    ["a read that broke on the way", READ, "transient", 2],
    ["a read before it has spread", READ, "propagation", 2],
    ["a read without an answer", READ, "timeoutUnknown", 2],
    ["a read that is denied", READ, "denied", 1],
    ["a read of nothing", READ, "notFound", 1],
    ["a mutation with a key", { ...WRITE, idempotencyKey: KEY }, "transient", 2],
    ["a mutation with a key and no answer", { ...WRITE, idempotencyKey: KEY }, "timeoutUnknown", 2],
    ["a mutation without a key", WRITE, "transient", 1],
    ["a throttled mutation without a key", WRITE, "throttled", 1],
    ["a mutation without a key and no answer", WRITE, "timeoutUnknown", 1],
    ["a mutation that is invalid", { ...WRITE, idempotencyKey: KEY }, "invalid", 1],
  ])("%s (%o, %s) is called %d time(s)", async (_name, call, kind, calls) => {
    const { clock, policy, ctx } = aPolicy();
    const target = failing(kind, 1);
    await clock.run(Promise.allSettled([policy.run(call, target.fn, ctx)]));
    expect(target.calls).toBe(calls);
  });

  test("a bug is not repeated", async () => {
    const { clock, policy, ctx } = aPolicy();
    let calls = 0;
    const run = policy.run(
      READ,
      async () => {
        calls += 1;
        throw new TypeError("oops");
      },
      ctx,
    );
    await expect(clock.run(run)).rejects.toThrow("oops");
    expect(calls).toBe(1);
  });

  test("the last failure is thrown when the attempts are spent", async () => {
    const { clock, policy, ctx } = aPolicy({ ...FREE, attemptsMax: 3 });
    const target = failing("transient", 99);
    await expect(clock.run(policy.run(READ, target.fn, ctx))).rejects.toSatisfy((e) => isCloudError(e, "transient"));
    expect(target.calls).toBe(3);
  });

  test.each<[CloudErrorKind, number, number]>([
    ["transient", 20_000, 2],
    ["transient", 25_000, 1],
    ["timeoutUnknown", 13_000, 2],
    ["throttled", 25_000, 5],
  ])(
    "what is %s after %d ms each time is asked %d time(s): silence is not waited for over and over",
    async (...row) => {
      const [kind, tookMs, calls] = row;
      const { clock, policy, ctx } = aPolicy(FREE);
      const target = failing(kind, 99);
      const slow = async (): Promise<number> => {
        await clock.sleep(tookMs, ctx);
        return target.fn();
      };
      await clock.run(Promise.allSettled([policy.run(READ, slow, ctx)]));
      expect(target.calls).toBe(calls);
    },
  );

  test("a wait that would pass the deadline is not begun", async () => {
    const { clock, policy, ctx } = aPolicy();
    const target = failing("throttled", 1, 60_000);
    const run = policy.run(READ, target.fn, { ...ctx, deadlineMs: 30_000 });
    await expect(clock.run(run)).rejects.toSatisfy((error) => isCloudError(error, "throttled"));
    expect({ calls: target.calls, nowMs: clock.nowMs() }).toEqual({ calls: 1, nowMs: 0 });
  });

  test("an abort ends the wait at once, with its reason", async () => {
    const { clock, policy } = aPolicy();
    const controller = new AbortController();
    const target = failing("transient", 1);
    const run = policy.run(READ, target.fn, { signal: controller.signal });
    await clock.advance(0);
    controller.abort(new Error("enough"));
    await expect(run).rejects.toThrow("enough");
    expect({ calls: target.calls, sleeping: clock.sleeping }).toEqual({ calls: 1, sleeping: 0 });
  });

  test("an outage is not multiplied: of a hundred failing reads a tenth is repeated, and ten more", async () => {
    const { clock, policy, ctx } = aPolicy();
    let calls = 0;
    const fail = async (): Promise<never> => {
      calls += 1;
      throw new CloudError("transient", "down");
    };
    for (let index = 0; index < 100; index += 1) {
      await clock.run(Promise.allSettled([policy.run(READ, fail, ctx)]));
    }
    expect(calls).toBeGreaterThan(105);
    expect(calls).toBeLessThanOrEqual(120);
  });
});

describe("the rate", () => {
  const SLOW = { limits: () => ({ ratePerSecond: 10, burst: 5 }) };

  test("a burst goes at once, the rest at the rate, in order", async () => {
    const { clock, policy, ctx } = aPolicy(SLOW);
    const starts: (readonly [number, number])[] = [];
    const runs = Array.from({ length: 10 }, (_, index) =>
      policy.run(READ, async () => void starts.push([index, clock.nowMs()]), ctx),
    );
    await clock.run(Promise.all(runs));
    expect(starts).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => [index, 0]),
      ...[5, 6, 7, 8, 9].map((index) => [index, (index - 4) * 100]),
    ]);
  });

  test("a throttle pauses everyone on the bucket for its Retry-After, and nobody else", async () => {
    const { clock, policy, ctx } = aPolicy();
    const start = async (call: Call): Promise<number> => policy.run(call, async () => clock.nowMs(), ctx);
    const first = failing("throttled", 1, 7_000);
    const throttled = policy.run(READ, first.fn, ctx);
    await clock.advance(0);
    const others = Promise.all([
      start(READ),
      start({ ...READ, action: "DescribeCluster" }),
      start({ ...READ, region: "us-east-1" }),
      start({ ...READ, scope: "2" }),
      start({ ...READ, provider: "gcp" }),
    ]);
    const [same, ...rest] = await clock.run(others);
    await clock.run(throttled);
    expect(same).toBeGreaterThanOrEqual(7_000);
    expect(rest).toEqual([0, 0, 0, 0]);
  });

  test("a throttled bucket runs at half its rate and recovers within a minute", async () => {
    const { clock, policy, ctx } = aPolicy({ limits: () => ({ ratePerSecond: 100, burst: 1 }), attemptsMax: 1 });
    const burst = async (count: number): Promise<number> => {
      const beganMs = clock.nowMs();
      await clock.run(Promise.all(Array.from({ length: count }, () => policy.run(READ, async () => undefined, ctx))));
      return clock.nowMs() - beganMs;
    };
    await clock.run(Promise.allSettled([policy.run(READ, failing("throttled", 1, 0).fn, ctx)]));
    const throttledMs = await burst(51);
    await clock.advance(60_000);
    const recoveredMs = await burst(51);
    expect(throttledMs).toBeGreaterThan(950);
    expect(throttledMs).toBeLessThan(1100);
    expect(recoveredMs).toBe(500);
  });

  test("many calls in flight that are throttled together slow the bucket down once", async () => {
    const { clock, policy, ctx } = aPolicy({ limits: () => ({ ratePerSecond: 64, burst: 64 }), attemptsMax: 1 });
    const facts = await telling(async () => {
      const refused = async (inner: Ctx): Promise<never> => {
        await clock.sleep(100, inner);
        throw new CloudError("throttled", "slow down", { retryAfterMs: 0 });
      };
      const runs = Array.from({ length: 20 }, () => policy.run(READ, refused, ctx));
      await clock.run(Promise.allSettled(runs));
    });
    const rates = facts.filter((fact) => fact.type === "throttle").map((fact) => fact.ratePerSecond);
    expect(new Set(rates)).toEqual(new Set([32]));
  });

  test("a token and a repetition that come before the deadline are waited for", async () => {
    const { clock, policy, ctx } = aPolicy({ limits: () => ({ ratePerSecond: 10, burst: 1 }) });
    const within = { ...ctx, deadlineMs: 60_000 };
    await policy.run(READ, async () => 1, within);
    expect(await clock.run(policy.run(READ, async () => clock.nowMs(), within))).toBe(100);
    expect(await clock.run(policy.run(READ, failing("transient", 1).fn, within))).toBe(2);
  });

  test("a repetition that finds no token before the deadline tells the failure, not the want of a token", async () => {
    const { clock, policy, ctx } = aPolicy({ limits: () => ({ ratePerSecond: 0.01, burst: 1 }) });
    const run = policy.run(READ, failing("transient", 1).fn, { ...ctx, deadlineMs: 60_000 });
    await expect(clock.run(run)).rejects.toSatisfy((error) => isCloudError(error, "transient"));
  });

  test("a pause is remembered however many other buckets there are", async () => {
    const { clock, policy, ctx } = aPolicy({ ...FREE, attemptsMax: 1 });
    const slow = Promise.allSettled([policy.run(READ, failing("throttled", 1, 3_600_000).fn, ctx)]);
    await clock.run(slow);
    for (let index = 0; index < 10_050; index += 1)
      await policy.run({ ...READ, scope: `s${index}` }, async () => 1, ctx);
    expect(await clock.run(policy.run(READ, async () => clock.nowMs(), ctx))).toBeGreaterThanOrEqual(3_600_000);
  });

  test("a token that cannot come before the deadline is not waited for", async () => {
    const { clock, policy, ctx } = aPolicy({ limits: () => ({ ratePerSecond: 0.1, burst: 1 }) });
    await policy.run(READ, async () => 1, ctx);
    const run = policy.run(READ, async () => 2, { ...ctx, deadlineMs: 5_000 });
    await expect(clock.run(run)).rejects.toMatchObject({ kind: "throttled", retryAfterMs: 10_000 });
    expect(clock.nowMs()).toBe(0);
  });
});

async function telling(work: () => Promise<unknown>): Promise<ProviderCallFact[]> {
  const facts: ProviderCallFact[] = [];
  const listen = (fact: unknown): void => void facts.push(fact as ProviderCallFact);
  subscribe(PROVIDER_CALL_CHANNEL, listen);
  try {
    await work();
  } finally {
    unsubscribe(PROVIDER_CALL_CHANNEL, listen);
  }
  return facts;
}

test("every attempt is told on the channel, without its idempotency key", async () => {
  const { clock, policy, ctx } = aPolicy();
  const call: Call = { ...WRITE, idempotencyKey: "secret-key" };
  const facts = await telling(() => clock.run(policy.run(call, failing("throttled", 1, 100).fn, ctx)));
  expect(facts.map((fact) => fact.type)).toEqual(["start", "end", "throttle", "retry", "start", "end"]);
  expect(facts[1]).toMatchObject({ provider: "aws", action: "CreateCluster", attempt: 1, outcome: "throttled" });
  expect(facts[5]).toMatchObject({ attempt: 2, outcome: "ok" });
  expect(JSON.stringify(facts)).not.toContain("secret-key");
});
