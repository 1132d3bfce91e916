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
  ["throttled", { kind: "throttle" }, {}],
  ["transient", { kind: "status", status: 500 }, {}],
  ["throttled", { kind: "throttle" }, { regions: ["eu-west-1", "us-east-1", "eu-central-1"] }],
] as const)(
  "a role that is not given (%s) is asked for by one layer, and its gap names it",
  async (kind, action, where) => {
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD);
    emulator.faults.add({ match: { action: "sts:AssumeRole" }, times: Infinity, action });
    const policy = { attemptsMax: 3, backoff: { baseMs: 5, capMs: 20 } };
    const provider = aProvider({
      emulator,
      options: { accounts: [ROLE_IN_SECOND], ...where },
      policyClock: aFastClock(20),
      policy,
    });
    const events = await Array.fromAsync(provider.discovery.discover({}, ctx()));
    expect(emulator.requests.filter((request) => request.action === "sts:AssumeRole").length).toBe(3);
    const errors = events.flatMap((event) => (event.type === "gap" ? [event.error] : []));
    expect(errors).toMatchObject([
      { kind, message: expect.stringContaining(`cannot assume ${ROLE_IN_SECOND.roleArn}`) },
    ]);
    expect(errors[0]?.message).toContain(`for account ${second}`);
  },
);

const gapsOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  events
    .flatMap((event) =>
      event.type === "gap" ? [`${event.location ?? "*"} ${event.error.kind} ${event.error.message}`] : [],
    )
    .sort();
const namesOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  clustersOf(events)
    .map(({ region, name }) => `${region} ${name}`)
    .sort();

test("wrong names and regions that are not enabled cost only themselves, in whatever order, and are told as such", async () => {
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD);
  const regions = ["mars-north-1", "af-south-1", "eu-wset-1", "eu-west-1"];
  for (const order of [regions, regions.toReversed()]) {
    const provider = aProvider({ emulator, options: { regions: order }, policy: { attemptsMax: 1 } });
    const events = await Array.fromAsync(provider.discovery.discover({}, ctx()));
    expect(namesOf(events)).toEqual(["eu-west-1 dev", "eu-west-1 prod"]);
    expect(gapsOf(events)).toEqual([
      `af-south-1 disabled aws: region af-south-1 is not enabled for account ${main}`,
      expect.stringMatching(/^eu-wset-1 invalid .*options\.regions.*did you mean eu-west-1\?$/),
      expect.stringMatching(/^mars-north-1 invalid .*options\.regions.*there are af-south-1, .*us-east-1$/),
    ]);
  }
  const asked = emulator.requests.filter(({ action }) => action === "ec2:DescribeRegions");
  expect(asked.length).toBe(2);
});

test("named regions that are well need no right to list regions; without it one that fails says so itself", async () => {
  const [user] = [{ account: main, name: "u", accessKeyId: "AKIAU", secretAccessKey: "none", allow: ["eks:*"] }];
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { users: [user] });
  const find = async (regions: readonly string[]) => {
    const provider = aProvider({ emulator, options: { regions }, policy: { attemptsMax: 1 } });
    return Array.fromAsync(provider.discovery.discover({}, ctx()));
  };
  expect(gapsOf(await find(["eu-west-1"]))).toEqual([]);
  expect(emulator.requests.map(({ action }) => action)).not.toContain("ec2:DescribeRegions");
  const events = await find(["eu-wset-1", "eu-west-1"]);
  expect(namesOf(events)).toEqual(["eu-west-1 dev", "eu-west-1 prod"]);
  expect(gapsOf(events)).toEqual([expect.stringMatching(/^eu-wset-1 unauthenticated /)]);
});

test.each([
  ["cannot be read", { kind: "truncate" }],
  ["is refused", { kind: "status", status: 403 }],
] as const)("clusters of the pages before one that %s are found, and the rest is a gap", async (_name, action) => {
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { pageSizeMax: 1 });
  emulator.faults.add({
    match: ({ action: called, query }) => called === "eks:ListClusters" && query.has("nextToken"),
    times: Infinity,
    action,
  });
  const provider = aProvider({ emulator, options: DUBLIN, policy: { attemptsMax: 1 } });
  const events = await Array.fromAsync(provider.discovery.discover({}, ctx()));
  expect(namesOf(events)).toEqual(["eu-west-1 dev"]);
  expect(clustersOf(events)[0]?.problem).toBeUndefined();
  expect(gapsOf(events).length).toBe(1);
});

test("a page that repeats is given out once", async () => {
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD);
  emulator.faults.add({ match: { action: "eks:ListClusters" }, times: Infinity, action: { kind: "loopPages" } });
  const provider = aProvider({ emulator, options: DUBLIN, policy: { attemptsMax: 1 } });
  const events = await Array.fromAsync(provider.discovery.discover({}, ctx()));
  expect(namesOf(events)).toEqual(["eu-west-1 dev", "eu-west-1 prod"]);
  expect(gapsOf(events)).toEqual([expect.stringMatching(/^eu-west-1 transient .*is there a proxy between/)]);
});

test("accounts of the pages before one that fails are searched, and then the failure is told", async () => {
  await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { pageSizeMax: 1 });
  let pages = 0;
  emulator.faults.add({
    match: ({ action }) => action === "organizations:ListAccounts" && (pages += 1) > 1,
    times: Infinity,
    action: { kind: "status", status: 500 },
  });
  const options = { regions: ["eu-west-1"], organization: { roleName: "flotilla" } };
  const events: DiscoveryEvent[] = [];
  const read = async (): Promise<void> => {
    const provider = aProvider({ emulator, options, policy: { attemptsMax: 1 } });
    for await (const event of provider.discovery.discover({}, ctx())) events.push(event);
  };
  await expect(read()).rejects.toMatchObject({ kind: "transient" });
  expect(namesOf(events)).toEqual(["eu-west-1 dev", "eu-west-1 prod"]);
});

test.each([
  [
    "is silent",
    { kind: "hang" },
    "transient",
    /GetCallerIdentity in eu-west-1 at 127\.0\.0\.1:\d+ gave no answer .*check the network and the proxy/,
  ],
  [
    "asks for a day of patience",
    { kind: "status", status: 429, headers: { "retry-after": "100000" }, body: "Slow down" },
    "throttled",
    /GetCallerIdentity/,
  ],
] as const)("an STS that %s is told before the caller's own time is over", async (_name, action, kind, told) => {
  await using emulator = await emulatorOf(1);
  emulator.faults.add({ match: { action: "sts:GetCallerIdentity" }, times: Infinity, action });
  const clock = aFastClock(10);
  const startMs = clock.nowMs();
  using timed = withTimeout(ctx(), clock, 60_000);
  const provider = aProvider({ emulator, options: DUBLIN, clock, policyClock: clock, policy: {} });
  const [gap] = (await Array.fromAsync(provider.discovery.discover({}, timed))).filter(({ type }) => type === "gap");
  expect(gap).toMatchObject({ error: { kind, message: expect.stringMatching(told) as string } });
  expect(clock.nowMs() - startMs).toBeLessThan(50_000);
  emulator.dropConnections();
});

test.each(["https://evil.example.com", "http://10.0.0.7:8001", "ftp://127.0.0.1"])(
  "a cluster that EKS is said to have at %s is not reached: no token goes there",
  async (endpoint) => {
    await using emulator = await startAwsEmulator({
      scopes: [{ id: main, regions: [{ name: "eu-west-1" }] }],
      clusters: [{ scope: main, region: "eu-west-1", name: "c", version: "1.35", pools: [], wire: { endpoint } }],
    });
    const provider = aProvider({ emulator, options: DUBLIN, policy: {} });
    await expect(provider.credentials.connect({ id: `aws/${main}/eu-west-1/c` }, ctx())).rejects.toMatchObject({
      kind: "policy",
      message: expect.stringContaining(new URL(endpoint).host) as string,
    });
  },
);
