import { aCluster, createVirtualClock } from "@flotilla/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cluster } from "../cluster/cluster.ts";
import { CloudError } from "../errors/cloud-error.ts";
import type { CloudProvider } from "../provider/cloud-provider.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { DiscoverInput, DiscoveryEvent } from "../provider/discovery.ts";
import type { DiscoverFleetInput, FleetEvent } from "./discover-fleet-input.ts";
import { discoverFleet } from "./discover-fleet.ts";
import type { FleetObservation } from "./fleet-observation.ts";

type Stream = (input: DiscoverInput, ctx: Ctx) => AsyncIterable<DiscoveryEvent>;

function aProvider(name: string, discover: Stream): CloudProvider {
  const unused = async (): Promise<never> => {
    throw new Error("not asked in these tests");
  };
  return { id: name, name, discovery: { discover }, credentials: { connect: unused } };
}

function found(cluster: Cluster): DiscoveryEvent {
  return { type: "cluster", cluster };
}

/** A provider that tells of these clusters and then does as told. */
function telling(
  name: string,
  clusters: readonly Cluster[],
  end: (ctx: Ctx) => Promise<void> = async () => {},
): CloudProvider {
  return aProvider(name, async function* (_input, ctx) {
    for (const cluster of clusters) yield found(cluster);
    await end(ctx);
  });
}

const forever = (): Promise<never> => new Promise(() => undefined);

interface Running {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly controller: AbortController;
  readonly result: Promise<FleetObservation>;
}

function discover(
  providers: readonly CloudProvider[],
  input: DiscoverFleetInput = {},
  clock = createVirtualClock(0),
): Running {
  const controller = new AbortController();
  return { clock, controller, result: discoverFleet({ providers, clock }, input, { signal: controller.signal }) };
}

async function outcome(running: Running): Promise<FleetObservation> {
  return running.clock.run(running.result);
}

const a = aCluster({ name: "a" });
const b = aCluster({ name: "b" });
const c = aCluster({ name: "c" });

describe("a provider that cannot be read is a gap, and the rest proceeds", () => {
  test("one that fails keeps what it had found", async () => {
    const failing = telling("bad", [b], async () => {
      throw new CloudError("denied", "the token may not list clusters");
    });
    const { clusters, gaps } = await outcome(discover([failing, telling("good", [a])]));
    expect(clusters.map((cluster) => cluster.name)).toEqual(["a", "b"]);
    expect(gaps).toEqual([
      { provider: "bad", scope: "*", region: null, kind: "denied", message: "the token may not list clusters" },
    ]);
  });

  test("one that hangs and does not listen is cut off at its deadline", async () => {
    const running = discover([telling("deaf", [b], forever), telling("good", [a])], { providerTimeoutMs: 5_000 });
    const { clusters, gaps } = await outcome(running);
    expect(clusters.map((cluster) => cluster.name)).toEqual(["a", "b"]);
    expect(gaps).toMatchObject([{ provider: "deaf", kind: "transient", message: "no answer within 5 s" }]);
    expect(running.clock.nowMs()).toBe(5_000);
  });

  test("one that throws before it streams", async () => {
    const broken = aProvider("broken", () => {
      throw new TypeError("bug");
    });
    const { gaps } = await outcome(discover([broken]));
    expect(gaps).toMatchObject([{ provider: "broken", kind: "internal", message: "TypeError: bug" }]);
  });

  test("one that tells of a cluster without a proper id", async () => {
    const { clusters, gaps } = await outcome(discover([telling("lying", [a, { ...b, id: "nonsense" }])]));
    expect({ clusters, gaps }).toMatchObject({ clusters: [a], gaps: [{ provider: "lying", kind: "internal" }] });
  });

  test("one that streams for ever without a pause", async () => {
    const endless = aProvider("endless", async function* () {
      for (;;) yield { type: "scopeDone", scope: "1" };
    });
    const { gaps } = await outcome(discover([endless]));
    expect(gaps).toMatchObject([{ provider: "endless", kind: "internal" }]);
  });

  test("of the scopes asked for only those not told of are missing", async () => {
    const partial = aProvider("partial", async function* (input) {
      expect(input.scopes).toEqual(["1", "2", "3"]);
      yield { type: "scopeDone", scope: "1" };
      yield {
        type: "gap",
        scope: "2",
        location: "eu-west-1",
        ref: { id: a.id },
        error: new CloudError("disabled", "the API is off"),
      };
      throw new CloudError("transient", "connection lost");
    });
    const { gaps } = await outcome(discover([partial], { scopes: ["1", "2", "3"] }));
    expect(gaps).toEqual([
      {
        provider: "partial",
        scope: "2",
        region: "eu-west-1",
        ref: { id: a.id },
        kind: "disabled",
        message: "the API is off",
      },
      { provider: "partial", scope: "3", region: null, kind: "transient", message: "connection lost" },
    ]);
  });
});

test("the result does not depend on who answers first", async () => {
  const stale = { ...a, kubernetesVersion: "v1.30.0" };
  const unreadable: Cluster = { ...a, problem: { kind: "denied", message: "no" } };
  const pool = [stale, unreadable, a, b, c];
  const delays = fc.array(fc.nat(50), { minLength: 3, maxLength: 3 });
  const inOrder = await outcome(discover([telling("x", [unreadable, c]), telling("y", [b, a]), telling("z", [stale])]));
  expect(inOrder.clusters).toEqual([a, b, c]);
  await fc.assert(
    fc.asyncProperty(delays, fc.shuffledSubarray(pool, { minLength: 5 }), async ([x = 0, y = 0, z = 0], order) => {
      const clock = createVirtualClock(0);
      const slow = (name: string, delayMs: number, mine: readonly Cluster[]): CloudProvider =>
        aProvider(name, async function* (_input, ctx) {
          await clock.sleep(delayMs, ctx);
          for (const cluster of order) if (mine.includes(cluster)) yield found(cluster);
        });
      const providers = [slow("x", x, [unreadable, c]), slow("y", y, [b, a]), slow("z", z, [stale])];
      expect(await outcome(discover(providers, {}, clock))).toEqual(inOrder);
    }),
    { numRuns: 50 },
  );
});

test("within one provider the same id twice settles on the same one whichever comes first", async () => {
  const older = { ...a, kubernetesVersion: "v1.30.0" };
  const first = await outcome(discover([telling("x", [a, older])]));
  const second = await outcome(discover([telling("x", [older, a])]));
  expect(first).toEqual(second);
  expect(first.clusters).toHaveLength(1);
});

test("nonsense in a cluster told of twice ends nothing", async () => {
  const odd = { ...a, createdAtMs: NaN };
  const { clusters } = await outcome(discover([telling("x", [odd, a]), telling("y", [b])]));
  expect(clusters.map((cluster) => cluster.name)).toEqual(["a", "b"]);
});

test("events are told as they happen, before the slowest provider is done", async () => {
  const events: FleetEvent[] = [];
  const running = discover([telling("good", [a]), telling("deaf", [], forever)], {
    onEvent: (each) => events.push(each),
  });
  await running.clock.advance(0);
  expect(events).toEqual([{ type: "cluster", provider: "good", cluster: a }]);
  await outcome(running);
  expect(events.map((event) => event.type)).toEqual(["cluster", "gap"]);
});

test("an abort ends it with its reason, closes the streams and leaves no timer", async () => {
  let closed = 0;
  const watched = aProvider("watched", async function* (_input, ctx) {
    try {
      yield found(a);
      await new Promise((_resolve, reject) => {
        ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason as Error));
      });
    } finally {
      closed += 1;
    }
  });
  const running = discover([watched, watched, telling("deaf", [], forever)]);
  await running.clock.advance(1_000);
  running.controller.abort(new Error("interrupted"));
  await expect(running.result).rejects.toThrow("interrupted");
  await running.clock.advance(0);
  expect({ closed, sleeping: running.clock.sleeping }).toEqual({ closed: 2, sleeping: 0 });
});

test("no more providers are asked at a time than allowed", async () => {
  const clock = createVirtualClock(0);
  let asked = 0;
  let most = 0;
  const providers = Array.from({ length: 9 }, (_, index) =>
    aProvider(`p${index}`, async function* (_input, ctx) {
      asked += 1;
      most = Math.max(most, asked);
      await clock.sleep(10, ctx);
      asked -= 1;
      yield { type: "scopeDone", scope: "1" };
    }),
  );
  await outcome(discover(providers, { concurrency: 3 }, clock));
  expect({ most, nowMs: clock.nowMs() }).toEqual({ most: 3, nowMs: 30 });
});

test("the whole call's deadline makes gaps, not a failure", async () => {
  const clock = createVirtualClock(0);
  const ctx = { signal: new AbortController().signal, deadlineMs: 2_000 };
  const result = discoverFleet({ providers: [telling("deaf", [a], forever)], clock }, {}, ctx);
  expect(await clock.run(result)).toMatchObject({
    takenAtMs: 0,
    clusters: [a],
    gaps: [{ message: "no answer within 2 s" }],
  });
});
