import { inspect } from "node:util";
import {
  type Clock,
  type Cluster,
  type CloudProvider,
  createCallPolicy,
  type Ctx,
  type DiscoveryEvent,
  formatClusterId,
  isCloudError,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import type { EmulatedCluster } from "@flotilla/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { AzureCredential } from "./azure-credential.ts";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import type { AzureOptions } from "./azure-options.ts";
import { createAzureProvider } from "./provider.ts";
import {
  type AzureEmulator,
  SAMPLE_AZURE_CLOUD,
  SAMPLE_AZURE_SUBSCRIPTIONS,
  startAzureEmulator,
} from "./testing/index.ts";

const { main, disabled, denied, unregistered } = SAMPLE_AZURE_SUBSCRIPTIONS;
const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

let azure: AzureEmulator;
beforeAll(async () => {
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
});
afterEach(() => azure.faults.clear());
afterAll(() => azure.close());

interface ProviderInput {
  readonly options?: AzureOptions;
  readonly emulator?: AzureEmulator;
  readonly credential?: AzureCredential;
  readonly attemptsMax?: number;
  readonly clock?: Clock;
  readonly onRequest?: (request: { readonly host: string; readonly path: string }) => void;
}

function aProvider(input: ProviderInput = {}): CloudProvider {
  const {
    options = {},
    emulator = azure,
    credential = emulator.credential,
    attemptsMax = 1,
    clock = systemClock,
    onRequest,
  } = input;
  return createAzureProvider(
    { name: "main", options: { endpoint: emulator.url, ...options } },
    {
      credential,
      clock,
      ...(onRequest === undefined ? {} : { onRequest }),
      policy: createCallPolicy(
        { clock: systemClock, random: systemRandom },
        { attemptsMax, backoff: { baseMs: 5, capMs: 20 } },
      ),
    },
  );
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
const idOf = (group: string, name: string): string => formatClusterId({ provider: "azure", scope: main, group, name });
const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isCloudError(error)) throw new Error(`a CloudError was expected, not ${inspect(error)}`);
  return error;
};

async function withClusters(clusters: readonly Partial<EmulatedCluster>[]): Promise<AzureEmulator> {
  return startAzureEmulator({
    ...SAMPLE_AZURE_CLOUD,
    clusters: clusters.map((cluster, index) => ({
      scope: main,
      group: "rg",
      region: "westeurope",
      name: `c${index}`,
      version: "1.35.1",
      pools: [],
      ...cluster,
    })),
  });
}

describe("discovery", () => {
  test("finds every region's clusters; subscriptions that cannot be looked at are gaps", async () => {
    const events = await discover(aProvider());
    expect(
      clustersOf(events)
        .map(({ id, phase }) => `${id} ${phase}`)
        .sort(),
    ).toEqual([
      `azure/${main}/dev/paused stopped`,
      `azure/${main}/dev/sick degraded`,
      `azure/${main}/dev/young creating`,
      `azure/${main}/prod-rg/local ready`,
      `azure/${main}/prod-rg/prod ready`,
    ]);
    expect(gapsOf(events)).toEqual([`${disabled} disabled`, `${denied} denied`, `${unregistered} disabled`]);
    expect(doneOf(events)).toEqual([main, `${main}/dev`, `${main}/prod-rg`]);
  });

  test("a resource group is a scope of its own, in any case", async () => {
    const events = await discover(aProvider(), [`${main}/PROD-RG`, `${main}/prod-rg`]);
    expect(
      clustersOf(events)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["Prod", "local"]);
    expect([doneOf(events), gapsOf(events)]).toEqual([[`${main}/prod-rg`], []]);
  });

  test("configured subscriptions are not listed first, and one that is not there is a gap", async () => {
    const seen = azure.requests.length;
    const absent = "99999999-9999-4999-8999-999999999999";
    const events = await discover(aProvider({ options: { subscriptions: [main.toUpperCase(), main, absent] } }));
    expect(gapsOf(events)).toEqual([`${absent} disabled`]);
    expect(clustersOf(events)).toHaveLength(5);
    const asked = azure.requests.slice(seen);
    expect(asked.map(({ action }) => action)).not.toContain("Microsoft.Resources/subscriptions/read");
    // Once for all pages of clusters.
    const networks = asked.filter(
      ({ action, query }) => action.startsWith("Microsoft.Network/") && !query["$skiptoken"],
    );
    expect(networks).toHaveLength(1);
  });

  test("a page that fails half way makes a gap of all it may hold, and what was found stays", async () => {
    azure.faults.add({
      match: ({ query }) => query.has("$skiptoken") && query.has("api-version"),
      after: 1,
      times: 100,
      action: { kind: "html" },
    });
    const events = await discover(aProvider({ options: { subscriptions: [main] } }));
    expect(clustersOf(events).length).toBeGreaterThan(0);
    expect(doneOf(events)).toEqual([]);
    expect(gapsOf(events)).toEqual([`${main} transient`]);
    expect(events.find(({ type }) => type === "gap")).toMatchObject({
      error: { message: expect.stringContaining("is there a proxy?") as unknown },
    });
  });

  test.each([
    ["throttle", { kind: "throttle", retryAfterSeconds: 0 }, "throttled"],
    ["truncate", { kind: "truncate" }, "transient"],
    ["reset", { kind: "reset" }, "transient"],
    ["loopPages", { kind: "loopPages" }, "transient"],
    [
      "a 200 with an error",
      { kind: "status", status: 200, body: '{"error":{"code":"AuthorizationFailed","message":"no"}}' },
      "denied",
    ],
    ["a redirect", { kind: "status", status: 302, headers: { location: "https://evil.example/" } }, "policy"],
  ] as const)("%s is a gap of the right kind", async (_name, action, kind) => {
    azure.faults.add({ times: 100, action });
    expect(gapsOf(await discover(aProvider({ options: { subscriptions: [main] } })))).toContain(`${main} ${kind}`);
  });

  test("what passes is asked again", async () => {
    azure.faults.add({ times: 2, action: { kind: "status", status: 503, body: "" } });
    const events = await discover(aProvider({ options: { subscriptions: [main] }, attemptsMax: 4 }));
    expect([clustersOf(events).length, gapsOf(events)]).toEqual([5, []]);
  });

  test("a region that does not answer makes its subscription a gap", async () => {
    await using emulator = await startAzureEmulator({
      ...SAMPLE_AZURE_CLOUD,
      scopes: [{ id: main, regions: [{ name: "westeurope" }, { name: "eastus", unreachable: true }] }],
    });
    const events = await discover(aProvider({ emulator }));
    expect([clustersOf(events), gapsOf(events), doneOf(events)]).toEqual([[], [`${main} transient`], []]);
  });

  test("a proxy that is set for Azure is not asked for a configured endpoint", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9");
    try {
      expect(clustersOf(await discover(aProvider()))).toHaveLength(5);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("who gives up waits no longer, whatever does not answer", async () => {
    azure.faults.add({ times: 100, action: { kind: "hang" } });
    const startedAtMs = Date.now();
    const waiting = Array.fromAsync(aProvider().discovery.discover({}, { signal: AbortSignal.timeout(50) }));
    await expect(waiting).rejects.toMatchObject({ name: "TimeoutError" });
    const deaf = aProvider({ credential: { getToken: () => new Promise(() => undefined) } });
    const asking = Array.fromAsync(deaf.discovery.discover({}, { signal: AbortSignal.timeout(50) }));
    await expect(asking).rejects.toMatchObject({ name: "TimeoutError" });
    const connecting = aProvider().credentials.connect(
      { id: idOf("prod-rg", "prod") },
      { signal: AbortSignal.timeout(50) },
    );
    await expect(connecting).rejects.toMatchObject({ name: "TimeoutError" });
    expect(Date.now() - startedAtMs).toBeLessThan(5000);
  });

  test("bad credentials are said at once: nothing can be looked at", async () => {
    const expired = { getToken: async () => azure.mintToken({ audience: "arm", lifetimeMs: -1000 }) };
    const forAks = { getToken: async () => azure.mintToken({ audience: "aks" }) };
    const advice = [
      [expired, "check that the credentials"],
      [forAks, "mint it with the scope https://management.azure.com/.default"],
    ] as const;
    for (const [credential, told] of advice) {
      const error = await failureOf(discover(aProvider({ credential })));
      expect([error.kind, error.message]).toEqual(["unauthenticated", expect.stringContaining(told)]);
    }
  });
});

describe("the unified model", () => {
  test("holds what ManagedCluster and its pools say", async () => {
    const events = await discover(aProvider(), [`${main}/prod-rg`]);
    const prod = clustersOf(events).find(({ name }) => name === "Prod");
    expect(prod).toMatchObject({
      id: idOf("prod-rg", "prod"),
      provider: "azure",
      scope: `${main}/prod-rg`,
      region: "westeurope",
      zones: ["westeurope-1", "westeurope-2", "westeurope-3"],
      kubernetesVersion: "1.35.1",
      endpoint: {
        url: expect.stringMatching(/^https:\/\/prod-.*\.hcp\.westeurope\.azmk8s\.io:443$/) as unknown,
        access: "public",
      },
      network: {
        id: `/subscriptions/${main}/resourcegroups/net/providers/microsoft.network/virtualnetworks/hub`,
        cidrs: ["10.10.0.0/16"],
        podCidrs: ["10.244.0.0/16"],
        serviceCidrs: ["10.1.0.0/16"],
      },
      labels: { tier: "gold" },
      supportTier: "Premium",
      serverless: false,
      deletionProtection: true,
      oidcIssuer: expect.stringContaining("https://westeurope.oic.prod-aks.azure.com/") as unknown,
    });
    expect(prod?.nodePools).toEqual([
      {
        name: "system",
        phase: "ready",
        instanceTypes: ["Standard_D4s_v5"],
        nodes: 3,
        nodesMin: 1,
        nodesMax: 9,
        purchase: "onDemand",
        zones: ["westeurope-1", "westeurope-2", "westeurope-3"],
        kubernetesVersion: "1.35.1",
        labels: {},
        taints: [],
      },
      expect.objectContaining({
        nodes: 2,
        purchase: "spot",
        zones: ["westeurope-2"],
        labels: { pool: "batch" },
        taints: [{ key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" }],
      }),
    ]);
  });

  test("every state there is, and those that are still to come", async () => {
    const state = (provisioningState: string, code = "Running") => ({
      wire: { properties: { provisioningState, powerState: { code } } },
    });
    const states = [
      ["Succeeded", "Running", "ready"],
      ["succeeded", "stopped", "stopped"],
      ["Creating", "Running", "creating"],
      ["Upgrading", "Running", "updating"],
      ["Stopping", "Running", "updating"],
      ["Deleting", "Running", "deleting"],
      ["Failed", "Stopped", "failed"],
      ["Failed", "Running", "degraded"],
      ["Canceled", "Running", "degraded"],
      ["toString", "Running", "unknown"],
      ["Pondering", "Running", "unknown"],
    ] as const;
    // The last one has never run.
    await using emulator = await withClusters([
      ...states.map(([provisioning, power]) => state(provisioning, power)),
      { name: "z", phase: "failed" },
      // What ails a pool does not hide that its cluster is going.
      { name: "y", phase: "deleting", pools: [{ name: "p", instanceType: "x", nodes: 1, phase: "failed" }] },
    ]);
    const clusters = clustersOf(await discover(aProvider({ emulator, options: { subscriptions: [main] } })));
    const byName = Object.fromEntries(clusters.map(({ name, phase }) => [name, phase]));
    expect(byName).toEqual({
      ...Object.fromEntries(states.map(([, , phase], index) => [`c${index}`, phase])),
      z: "failed",
      y: "deleting",
    });
  });

  test("private, integrated, automatic and bare clusters, and pools of single machines", async () => {
    const pool = { name: "p", instanceType: "x", nodes: 1 };
    await using emulator = await withClusters([
      {
        wire: {
          location: "West Europe",
          properties: {
            fqdn: "a.azmk8s.io",
            privateFQDN: "b.privatelink.azmk8s.io",
            apiServerAccessProfile: { enablePrivateCluster: true },
          },
        },
      },
      {
        serverless: true,
        wire: {
          properties: { apiServerAccessProfile: { enableVnetIntegration: true }, publicNetworkAccess: "Enabled" },
        },
      },
      {
        wire: {
          tags: null,
          sku: undefined,
          properties: {
            networkProfile: { podCidr: "10.2.0.0/16" },
            oidcIssuerProfile: { enabled: false },
            fqdn: undefined,
            agentPoolProfiles: null,
          },
        },
      },
      {
        pools: [
          {
            ...pool,
            wire: {
              count: undefined,
              vmSize: undefined,
              virtualMachinesProfile: {
                scale: {
                  manual: [
                    { size: "A", count: 2 },
                    { size: "B", count: 3 },
                  ],
                },
              },
            },
          },
          {
            ...pool,
            name: "q",
            phase: "failed",
            wire: {
              nodeTaints: ["a:NoExecute", "b=:PreferNoSchedule", "nonsense", "c=d:Maybe"],
              scaleSetPriority: "Rented",
              enableAutoScaling: false,
              minCount: 1,
              maxCount: 3,
              orchestratorVersion: "1.34",
              currentOrchestratorVersion: undefined,
            },
          },
        ],
      },
      { wire: { properties: { publicNetworkAccess: "Disabled" } } },
    ]);
    const clusters = clustersOf(await discover(aProvider({ emulator, options: { subscriptions: [main] } })));
    const [hidden, automatic, bare, machines, closed] = clusters.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(hidden).toMatchObject({
      region: "westeurope",
      endpoint: { url: "https://b.privatelink.azmk8s.io:443", access: "private" },
    });
    expect(closed?.endpoint?.access).toBe("private");
    expect(automatic).toMatchObject({
      serverless: true,
      supportTier: "Automatic",
      endpoint: { access: "publicAndPrivate" },
    });
    expect(bare).toMatchObject({
      endpoint: null,
      supportTier: "Free",
      labels: {},
      nodePools: [],
      network: { podCidrs: ["10.2.0.0/16"], serviceCidrs: [] },
    });
    expect(bare).not.toHaveProperty("oidcIssuer");
    expect(machines).toMatchObject({
      phase: "degraded",
      nodePools: [
        { instanceTypes: ["A", "B"], nodes: 5, nodesMin: null, nodesMax: null },
        {
          purchase: "unknown",
          nodesMin: null,
          nodesMax: null,
          kubernetesVersion: "1.34",
          taints: [
            { key: "a", effect: "NoExecute" },
            { key: "b", effect: "PreferNoSchedule" },
          ],
        },
      ],
    });
  });

  test("pools of single machines, scaled by size, and machines that AKS provisions by itself", async () => {
    const pool = (name: string, wire: object) => ({
      name,
      instanceType: "x",
      nodes: 1,
      wire: { count: undefined, vmSize: undefined, ...wire },
    });
    const autoscale = [
      { size: "A", minCount: 1, maxCount: 4 },
      { size: "B", minCount: 0, maxCount: 3 },
    ];
    const virtualMachineNodesStatus = [
      { size: "B", count: 2 },
      { size: "C", count: 1 },
    ];
    await using emulator = await withClusters([
      {
        pools: [
          pool("scaled", { virtualMachinesProfile: { scale: { autoscale } }, virtualMachineNodesStatus }),
          pool("untold", { virtualMachinesProfile: { scale: { manual: [{ size: "A", count: 1 }, { size: "B" }] } } }),
        ],
        wire: { properties: { nodeProvisioningProfile: { mode: "Auto" } } },
      },
    ]);
    const [cluster] = clustersOf(await discover(aProvider({ emulator, options: { subscriptions: [main] } })));
    expect(cluster).toMatchObject({
      serverless: true,
      nodePools: [
        { instanceTypes: ["A", "B", "C"], nodes: 3, nodesMin: 1, nodesMax: 7 },
        { instanceTypes: ["A", "B"], nodes: null, nodesMin: null, nodesMax: null },
      ],
    });
  });

  test("ranges of nodes: of a network that was brought, of the one AKS made, and of one elsewhere not at all", async () => {
    const vnet = (subscription: string) =>
      `/subscriptions/${subscription}/resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub`;
    const pools = [{ name: "p", instanceType: "x", nodes: 1 }];
    await using emulator = await withClusters([
      { pools, network: { id: vnet(main), cidrs: ["10.1.0.0/16", "fd00::/64"] } },
      { pools },
      { pools, network: { id: vnet(disabled), cidrs: ["10.2.0.0/16"] } },
      // Nothing tells which of two networks of a group is the cluster's.
      { pools, wire: { properties: { nodeResourceGroup: "NET" } } },
      { pools, network: { id: vnet(main).replace("Hub", "Other") } },
    ]);
    const discovered = async () => {
      const clusters = clustersOf(await discover(aProvider({ emulator, options: { subscriptions: [main] } })));
      return clusters
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ network }) => [
          network.id
            ?.split("/")
            .at(-1)
            ?.replace(/-[0-9a-f]{8}$/, ""),
          network.cidrs,
        ]);
    };
    expect(await discovered()).toEqual([
      ["hub", ["10.1.0.0/16", "fd00::/64"]],
      ["aks-vnet", ["10.224.0.0/12"]],
      ["hub", []],
      [undefined, []],
      ["other", ["10.224.0.0/12"]],
    ]);
    const text = '{"error":{"code":"AuthorizationFailed","message":"no"}}';
    emulator.faults.add({
      match: { action: "Microsoft.Network/virtualNetworks/read" },
      action: { kind: "status", status: 403, body: text },
    });
    expect((await discovered()).map(([id]) => id)).toEqual(["hub", undefined, "hub", undefined, "other"]);
    const seen = emulator.requests.length;
    await discovered();
    const asked = emulator.requests.slice(seen).filter(({ action }) => action.startsWith("Microsoft.Network/"));
    expect(asked).toHaveLength(1);
  });

  test("null says no more than nothing at all", async () => {
    const nothing = [
      "provisioningState",
      "powerState",
      "kubernetesVersion",
      "currentKubernetesVersion",
      "networkProfile",
    ].concat([
      "fqdn",
      "nodeResourceGroup",
      "oidcIssuerProfile",
      "apiServerAccessProfile",
      "agentPoolProfiles",
      "status",
      "aadProfile",
    ]);
    const properties = Object.fromEntries(nothing.map((name) => [name, null]));
    await using emulator = await withClusters([{ wire: { location: null, tags: null, sku: null, properties } }]);
    const [cluster] = clustersOf(await discover(aProvider({ emulator, options: { subscriptions: [main] } })));
    expect({ ...cluster, raw: undefined }).toEqual({
      id: idOf("rg", "c0"),
      provider: "azure",
      scope: `${main}/rg`,
      region: null,
      zones: [],
      name: "c0",
      phase: "unknown",
      kubernetesVersion: null,
      endpoint: null,
      network: { id: null, cidrs: [], podCidrs: [], serviceCidrs: [] },
      labels: {},
      taints: [],
      nodePools: [],
      // Azure's own default where the answer names no tier.
      supportTier: "Free",
      deletionProtection: false,
    });
  });
});

describe("credentials", () => {
  test("a token for AKS's own audience, minted once for all clusters", async () => {
    const asked: string[] = [];
    const credential: AzureCredential = {
      getToken: async (scopes) => {
        asked.push(String(scopes));
        return azure.credential.getToken(scopes);
      },
    };
    const provider = aProvider({ credential });
    const ids = [idOf("prod-rg", "prod"), idOf("dev", "sick"), idOf("prod-rg", "prod")];
    const tokens = [];
    for (const id of ids) {
      const { server, auth, caPem } = await provider.credentials.connect({ id }, ctx());
      expect(server).toMatch(/^https:\/\/(prod|sick)-.*\.azmk8s\.io:443$/);
      expect(caPem).toContain("BEGIN CERTIFICATE");
      if (auth.kind !== "bearer") throw new Error("a token was expected");
      tokens.push((await auth.tokens.token(ctx())).value);
    }
    expect(asked.toSorted()).toEqual([AKS_SCOPE, ARM_SCOPE]);
    expect(new Set(tokens).size).toBe(1);
    expect(azure.verifyAksToken(tokens[0] ?? "")).toMatchObject({ ok: true, username: "flotilla@example.com" });
    expect(azure.verifyAksToken(azure.tokens.arm)).toMatchObject({ ok: false, problem: "audience" });
  });

  test("a token that the server refuses is minted anew", async () => {
    const { auth } = await aProvider().credentials.connect({ id: idOf("prod-rg", "prod") }, ctx());
    if (auth.kind !== "bearer") throw new Error("a token was expected");
    const first = await auth.tokens.token(ctx());
    azure.clock.advance(1000);
    auth.tokens.invalidate();
    expect((await auth.tokens.token(ctx())).value).not.toBe(first.value);
    azure.clock.advance(-1000);
  });

  test("a token that only Azure's clock says is over is minted anew", async () => {
    await using emulator = await startAzureEmulator(SAMPLE_AZURE_CLOUD);
    const provider = aProvider({ emulator });
    expect(clustersOf(await discover(provider))).toHaveLength(5);
    emulator.clock.advance(2 * 60 * 60_000);
    expect(clustersOf(await discover(provider))).toHaveLength(5);
  });

  test("a token that was refused is not used again", async () => {
    let asked = 0;
    const getToken = async () => azure.mintToken({ audience: (asked += 1) === 1 ? "aks" : "arm" });
    const provider = aProvider({ credential: { getToken } });
    expect((await failureOf(discover(provider))).kind).toBe("unauthenticated");
    expect(clustersOf(await discover(provider))).toHaveLength(5);
  });

  test("a token that was revoked is replaced by one that answers the claims", async () => {
    const claims: (string | undefined)[] = [];
    const credential: AzureCredential = {
      getToken: async (scopes, options) => {
        claims.push(options?.claims);
        return azure.credential.getToken(scopes);
      },
    };
    const wanted = '{"access_token":{"nbf":{"essential":true}}}';
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${btoa(wanted)}"`;
    azure.faults.add({ action: { kind: "status", status: 401, headers: { "www-authenticate": challenge }, body: "" } });
    const events = await discover(aProvider({ credential, options: { subscriptions: [main] } }));
    expect([clustersOf(events).length, claims.slice(0, 2)]).toEqual([5, [undefined, wanted]]);
  });

  test("a member on this machine is reached where the emulator is on this machine too", async () => {
    await using emulator = await withClusters([{ endpoint: { url: "https://127.0.0.1:6443", caPem: "-----BEGIN X" } }]);
    const provider = aProvider({ emulator });
    const [cluster] = clustersOf(await discover(provider));
    expect(cluster?.endpoint?.url).toBe("https://127.0.0.1:6443");
    const access = await provider.credentials.connect({ id: idOf("rg", "c0") }, ctx());
    expect(access).toMatchObject({ server: "https://127.0.0.1:6443", caPem: "-----BEGIN X" });
  });

  test("local accounts give their certificate", async () => {
    const { auth } = await aProvider().credentials.connect({ id: idOf("prod-rg", "local") }, ctx());
    expect(auth).toMatchObject({
      kind: "certificate",
      certPem: expect.stringContaining("BEGIN CERTIFICATE") as unknown,
    });
  });

  test("a cluster that is still being created has no API server to connect to", async () => {
    const error = await failureOf(aProvider().credentials.connect({ id: idOf("dev", "young") }, ctx()));
    expect([error.kind, error.message]).toEqual(["notFound", expect.stringContaining("state Creating")]);
    azure.faults.add({
      match: ({ action }) => action.endsWith("listClusterUserCredential/action"),
      action: { kind: "status", status: 200, body: '{"kubeconfigs":[]}' },
    });
    const none = await failureOf(aProvider().credentials.connect({ id: idOf("prod-rg", "prod") }, ctx()));
    expect([none.kind, none.message]).toEqual(["notFound", expect.stringContaining("gave no kubeconfig")]);
    const foreign = { id: "aws/123456789012/eu-west-1/prod" };
    expect((await failureOf(aProvider().credentials.connect(foreign, ctx()))).kind).toBe("notFound");
  });

  test("tokens of variables, one per audience; a missing one is named", async () => {
    const options: AzureOptions = { endpoint: azure.url, credentials: { tokenEnv: "ARM", aksTokenEnv: "AKS" } };
    const id = idOf("prod-rg", "prod");
    const env = { ARM: azure.tokens.arm, AKS: azure.tokens.aks };
    const { auth } = await createAzureProvider({ name: "x", options }, { env }).credentials.connect({ id }, ctx());
    if (auth.kind !== "bearer") throw new Error("a token was expected");
    expect((await auth.tokens.token(ctx())).value).toBe(azure.tokens.aks);
    const without = createAzureProvider({ name: "x", options }, { env: {} });
    const error = await failureOf(without.credentials.connect({ id }, ctx()));
    expect([error.kind, error.message]).toEqual([
      "unauthenticated",
      expect.stringContaining("variable ARM is not set"),
    ]);
  });

  test("a variable's token that cannot be right is told before it is sent", async () => {
    const options: AzureOptions = { endpoint: azure.url, credentials: { tokenEnv: "ARM", aksTokenEnv: "AKS" } };
    const seen = azure.requests.length;
    for (const [ARM, told] of [
      [`${azure.tokens.arm}\n`, "variable ARM holds a space, a line break"],
      [azure.tokens.aks, "variable ARM holds a token for another service"],
      [azure.mintToken({ audience: "arm", lifetimeMs: -1000 }).token, "variable ARM expired at "],
    ] as const) {
      const provider = createAzureProvider({ name: "x", options }, { env: { ARM } });
      const error = await failureOf(discover(provider));
      expect([error.kind, error.message]).toEqual(["unauthenticated", expect.stringContaining(told)]);
    }
    expect(azure.requests).toHaveLength(seen);
    const env = { ARM: azure.tokens.arm, AKS: azure.tokens.arm };
    const provider = createAzureProvider({ name: "x", options }, { env });
    const { auth } = await provider.credentials.connect({ id: idOf("prod-rg", "prod") }, ctx());
    if (auth.kind !== "bearer") throw new Error("a token was expected");
    const error = await failureOf(auth.tokens.token(ctx()));
    expect([error.kind, error.message]).toEqual([
      "unauthenticated",
      expect.stringContaining(`variable AKS holds a token for another service; mint one with the scope ${AKS_SCOPE}`),
    ]);
  });

  test("without @azure/identity the default credentials say what to install", async () => {
    const provider = createAzureProvider({ name: "x", options: { endpoint: azure.url } });
    const error = await failureOf(Array.fromAsync(provider.discovery.discover({}, ctx())));
    expect([error.kind, error.message]).toEqual(["unauthenticated", expect.stringContaining("@azure/identity")]);
  });
});

describe("hostility", () => {
  const CANARY = "canary-7f3a";
  const canary: AzureCredential = {
    getToken: async () => ({ token: CANARY, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };

  test("a link to another host gets no request, let alone a token", async () => {
    const hosts = new Set<string>();
    azure.faults.add({
      match: { action: "Microsoft.ContainerService/managedClusters/read" },
      action: {
        kind: "status",
        status: 200,
        body: '{"value":[],"nextLink":"https://evil.example/steal?api-version=1"}',
      },
    });
    const provider = aProvider({ options: { subscriptions: [main] }, onRequest: ({ host }) => hosts.add(host) });
    const events = await discover(provider);
    expect(gapsOf(events)).toEqual([`${main} policy`]);
    expect(messagesOf(events)).toEqual([expect.stringContaining("evil.example")]);
    expect([...hosts]).toEqual([new URL(azure.url).host]);
  });

  test.each([
    ["another host", "https://evil.example:443", "which is not the cluster's name"],
    ["plain http", "http://c.azmk8s.io", "is not https"],
    ["a password", "https://user:pw@c.azmk8s.io", "names no plain URL"],
  ])("a kubeconfig with %s gets no token", async (_name, url, why) => {
    await using emulator = await withClusters([{ endpoint: { url }, wire: { properties: { fqdn: "c.azmk8s.io" } } }]);
    const error = await failureOf(aProvider({ emulator }).credentials.connect({ id: idOf("rg", "c0") }, ctx()));
    expect([error.kind, error.message]).toEqual(["invalid", expect.stringContaining(why)]);
  });

  test("a cluster named outside AKS's domains gets no token", async () => {
    await using emulator = await withClusters([{ endpoint: { url: "https://evil.example" } }]);
    const error = await failureOf(aProvider({ emulator }).credentials.connect({ id: idOf("rg", "c0") }, ctx()));
    expect(error.message).toContain("which is no name of AKS");
  });

  test("no command of a kubeconfig is run, and no audience of it is asked for", async () => {
    const asked: string[] = [];
    const server = "https://c.azmk8s.io:443";
    const text = [
      "apiVersion: v1",
      "kind: Config",
      `clusters: [{ name: c, cluster: { server: "${server}", proxy-url: "http://evil.example", certificate-authority: /etc/passwd } }]`,
      `users: [{ name: u, user: { tokenFile: /etc/passwd, exec: { command: touch, args: [./canary, --server-id, "${ARM_SCOPE}"] } } }]`,
      "contexts: [{ name: x, context: { cluster: c, user: u } }]",
      "current-context: x",
    ].join("\n");
    await using emulator = await withClusters([{ wire: { properties: { fqdn: "c.azmk8s.io" } } }]);
    emulator.faults.add({
      match: ({ action }) => action.endsWith("listClusterUserCredential/action"),
      action: {
        kind: "status",
        status: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ kubeconfigs: [{ name: "u", value: Buffer.from(text).toString("base64") }] }),
      },
    });
    const credential: AzureCredential = {
      getToken: async (scopes) => {
        asked.push(String(scopes));
        return emulator.credential.getToken(scopes);
      },
    };
    const access = await aProvider({ emulator, credential }).credentials.connect({ id: idOf("rg", "c0") }, ctx());
    expect(access).toEqual({ server, auth: { kind: "bearer", tokens: expect.anything() as unknown } });
    if (access.auth.kind === "bearer") await access.auth.tokens.token(ctx());
    expect(asked).toEqual([ARM_SCOPE, AKS_SCOPE]);
  });

  test("the proxy of the nodes, and the password in its address, is not kept", async () => {
    const httpProxyConfig = { httpProxy: `http://nodes:${CANARY}@proxy:3128` };
    await using emulator = await withClusters([{ wire: { properties: { httpProxyConfig } } }]);
    const events = await discover(aProvider({ emulator, options: { subscriptions: [main] } }));
    expect(clustersOf(events)).toHaveLength(1);
    expect(inspect(events, { depth: 20 })).not.toContain(CANARY);
  });

  test("no credential is in any error or recording", async () => {
    const refused = await failureOf(discover(aProvider({ credential: canary })));
    const broken = aProvider({ credential: { getToken: () => Promise.reject(new Error(`secret ${CANARY}`)) } });
    const failed = await failureOf(discover(broken));
    azure.faults.add({ times: 100, action: { kind: "reset" } });
    const lost = await failureOf(discover(aProvider({ credential: canary })));
    const told = inspect([refused, failed, lost, azure.requests], { depth: 20, showHidden: true });
    expect(told).not.toContain(CANARY);
    expect(told).not.toContain(azure.tokens.arm);
  });
});
