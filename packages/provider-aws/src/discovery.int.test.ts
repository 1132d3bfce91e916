import {
  type CallPolicyOptions,
  type Clock,
  type Cluster,
  type CloudProvider,
  createCallPolicy,
  type Ctx,
  type DiscoveryEvent,
  systemClock,
  systemRandom,
  withTimeout,
} from "@flotilla/core";
import { expect, test } from "vitest";
import type { AwsOptions } from "./aws-options.ts";
import { createAwsProvider } from "./provider.ts";
import { type AwsEmulator, SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD, startAwsEmulator } from "./testing/index.ts";

const { main, second } = SAMPLE_AWS_ACCOUNTS;
const ROLE_IN_SECOND = { id: second, roleArn: `arn:aws:iam::${second}:role/flotilla` };

interface Input {
  readonly emulator: AwsEmulator;
  readonly options: AwsOptions;
  readonly clock?: Clock;
  readonly policyClock?: Clock;
  readonly policy: CallPolicyOptions;
}

function aProvider({
  emulator,
  options,
  clock = systemClock,
  policyClock = systemClock,
  policy,
}: Input): CloudProvider {
  return createAwsProvider(
    { name: "main", options: { endpoint: emulator.url, ...options } },
    {
      credentials: async () => emulator.credentials,
      clock,
      policy: createCallPolicy({ clock: policyClock, random: systemRandom }, policy),
    },
  );
}

/** A clock that runs so many times as fast as the machine's. */
function aFastClock(times: number): Clock {
  const startMs = systemClock.nowMs();
  return {
    nowMs: () => startMs + (systemClock.nowMs() - startMs) * times,
    sleep: (ms, options) => systemClock.sleep(ms / times, options),
  };
}

/** A region of one cluster with so many node groups. */
function emulatorOf(groups: number): Promise<AwsEmulator> {
  const pools = Array.from({ length: groups }, (_, index) => ({
    name: `g${index}`,
    instanceType: "m5.large",
    nodes: 1,
  }));
  return startAwsEmulator({
    scopes: [{ id: main, regions: [{ name: "eu-west-1" }] }],
    clusters: [{ scope: main, region: "eu-west-1", name: "large", version: "1.35.1", pools }],
  });
}
const DUBLIN: AwsOptions = { regions: ["eu-west-1"], accounts: [{ id: main }] };

const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

function clustersOf(events: readonly DiscoveryEvent[]): readonly Cluster[] {
  return events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
}

test("a region of many node groups has them all, however long they queue with us", async () => {
  await using emulator = await emulatorOf(20);
  // Two seconds of queue are forty on this clock.
  const provider = aProvider({
    emulator,
    options: DUBLIN,
    clock: aFastClock(20),
    policy: { limits: () => ({ ratePerSecond: 10, burst: 1 }) },
  });
  const [cluster] = clustersOf(await Array.fromAsync(provider.discovery.discover({}, ctx())));
  expect([cluster?.nodePools.length, cluster?.problem]).toEqual([20, undefined]);
});

test("when the caller's time ends, what was found is told before, with what it lacks", async () => {
  await using emulator = await emulatorOf(1);
  emulator.faults.add({ match: { action: "eks:DescribeNodegroup" }, times: Infinity, action: { kind: "hang" } });
  using timed = withTimeout(ctx(), systemClock, 2000);
  const provider = aProvider({ emulator, options: DUBLIN, policy: {} });
  const [cluster] = clustersOf(await Array.fromAsync(provider.discovery.discover({}, timed)));
  expect(cluster).toMatchObject({ kubernetesVersion: "1.35", nodePools: [], problem: { kind: "transient" } });
  emulator.dropConnections();
});

test.each([
  ["throttled", { kind: "throttle" }],
  ["transient", { kind: "status", status: 500 }],
] as const)("a role that is not given (%s) is asked for by one layer, and its gap names it", async (kind, action) => {
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD);
  emulator.faults.add({ match: { action: "sts:AssumeRole" }, times: Infinity, action });
  const policy = { attemptsMax: 3, backoff: { baseMs: 5, capMs: 20 } };
  const provider = aProvider({
    emulator,
    options: { accounts: [ROLE_IN_SECOND] },
    policyClock: aFastClock(20),
    policy,
  });
  const events = await Array.fromAsync(provider.discovery.discover({}, ctx()));
  expect(emulator.requests.filter((request) => request.action === "sts:AssumeRole").length).toBe(3);
  const errors = events.flatMap((event) => (event.type === "gap" ? [event.error] : []));
  expect(errors).toMatchObject([{ kind, message: expect.stringContaining(`cannot assume ${ROLE_IN_SECOND.roleArn}`) }]);
  expect(errors[0]?.message).toContain(`for account ${second}`);
});
