import {
  type CloudProvider,
  type Cluster,
  createCallPolicy,
  type DiscoveryEvent,
  EVERY_SCOPE,
  isCloudError,
  type Token,
} from "@flotilla/core";
import { cloudProviderConformance, createVirtualClock, type EmulatedCloud } from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GcpOptions } from "./gcp-options.ts";
import { createGcpProvider, type GcpProviderDeps } from "./provider.ts";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./testing/index.ts";

const { main, shared, off } = SAMPLE_GCP_PROJECTS;
let emulator: GcpEmulator;

beforeAll(async () => {
  emulator = await startGcpEmulator(SAMPLE_GCP_CLOUD, { pageSizeMax: 2 });
});
afterAll(() => emulator.close());

/** Retries without waiting: the policy's own tests are about waiting. */
function promptPolicy() {
  const clock = { nowMs: () => Date.now(), sleep: async () => {} };
  return createCallPolicy({ clock, random: { next: () => 0 } });
}

function providerOf(on: GcpEmulator, options: GcpOptions = {}, deps: GcpProviderDeps = {}): CloudProvider {
  const credentials = { tokenEnv: "TOKEN" };
  return createGcpProvider(
    { name: "test", options: { endpoint: on.url, credentials, ...options } },
    { env: { TOKEN: on.token }, policy: promptPolicy(), ...deps },
  );
}

async function discover(provider: CloudProvider, scopes?: readonly string[]): Promise<readonly DiscoveryEvent[]> {
  return Array.fromAsync(provider.discovery.discover(scopes === undefined ? {} : { scopes }, ctx()));
}

const ctx = () => ({ signal: AbortSignal.timeout(20_000) });
const DENIED = JSON.stringify({ error: { code: 403, message: "no", errors: [{ reason: "forbidden" }] } });
const clustersOf = (events: readonly DiscoveryEvent[]): readonly Cluster[] =>
  events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
const gapsOf = (events: readonly DiscoveryEvent[]) => events.flatMap((event) => (event.type === "gap" ? [event] : []));

describe("conformance", () => {
  const kit = cloudProviderConformance({
    create: async () => providerOf(emulator),
    capabilities: ["prices", "quotas"],
    absent: { id: `gcp/${main}/europe-west1/absent` },
    createWithGap: async () => providerOf(emulator),
    priced: {
      kind: "node",
      provider: "gcp",
      region: "europe-west1",
      instanceType: "n2-standard-4",
      purchase: "onDemand",
    },
  });
  for (const { name, skip, run } of kit) {
    test.skipIf(skip !== undefined)(name + (skip === undefined ? "" : ` (${skip})`), ({ signal }) => run({ signal }));
  }
});

test("every fact of a regional cluster, with sizes as totals", async () => {
  const prod = clustersOf(await discover(providerOf(emulator), [main])).find(({ name }) => name === "prod");
  const { raw: _raw, ...facts } = prod ?? expect.fail("no cluster prod");
  const zones = ["europe-west1-b", "europe-west1-c", "europe-west1-d"];
  expect(facts).toEqual({
    id: `gcp/${main}/europe-west1/prod`,
    provider: "gcp",
    scope: main,
    region: "europe-west1",
    zones,
    name: "prod",
    phase: "ready",
    kubernetesVersion: "1.35.1-gke.1250000",
    endpoint: { url: "https://127.0.0.1:6443", access: "publicAndPrivate" },
    network: {
      id: `projects/${main}/global/networks/main`,
      cidrs: ["10.8.0.0/20"],
      podCidrs: ["10.64.0.0/14"],
      serviceCidrs: ["34.118.224.0/20"],
    },
    labels: { tier: "gold" },
    taints: [],
    oidcIssuer: `https://container.googleapis.com/v1/projects/${main}/locations/europe-west1/clusters/prod`,
    serverless: false,
    supportTier: "STABLE",
    createdAtMs: Date.UTC(2026, 4, 1),
    nodePools: [
      {
        name: "general",
        phase: "ready",
        instanceTypes: ["n2-standard-4"],
        nodes: 9,
        nodesMin: 3,
        nodesMax: 27,
        purchase: "onDemand",
        zones,
        kubernetesVersion: "1.35.1-gke.1250000",
        labels: { pool: "general" },
        taints: [],
      },
      {
        name: "batch",
        phase: "ready",
        instanceTypes: ["e2-standard-8"],
        nodes: 4, // 2 + 1 + 1: only the instance groups tell
        nodesMin: 0,
        nodesMax: 20,
        purchase: "spot",
        zones,
        kubernetesVersion: "1.35.1-gke.1250000",
        labels: {},
        taints: [{ key: "batch", value: "true", effect: "NoSchedule" }],
      },
    ],
  });
});

test("zonal, degraded and new clusters; a location that is silent and a project without Kubernetes", async () => {
  const events = await discover(providerOf(emulator));
  const facts = clustersOf(events).map(({ id, phase, zones, endpoint, serverless }) => ({
    id,
    phase,
    zones: zones.length,
    hasEndpoint: endpoint !== null,
    serverless,
  }));
  expect(facts).toEqual(
    expect.arrayContaining([
      { id: `gcp/${main}/us-central1-a/dev`, phase: "degraded", zones: 1, hasEndpoint: true, serverless: false },
      { id: `gcp/${main}/us-central1/new`, phase: "creating", zones: 3, hasEndpoint: false, serverless: false },
      { id: `gcp/${shared}/europe-west1/auto`, phase: "ready", zones: 3, hasEndpoint: true, serverless: true },
    ]),
  );
  expect(facts).toHaveLength(4); // "far" is not there, and nobody says it is gone:
  expect(gapsOf(events).map(({ scope, location, error }) => [scope, location, error.kind])).toEqual([
    [main, "asia-east1", "transient"],
  ]);
  const done = events.flatMap((event) => (event.type === "scopeDone" ? [event.scope] : []));
  expect(done.toSorted()).toEqual([main, off, shared].toSorted());
});

test("an Autopilot cluster's pools have the sizes of their groups, which are named otherwise", async () => {
  const [auto] = clustersOf(await discover(providerOf(emulator), [shared]));
  expect(auto?.nodePools.map(({ name, nodes }) => [name, nodes])).toEqual([["default-pool", 5]]);
});

test("a cluster without a name or a place is a gap; the rest of the fleet is found", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const body = JSON.stringify({
    clusters: [
      { status: "RUNNING" },
      { name: "nowhere" },
      { name: "../z", zone: "us-east1-b" },
      { name: "z", zone: "us-east1-b/../.." },
      { name: "z", zone: "us-east1-b" },
    ],
  });
  own.faults.add({
    match: { action: "container.clusters.list", scope: shared },
    action: { kind: "status", status: 200, body },
  });
  const events = await discover(providerOf(own, { projects: [main, shared] }));
  const ids = clustersOf(events).map(({ id }) => id);
  expect(ids).toContain(`gcp/${shared}/us-east1-b/z`);
  expect(ids).toHaveLength(4);
  expect(gapsOf(events).flatMap(({ scope, error }) => (scope === shared ? [error.kind] : []))).toEqual(["transient"]);
});

test("Compute Engine that does not answer hides nothing and delays no more than it may", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  own.faults.add({ match: { action: "compute.instanceGroupManagers.list" }, times: 100, action: { kind: "hang" } });
  const clock = createVirtualClock(Date.now());
  const finding = discover(providerOf(own, {}, { clock }), [main]);
  await expect.poll(() => own.requests.some(({ action }) => action === "compute.subnetworks.get")).toBe(true);
  await clock.advance(15_000);
  const dev = clustersOf(await finding).find(({ name }) => name === "dev");
  expect(dev?.nodePools.map(({ nodes }) => nodes)).toEqual([2]);
  expect(dev?.warnings).toContainEqual(expect.stringMatching(/^sizes of node pools .*no answer within 15 s/));
});

test.for([
  ["not told for a while", { kind: "status", status: 503, body: "{}" }, [/^sizes of node pools .*HTTP 503/]],
  ["denied: it was never granted", { kind: "status", status: 403, body: DENIED }, []],
] as const)(
  "a pool scaled to zero whose sizes are %s is not taken for what it began with",
  async ([, action, told]) => {
    const pools = [{ name: "p", instanceType: "e2-medium", nodes: 0, min: 0, max: 9, wire: { initialNodeCount: 3 } }];
    const cloud: EmulatedCloud = {
      scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
      clusters: [{ scope: "project-one", region: "europe-west1", name: "idle", version: "1.35.1", pools }],
    };
    await using own = await startGcpEmulator(cloud);
    const fault = own.faults.add({ match: { action: "compute.instanceGroupManagers.list" }, times: 100, action });
    const [hidden] = clustersOf(await discover(providerOf(own)));
    expect(hidden?.nodePools.map(({ nodes }) => nodes)).toEqual([null]);
    expect(hidden?.warnings ?? []).toEqual(told.map((text) => expect.stringMatching(text) as unknown));
    fault[Symbol.dispose]();
    const [seen] = clustersOf(await discover(providerOf(own)));
    expect(seen?.nodePools.map(({ nodes }) => nodes)).toEqual([0]);
    expect(seen).not.toHaveProperty("warnings");
  },
);

test("a zone whose instance groups are silent hides sizes, and that is said", async () => {
  const pools = [{ name: "p", instanceType: "e2-medium", nodes: 3 }];
  const cloud: EmulatedCloud = {
    scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
    clusters: [
      { scope: "project-one", region: "europe-west1", name: "a", version: "1.35.1", pools },
      { scope: "project-one", region: "europe-west1", name: "b", version: "1.35.1", pools: [] },
    ],
  };
  await using own = await startGcpEmulator(cloud);
  const body = JSON.stringify({ items: { "zones/europe-west1-a": { warning: { code: "UNREACHABLE" } } } });
  own.faults.add({
    match: { action: "compute.instanceGroupManagers.list" },
    action: { kind: "status", status: 200, body },
  });
  const [a, b] = clustersOf(await discover(providerOf(own)));
  expect(a?.warnings).toEqual([expect.stringMatching(/^sizes of node pools .*zone/)]);
  expect(b).not.toHaveProperty("warnings");
});

test("credentials that see no project are denied, and no empty fleet", async () => {
  await using own = await startGcpEmulator({ scopes: [], clusters: [] });
  const searching = discover(providerOf(own));
  await expect(searching).rejects.toSatisfy((thrown: unknown) => isCloudError(thrown, "denied"));
  await expect(searching).rejects.toThrow("resourcemanager.projects.get");
});

test("what opens a cluster is not kept: passwords and private keys of older ones", async () => {
  const wire = {
    masterAuth: { username: "admin", password: "CANARY-PASSWORD", clientCertificate: "Q0E=", clientKey: "CANARY-KEY" },
  };
  const cloud: EmulatedCloud = {
    scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
    clusters: [{ scope: "project-one", region: "europe-west1", name: "old", version: "1.35.1", pools: [], wire }],
  };
  await using own = await startGcpEmulator(cloud);
  const provider = providerOf(own);
  const [old] = clustersOf(await discover(provider));
  expect(JSON.stringify(old)).not.toContain("CANARY");
  expect(old?.raw).toMatchObject({ name: "old" });
});

test("one list call per project, and no call for what was not asked", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  await discover(providerOf(own, { projects: [main, shared] }), [shared]);
  const calls = own.requests.map(({ action, scope }) => `${action} ${scope}`);
  expect(calls.filter((call) => call.startsWith("container"))).toEqual([`container.clusters.list ${shared}`]);
  expect(calls.filter((call) => call.startsWith("resourcemanager"))).toEqual([]);
});

test("without rights on Compute Engine clusters are still found, with GKE's own counts", async () => {
  const allow = ["container.*", "resourcemanager.*"];
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, {
    tokens: [{ value: "t", account: "a@example.com", allow }],
  });
  const clusters = clustersOf(await discover(providerOf(own), [main]));
  const sizes = Object.fromEntries(clusters.map(({ name, nodePools }) => [name, nodePools.map(({ nodes }) => nodes)]));
  // prod: 13 nodes are told for two autoscaled pools that began with 9 and 3: nobody knows which one grew.
  expect(sizes).toEqual({ prod: [null, null], dev: [2], new: [] });
  expect(clusters.every(({ network }) => network.cidrs.length === 0)).toBe(true);
});

test("denied, unbilled and unknown projects are gaps of the right kind; the rest is found", async () => {
  const regions = [{ name: "europe-west1" }];
  const cloud: EmulatedCloud = {
    scopes: [
      { id: "project-good", regions },
      { id: "project-denied", regions, isDenied: true },
      { id: "project-unbilled", regions, state: "disabled" },
      { id: "project-closed", regions, state: "closed" },
    ],
    clusters: [{ scope: "project-good", region: "europe-west1", name: "one", version: "1.35.1", pools: [] }],
  };
  await using own = await startGcpEmulator(cloud);
  const searched = await discover(providerOf(own));
  expect(Object.fromEntries(gapsOf(searched).map(({ scope, error }) => [scope, [error.kind, error.code]]))).toEqual({
    "project-denied": ["denied", "IAM_PERMISSION_DENIED"],
    "project-unbilled": ["disabled", "BILLING_DISABLED"],
  });
  expect(clustersOf(searched).map(({ name }) => name)).toEqual(["one"]);
  const configured = await discover(providerOf(own, { projects: ["project-good", "project-mistyped"] }));
  expect(gapsOf(configured).map(({ scope, error }) => [scope, error.kind])).toEqual([["project-mistyped", "denied"]]);
});

test.for([
  ["throttles with Retry-After", { kind: "throttle", retryAfterSeconds: 1 }],
  ["a proxy's page", { kind: "html" }],
  ["half a document", { kind: "truncate" }],
  ["a broken connection", { kind: "reset" }],
  ["a lost answer", { kind: "lostResponse" }],
] as const)("%s: repeated, and then found", async ([, action]) => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const fault = own.faults.add({ match: { action: "container.clusters.list", scope: shared }, times: 2, action });
  const events = await discover(providerOf(own), [shared]);
  expect(clustersOf(events).map(({ name }) => name)).toEqual(["auto"]);
  expect(fault.hits).toBe(2);
});

test("an answer that stays broken is a gap that says so; nothing is repeated for ever", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  own.faults.add({ match: { action: "container.clusters.list" }, times: 100, action: { kind: "html", status: 200 } });
  const [gap] = gapsOf(await discover(providerOf(own), [shared]));
  expect(gap?.error.kind).toBe("transient");
  expect(gap?.error.message).toContain("proxy");
  expect(own.requests.filter(({ action }) => action === "container.clusters.list")).toHaveLength(5);
});

test("200 with an error body is the error, and a page token that goes round ends the search", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const error = { error: { code: 403, message: "no", status: "PERMISSION_DENIED" } };
  const match = { action: "container.clusters.list" };
  own.faults.add({ match, action: { kind: "status", status: 200, body: JSON.stringify(error) } });
  expect(gapsOf(await discover(providerOf(own), [shared])).map((gap) => gap.error.kind)).toEqual(["denied"]);
  own.faults.add({ match: { action: "resourcemanager.projects.get" }, times: 100, action: { kind: "loopPages" } });
  const looping = await discover(providerOf(own));
  expect(gapsOf(looping).map(({ scope, error }) => [scope, error.kind, error.message])).toContainEqual([
    EVERY_SCOPE,
    "transient",
    expect.stringMatching(/repeats.*is there a proxy\?/) as unknown,
  ]);
});

test("a page of projects that fails hides those that come after it, and no others", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { pageSizeMax: 1 });
  const match = { action: "resourcemanager.projects.get" };
  const fail = (after: number) =>
    own.faults.add({ match, after, times: 100, action: { kind: "status", status: 403, body: DENIED } });
  fail(2);
  const found = await discover(providerOf(own));
  expect(found.flatMap((event) => (event.type === "scopeDone" ? [event.scope] : [])).toSorted()).toEqual([
    main,
    shared,
  ]);
  expect(clustersOf(found)).toHaveLength(4);
  expect(gapsOf(found).map(({ scope, error }) => [scope, error.kind])).toEqual([
    [EVERY_SCOPE, "denied"],
    [main, "transient"], // the location that is silent
  ]);
  own.faults.clear();
  fail(1);
  const wanted = await discover(providerOf(own), [main, shared]);
  expect(gapsOf(wanted).map(({ scope, error }) => [scope, error.kind])).toEqual([
    [shared, "denied"],
    [main, "transient"],
  ]);
  own.faults.clear();
  fail(1);
  expect(gapsOf(await discover(providerOf(own), [main])).map(({ error }) => error.kind)).toEqual(["transient"]);
  own.faults.clear();
  fail(0);
  await expect(discover(providerOf(own))).rejects.toSatisfy((thrown: unknown) => isCloudError(thrown, "denied"));
});

test.for([
  ["no token", undefined, "unauthenticated", "TOKEN"],
  ["an unknown token", "nonsense", "unauthenticated", "ACCESS_TOKEN_TYPE_UNSUPPORTED"],
  ["an expired token", "old", "unauthenticated", "ACCESS_TOKEN_EXPIRED"],
  ["a token for something else", "other", "denied", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"],
] as const)("%s ends discovery with what to do", async ([, value, kind, said]) => {
  const account = "a@example.com";
  const tokens = [
    { value: "good", account },
    { value: "old", account, expiresAtMs: 1 },
    { value: "other", account, scopes: ["https://www.googleapis.com/auth/drive"] },
  ];
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens });
  const failing = discover(providerOf(own, {}, { env: { TOKEN: value } }));
  await expect(failing).rejects.toSatisfy((thrown: unknown) => isCloudError(thrown, kind));
  await expect(failing).rejects.toThrow(said);
});

test("tokens are minted once, kept while they last, and minted anew ahead of their end or when refused", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const clock = createVirtualClock();
  let minted = 0;
  const credentials = async (): Promise<Token> => {
    minted += 1;
    return { value: own.token, expiresAtMs: clock.nowMs() + 3_600_000 };
  };
  const provider = createGcpProvider(
    { name: "t", options: { endpoint: own.url } },
    { credentials, clock, policy: promptPolicy() },
  );
  const access = await provider.credentials.connect({ id: `gcp/${main}/europe-west1/prod` }, ctx());
  if (access.auth.kind !== "bearer") return expect.fail("a bearer token");
  const { tokens } = access.auth;
  await Promise.all([tokens.token(ctx()), tokens.token(ctx()), discover(provider, [shared])]);
  expect(minted).toBe(1);
  await clock.advance(3_545_000);
  expect((await tokens.token(ctx())).value).toBe(own.token);
  expect(minted).toBe(2);
  own.faults.add({ action: { kind: "status", status: 401, body: "{}" } });
  await discover(provider, [shared]).catch(() => undefined);
  await discover(provider, [shared]);
  expect(minted).toBe(3);
});

test("a token that is refused ahead of its end is minted anew within the call, once for all calls", async () => {
  const account = "a@example.com";
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens: [{ value: "good", account }] });
  let minted = 0;
  const credentials = async (): Promise<Token> => {
    minted += 1;
    return { value: minted === 1 ? "withdrawn" : "good", expiresAtMs: Date.now() + 3_600_000 };
  };
  const events = await discover(providerOf(own, { projects: [main, shared, off] }, { credentials }));
  expect(gapsOf(events).map(({ error }) => error.kind)).toEqual(["transient"]); // the location that is silent, no more
  expect(minted).toBe(2);
});

test("a person's credentials name a project for calls that have none; without one that is said, and no project is empty", async () => {
  const account = "a@example.com";
  const tokens = [{ value: "persons", account, needsQuotaProject: true }];
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens });
  const env = { TOKEN: own.token };
  const found = await discover(providerOf(own, {}, { env: { ...env, GOOGLE_CLOUD_QUOTA_PROJECT: shared } }));
  expect(clustersOf(found)).toHaveLength(4);
  await expect(discover(providerOf(own, {}, { env }))).rejects.toThrow("set-quota-project");
  const foreign = discover(providerOf(own, {}, { env: { ...env, GOOGLE_CLOUD_QUOTA_PROJECT: "not-mine" } }));
  await expect(foreign).rejects.toThrow("USER_PROJECT_DENIED");
  // Calls with a project in their path are counted for it, whoever pays for the others.
  const named = { env: { ...env, GOOGLE_CLOUD_QUOTA_PROJECT: "not-mine" } };
  expect(clustersOf(await discover(providerOf(own, { projects: [shared] }, named)))).toHaveLength(1);
  const match = { action: "container.clusters.list" };
  const message = "The container.googleapis.com API requires a quota project, which is not set by default.";
  const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED" }];
  const body = JSON.stringify({ error: { code: 403, message, status: "PERMISSION_DENIED", details } });
  own.faults.add({ match, action: { kind: "status", status: 403, body } });
  expect(
    gapsOf(await discover(providerOf(own, { projects: [shared] }, { env }))).map(({ error }) => error.kind),
  ).toEqual(["denied"]);
});

test("Application Default Credentials: the refresh token is traded at the configured endpoint", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
  const folder = await mkdtemp((await import("node:os")).tmpdir() + "/gcp-");
  try {
    const file = `${folder}/adc.json`;
    await writeFile(file, JSON.stringify(own.authorizedUser));
    const env = { GOOGLE_APPLICATION_CREDENTIALS: file };
    const provider = providerOf(own, { credentials: "default" }, { env });
    expect(clustersOf(await discover(provider, [shared]))).toHaveLength(1);
    expect(own.requests.filter(({ action }) => action === "oauth2.token")).toHaveLength(1);
    await writeFile(file, JSON.stringify({ ...own.authorizedUser, refresh_token: "CANARY-REVOKED" }));
    const refused: unknown = await discover(providerOf(own, { credentials: "default" }, { env })).catch(
      (thrown: unknown) => thrown,
    );
    expect(isCloudError(refused, "unauthenticated")).toBe(true);
    expect(String(refused)).toContain("invalid_grant");
    expect(String(refused)).not.toContain("CANARY");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("connect gives server, CA and a token that the cluster's API server knows", async () => {
  const access = await providerOf(emulator).credentials.connect({ id: `gcp/${main}/europe-west1/prod` }, ctx());
  expect(access.server).toBe("https://127.0.0.1:6443");
  expect(access.caPem).toContain("BEGIN CERTIFICATE");
  const token = access.auth.kind === "bearer" ? await access.auth.tokens.token(ctx()) : undefined;
  expect(emulator.identify(token?.value ?? "")).toEqual({ account: `flotilla@${main}.iam.gserviceaccount.com` });
  const making = providerOf(emulator).credentials.connect({ id: `gcp/${main}/us-central1/new` }, ctx());
  await expect(making).rejects.toSatisfy((thrown: unknown) => isCloudError(thrown, "notFound"));
});

test.for(["public", "private", "publicAndPrivate"] as const)("a %s API server is told as such", async (access) => {
  const endpoint = { url: "https://10.0.0.9", access };
  const cloud: EmulatedCloud = {
    scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
    clusters: [{ scope: "project-one", region: "europe-west1", name: "one", version: "1.35.1", pools: [], endpoint }],
  };
  await using own = await startGcpEmulator(cloud);
  expect(clustersOf(await discover(providerOf(own)))[0]?.endpoint).toEqual(endpoint);
});

test("prices: the catalogue's two rates, spot, the fee, dated fallback, and unknown that stays unknown", async () => {
  const { prices } = providerOf(emulator);
  const quote = async (instanceType: string, purchase: "onDemand" | "spot", region = "europe-west1") =>
    prices?.quote({ kind: "node", provider: "gcp", region, instanceType, purchase }, ctx());
  const described = SAMPLE_GCP_CLOUD.prices ?? [];
  for (const { instanceType, onDemandPerHour, spotPerHour } of described) {
    expect(await quote(instanceType, "onDemand")).toMatchObject({
      known: true,
      microUsd: onDemandPerHour,
      source: "gcp-billing",
    });
    expect(await quote(instanceType, "spot")).toMatchObject({ known: true, microUsd: spotPerHour });
  }
  // Twice the machine is twice the price; no rate is rounded on its own.
  expect(await quote("n2-standard-8", "onDemand")).toMatchObject({ microUsd: 2 * 213_700 });
  expect(await quote("e2-standard-2", "onDemand", "us-central1")).toMatchObject({
    microUsd: 67_011,
    source: "gcp-fallback-2026-09-23",
  });
  expect(await quote("e2-standard-2", "spot", "us-central1")).toMatchObject({ known: false });
  expect(await quote("a2-highgpu-1g", "onDemand")).toMatchObject({ known: false });
  expect(await prices?.quote({ kind: "controlPlane", provider: "gcp", region: "europe-west1" }, ctx())).toMatchObject({
    microUsd: 100_000,
    source: "gcp-billing",
  });
});

test("the catalogue is read once for everybody; a failure is told as unknown or by the dated table", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { prices } = providerOf(own);
  const node = { kind: "node", provider: "gcp", region: "europe-west1", purchase: "onDemand" } as const;
  await Promise.all(
    ["n2-standard-4", "e2-standard-8", "n2-highmem-4"].map(async (instanceType) =>
      prices?.quote({ ...node, instanceType }, ctx()),
    ),
  );
  expect(own.requests.filter(({ action }) => action === "cloudbilling.services.skus.list")).toHaveLength(1);
  const status = {
    kind: "status",
    status: 403,
    body: JSON.stringify({ error: { code: 403, message: "no", status: "PERMISSION_DENIED" } }),
  } as const;
  own.faults.add({ times: 100, action: status });
  const refused = providerOf(own).prices;
  expect(await refused?.quote({ ...node, instanceType: "n2-standard-4" }, ctx())).toMatchObject({ known: false });
  expect(await refused?.quote({ ...node, region: "us-east1", instanceType: "n2-standard-4" }, ctx())).toMatchObject({
    known: true,
    source: "gcp-fallback-2026-09-23",
  });
});

test("a catalogue that is not read in time is told ahead of the deadline, or by the dated table", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  own.faults.add({ match: { action: "cloudbilling.services.skus.list" }, times: 100, action: { kind: "hang" } });
  const { prices } = providerOf(own);
  const node = { kind: "node", provider: "gcp", instanceType: "n2-standard-4", purchase: "onDemand" } as const;
  const soon = () => ({ ...ctx(), deadlineMs: Date.now() + 700 });
  expect(await prices?.quote({ ...node, region: "us-east1" }, soon())).toMatchObject({
    known: true,
    source: "gcp-fallback-2026-09-23",
  });
  expect(await prices?.quote({ ...node, region: "europe-west1" }, soon())).toMatchObject({
    known: false,
    reason: expect.stringContaining("ask again") as unknown,
  });
});

test("quotas: limits and use of the region and of the project", async () => {
  expect(await providerOf(emulator).quotas?.list({ scope: main, region: "europe-west1" }, ctx())).toEqual([
    { metric: "N2_CPUS", family: "n2", unit: "vCPU", limit: 500, used: 36 },
    { metric: "IN_USE_ADDRESSES", family: "region", unit: "count", limit: 69, used: 0 },
    { metric: "CPUS_ALL_REGIONS", family: "project", unit: "vCPU", limit: 1000, used: 68 },
  ]);
});

test("no token in any event, error, recording or hook, even when a server echoes it", async () => {
  const canary = "ya29.CANARY-TOKEN";
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens: [{ value: canary, account: "a@example.com" }] });
  const echo = { error: { code: 400, message: `bad header Bearer ${canary}`, status: "INVALID_ARGUMENT" } };
  own.faults.add({
    match: { action: "container.clusters.list", scope: shared },
    action: { kind: "status", status: 400, body: JSON.stringify(echo) },
  });
  const seen: unknown[] = [];
  const provider = providerOf(own, {}, { onRequest: (request) => seen.push(request) });
  const access = await provider.credentials.connect({ id: `gcp/${main}/europe-west1/prod` }, ctx());
  const events = await discover(provider);
  const { inspect } = await import("node:util");
  const told = inspect(
    [
      events,
      gapsOf(events).map(({ error }) => [error, error.stack, error.cause]),
      own.requests,
      seen,
      provider,
      access,
    ],
    { depth: 20, showHidden: true },
  );
  expect(gapsOf(events).some(({ error }) => error.message.includes("REDACTED"))).toBe(true);
  expect(seen.length).toBeGreaterThan(3);
  expect(told).not.toContain("CANARY");
});

test("a redirect is not followed, and a host that is not Google's is never asked", async () => {
  await using evil = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const headers = { location: `${evil.url}/v1/projects/${shared}/locations/-/clusters` };
  own.faults.add({ match: { action: "container.clusters.list" }, action: { kind: "status", status: 307, headers } });
  const [gap] = gapsOf(await discover(providerOf(own), [shared]));
  expect(gap?.error.kind).toBe("policy");
  expect(evil.requests).toEqual([]);
});

test("an endpoint in an answer that is no address and no name of Google's gets no token", async () => {
  const wire = {
    endpoint: "evil.example",
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { endpoint: "evil.example/.gke.goog", allowExternalTraffic: true },
    },
  };
  const cloud: EmulatedCloud = {
    scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
    clusters: [{ scope: "project-one", region: "europe-west1", name: "bad", version: "1.35.1", pools: [], wire }],
  };
  await using own = await startGcpEmulator(cloud);
  const connecting = providerOf(own).credentials.connect({ id: "gcp/project-one/europe-west1/bad" }, ctx());
  await expect(connecting).rejects.toSatisfy((thrown: unknown) => isCloudError(thrown, "notFound"));
  expect(clustersOf(await discover(providerOf(own)))[0]?.endpoint).toBeNull();
});

test("at Google itself no answer leads the token to this machine, or to another port", async () => {
  const masterAuth = { clusterCaCertificate: Buffer.from("their own").toString("base64") };
  const serverAt = async (endpoint: string, options: GcpOptions) => {
    const cluster = { name: "bad", location: "europe-west1", status: "RUNNING", endpoint, masterAuth };
    const provider = createGcpProvider(
      { name: "test", options },
      {
        credentials: async () => ({ value: "ya29.of-nobody", expiresAtMs: null }),
        fetch: async (url) =>
          Response.json(url instanceof URL && url.pathname.endsWith("/bad") ? cluster : { clusters: [cluster] }),
      },
    );
    const [found] = clustersOf(await Array.fromAsync(provider.discovery.discover({}, ctx())));
    const { server } = await provider.credentials
      .connect({ id: "gcp/project-one/europe-west1/bad" }, ctx())
      .catch((error: unknown) => ({ server: isCloudError(error, "notFound") ? undefined : error }));
    return [found?.endpoint?.url, server];
  };
  const projects = ["project-one"];
  const sandbox = { projects, endpoints: { container: "http://localhost:8080" } };
  const elsewhere = { projects, endpoints: { container: "https://gke.example.com", compute: "http://127.0.0.1:1" } };
  for (const endpoint of ["127.0.0.1:8443", "35.232.74.53:8443"]) {
    const url = `https://${endpoint}`;
    expect(await serverAt(endpoint, { projects })).toEqual([undefined, undefined]);
    expect(await serverAt(endpoint, elsewhere)).toEqual([undefined, undefined]);
    expect(await serverAt(endpoint, sandbox)).toEqual([url, url]);
  }
  expect(await serverAt("35.232.74.53", { projects })).toEqual(["https://35.232.74.53", "https://35.232.74.53"]);
  expect(await serverAt("169.254.169.254", sandbox)).toEqual([undefined, undefined]);
});

test("unknown enum values, new fields and absent ones do not throw", async () => {
  const wire = {
    status: "HIBERNATING",
    brandNew: { deep: [1] },
    releaseChannel: { channel: 99 },
    autopilot: undefined,
    createTime: undefined,
  };
  const cloud: EmulatedCloud = {
    scopes: [{ id: "project-one", regions: [{ name: "europe-west1" }] }],
    clusters: [
      {
        scope: "project-one",
        region: "europe-west1",
        name: "odd",
        version: "1.35.1",
        wire,
        pools: [
          {
            name: "p",
            instanceType: "e2-medium",
            nodes: 3,
            wire: { status: 77, config: undefined, autoscaling: undefined },
          },
        ],
      },
    ],
  };
  await using own = await startGcpEmulator(cloud);
  const [cluster] = clustersOf(await discover(providerOf(own)));
  expect(cluster).toMatchObject({
    phase: "unknown",
    nodePools: [{ phase: "unknown", nodes: 3, purchase: "unknown", instanceTypes: [] }],
  });
  expect(cluster).not.toHaveProperty("serverless");
  expect(cluster).not.toHaveProperty("createdAtMs");
  expect(cluster).not.toHaveProperty("supportTier");
});
