import {
  type Clock,
  type Cluster,
  type CloudProvider,
  createCallPolicy,
  type Ctx,
  type DiscoveryEvent,
  EVERY_SCOPE,
  isCloudError,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { AzureOptions } from "./azure-options.ts";
import { createAzureProvider } from "./provider.ts";
import {
  type AzureEmulator,
  SAMPLE_AZURE_CLOUD,
  SAMPLE_AZURE_SUBSCRIPTIONS,
  startAzureEmulator,
} from "./testing/index.ts";

const { main, disabled, denied } = SAMPLE_AZURE_SUBSCRIPTIONS;
const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

let azure: AzureEmulator;
beforeAll(async () => {
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
});
afterEach(() => azure.faults.clear());
afterAll(() => azure.close());

interface ProviderInput {
  readonly emulator?: AzureEmulator;
  readonly options?: AzureOptions;
  readonly attemptsMax?: number;
  readonly clock?: Clock;
}

function aProvider(input: ProviderInput = {}): CloudProvider {
  const { emulator = azure, options = {}, attemptsMax = 1, clock = systemClock } = input;
  const deps = { clock: systemClock, random: systemRandom };
  const policy = createCallPolicy(deps, { attemptsMax, backoff: { baseMs: 5, capMs: 20 } });
  const { credential, url } = emulator;
  return createAzureProvider({ name: "main", options: { endpoint: url, ...options } }, { credential, clock, policy });
}

const discover = (provider: CloudProvider, scopes?: readonly string[]): Promise<readonly DiscoveryEvent[]> =>
  Array.fromAsync(provider.discovery.discover(scopes === undefined ? {} : { scopes }, ctx()));
const clustersOf = (events: readonly DiscoveryEvent[]): readonly Cluster[] =>
  events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
const gapsOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "gap" ? [`${event.scope} ${event.error.kind}`] : [])).sort();
const messagesOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "gap" ? [event.error.message] : []));
const doneOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "scopeDone" ? [event.scope] : [])).sort();

test("a cluster that cannot be named hides no other, and is a gap", async () => {
  const path = `/subscriptions/${main}/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters`;
  const value = [{ id: `${path}/a`, name: "a" }, { id: "nonsense" }, { id: `${path}/b`, name: "b" }];
  azure.faults.add({
    match: { action: "Microsoft.ContainerService/managedClusters/read" },
    action: { kind: "status", status: 200, body: JSON.stringify({ value }) },
  });
  const events = await discover(aProvider({ options: { subscriptions: [main] } }));
  expect(clustersOf(events).map(({ name }) => name)).toEqual(["a", "b"]);
  expect([gapsOf(events), doneOf(events)]).toEqual([[`${main} internal`], []]);
});

test("networks that were read before their list broke off are kept", async () => {
  azure.faults.add({
    match: ({ action, query }) => action.startsWith("Microsoft.Network/") && query.has("$skiptoken"),
    times: 100,
    action: { kind: "html" },
  });
  const events = await discover(aProvider({ options: { subscriptions: [main] } }));
  const ranges = new Map(clustersOf(events).map(({ name, network }) => [name, network.cidrs.length]));
  expect([ranges.get("paused"), ranges.get("Prod"), gapsOf(events)]).toEqual([1, 0, []]);
});

test("a subscription that never answers is a gap before everybody's patience ends", async () => {
  const startMs = Date.UTC(2026, 10, 21);
  const clock = createVirtualClock(startMs);
  azure.faults.add({
    match: { action: "Microsoft.ContainerService/managedClusters/read" },
    times: 100,
    action: { kind: "hang" },
  });
  const provider = aProvider({ clock, attemptsMax: 5, options: { subscriptions: [main] } });
  const state = { isOver: false };
  const events = discover(provider).finally(() => (state.isOver = true));
  // Requests are real, so the clock must not run away from them.
  while (!state.isOver) {
    await clock.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(gapsOf(await events)).toEqual([`${main} transient`]);
  expect(clock.nowMs() - startMs).toBeLessThan(50_000);
});

test("no scope asked for is nothing to do, and credentials that see nothing are said", async () => {
  const seen = azure.requests.length;
  expect(await discover(aProvider(), [])).toEqual([]);
  expect(azure.requests).toHaveLength(seen);
  azure.faults.add({ action: { kind: "status", status: 200, body: '{"value":[]}' } });
  await expect(discover(aProvider())).rejects.toSatisfy(
    (error) => isCloudError(error, "denied") && error.message.includes("see no subscription"),
  );
});

/** The list of subscriptions breaks off behind the first of its pages, which names `main` and one that is disabled. */
function breakSubscriptions(): void {
  azure.faults.add({
    match: ({ action, query }) => action === "Microsoft.Resources/subscriptions/read" && query.has("$skiptoken"),
    times: 100,
    action: { kind: "html" },
  });
}

test("subscriptions that were read before their list broke off are looked into; the rest is a gap of everything", async () => {
  breakSubscriptions();
  const events = await discover(aProvider());
  expect(clustersOf(events)).toHaveLength(5);
  expect(doneOf(events)).toContain(main);
  expect(gapsOf(events)).toEqual([`${EVERY_SCOPE} transient`, `${disabled} disabled`]);
});

test("of scopes that are asked for only those that were not found are gaps then", async () => {
  breakSubscriptions();
  const events = await discover(aProvider(), [`${main}/PROD-RG`, denied]);
  expect([doneOf(events), gapsOf(events)]).toEqual([[`${main}/prod-rg`], [`${denied} transient`]]);
});

test("a group without clusters is done, one that is not there is a gap", async () => {
  const events = await discover(aProvider(), [`${main}/net`, `${main}/no-rg`]);
  expect([doneOf(events), gapsOf(events)]).toEqual([[`${main}/net`], [`${main}/no-rg notFound`]]);
});

const LOCKS = { action: "Microsoft.Authorization/locks/read" };
const guardsOf = (events: readonly DiscoveryEvent[]): Readonly<Record<string, boolean | undefined>> =>
  Object.fromEntries(clustersOf(events).map(({ name, deletionProtection }) => [name, deletionProtection]));

test("a lock on a cluster, its group or its subscription guards it, in any case and on any page", async () => {
  const here = `/subscriptions/${main.toUpperCase()}`;
  await using emulator = await startAzureEmulator(SAMPLE_AZURE_CLOUD, {
    pageSizeMax: 1,
    locks: [
      { on: `${here}/resourceGroups/DEV`, level: "ReadOnly" },
      { on: `${here}/resourceGroups/prod-rg/providers/Microsoft.Storage/storageAccounts/local` },
    ],
  });
  const options = { subscriptions: [main] };
  const some = guardsOf(await discover(aProvider({ emulator, options })));
  expect(some).toEqual({ Prod: true, local: false, paused: true, sick: true, young: true });
  await using locked = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { locks: [{ on: here }] });
  const all = guardsOf(await discover(aProvider({ emulator: locked, options })));
  expect(Object.values(all)).toEqual([true, true, true, true, true]);
});

test("locks that may not be read say nothing of a guard, and are no gap", async () => {
  const denied = JSON.stringify({ error: { code: "AuthorizationFailed", message: "no" } });
  azure.faults.add({ match: LOCKS, times: 100, action: { kind: "status", status: 403, body: denied } });
  const events = await discover(aProvider({ options: { subscriptions: [main] } }));
  expect([gapsOf(events), new Set(Object.values(guardsOf(events)))]).toEqual([[], new Set([undefined])]);
});

test("of locks that broke off half way only what was read is told", async () => {
  await using emulator = await startAzureEmulator(SAMPLE_AZURE_CLOUD, {
    pageSizeMax: 1,
    locks: [{ on: `/subscriptions/${main}/resourceGroups/dev` }],
  });
  emulator.faults.add({
    match: ({ action, query }) => action === LOCKS.action && query.has("$skiptoken"),
    times: 100,
    action: { kind: "html" },
  });
  const events = await discover(aProvider({ emulator, options: { subscriptions: [main] } }));
  expect([gapsOf(events), guardsOf(events)]).toEqual([
    [],
    { Prod: true, local: undefined, paused: undefined, sick: undefined, young: undefined },
  ]);
});

test("networks and locks are not asked for where there is no cluster", async () => {
  const seen = azure.requests.length;
  azure.faults.add({
    match: { action: "Microsoft.ContainerService/managedClusters/read" },
    action: { kind: "status", status: 200, body: '{"value":[]}' },
  });
  expect(doneOf(await discover(aProvider({ options: { subscriptions: [main] } })))).toEqual([main]);
  const asked = azure.requests.slice(seen).map(({ action }) => action);
  expect(asked).toEqual(["Microsoft.ContainerService/managedClusters/read"]);
});

test.each(["{}", "[]", "null", '"text"', "", " ", '{"value":{}}', '{"value":[null]}', '{"value":[],"nextLink":5}'])(
  "an answer without a list (%j) is no empty list, and is asked for again",
  async (body) => {
    const headers = { "content-type": "application/json" };
    const add = (times: number) => azure.faults.add({ times, action: { kind: "status", status: 200, headers, body } });
    add(100);
    const events = await discover(aProvider({ options: { subscriptions: [main] } }));
    expect(gapsOf(events)).toEqual([`${main} transient`]);
    expect(messagesOf(events)).toEqual([expect.stringContaining("is there a proxy?")]);
    azure.faults.clear();
    add(1);
    expect(gapsOf(await discover(aProvider({ options: { subscriptions: [main] }, attemptsMax: 4 })))).toEqual([]);
  },
);

test.each(["{}", "[]", "", '{"value":[],"nextLink":5}'])(
  "a list of subscriptions that is none (%j) says so",
  async (body) => {
    azure.faults.add({ action: { kind: "status", status: 200, body } });
    await expect(discover(aProvider())).rejects.toMatchObject({
      kind: "transient",
      message: expect.stringContaining("is there a proxy?") as unknown,
    });
  },
);

test("what was read before a link to another host, or one that leads round, is told", async () => {
  const path = `/subscriptions/${main}/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters`;
  const round = `${azure.url}/subscriptions/${main}/providers/Microsoft.ContainerService/managedClusters?a=1`;
  for (const [nextLink, kind] of [
    ["https://evil.example/steal?api-version=1", "policy"],
    [round, "transient"],
  ] as const) {
    const body = JSON.stringify({ value: [{ id: `${path}/a`, name: "a", location: "westeurope" }], nextLink });
    azure.faults.add({
      match: { action: "Microsoft.ContainerService/managedClusters/read" },
      times: 100,
      action: { kind: "status", status: 200, body },
    });
    const events = await discover(aProvider({ options: { subscriptions: [main] } }));
    expect(new Set(clustersOf(events).map(({ name }) => name))).toEqual(new Set(["a"]));
    expect([gapsOf(events), doneOf(events)]).toEqual([[`${main} ${kind}`], []]);
    azure.faults.clear();
  }
});

test("subscriptions that were read before a link to another host are looked into", async () => {
  azure.faults.add({
    match: { action: "Microsoft.Resources/subscriptions/read" },
    action: {
      kind: "status",
      status: 200,
      body: JSON.stringify({ value: [{ subscriptionId: main }], nextLink: "https://evil.example/" }),
    },
  });
  const events = await discover(aProvider());
  expect([clustersOf(events).length, gapsOf(events)]).toEqual([5, [`${EVERY_SCOPE} policy`]]);
});
