import {
  type Clock,
  type Cluster,
  type CloudProvider,
  createCallPolicy,
  type Ctx,
  type DiscoveryEvent,
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

const { main } = SAMPLE_AZURE_SUBSCRIPTIONS;
const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

let azure: AzureEmulator;
beforeAll(async () => {
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
});
afterEach(() => azure.faults.clear());
afterAll(() => azure.close());

interface ProviderInput {
  readonly options?: AzureOptions;
  readonly attemptsMax?: number;
  readonly clock?: Clock;
}

function aProvider({ options = {}, attemptsMax = 1, clock = systemClock }: ProviderInput = {}): CloudProvider {
  const deps = { clock: systemClock, random: systemRandom };
  const policy = createCallPolicy(deps, { attemptsMax, backoff: { baseMs: 5, capMs: 20 } });
  const input = { name: "main", options: { endpoint: azure.url, ...options } };
  return createAzureProvider(input, { credential: azure.credential, clock, policy });
}

const discover = (provider: CloudProvider, scopes?: readonly string[]): Promise<readonly DiscoveryEvent[]> =>
  Array.fromAsync(provider.discovery.discover(scopes === undefined ? {} : { scopes }, ctx()));
const clustersOf = (events: readonly DiscoveryEvent[]): readonly Cluster[] =>
  events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
const gapsOf = (events: readonly DiscoveryEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "gap" ? [`${event.scope} ${event.error.kind}`] : [])).sort();
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
  expect([gapsOf(events), doneOf(events)]).toEqual([[`${main} internal`, `${main}/rg internal`], []]);
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

test("networks are not asked for where there is no cluster", async () => {
  const seen = azure.requests.length;
  azure.faults.add({
    match: { action: "Microsoft.ContainerService/managedClusters/read" },
    action: { kind: "status", status: 200, body: '{"value":[]}' },
  });
  expect(doneOf(await discover(aProvider({ options: { subscriptions: [main] } })))).toEqual([main]);
  const asked = azure.requests.slice(seen).map(({ action }) => action);
  expect(asked).toEqual(["Microsoft.ContainerService/managedClusters/read"]);
});
