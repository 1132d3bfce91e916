import { aCluster, aMember, createVirtualClock } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import type { Cluster } from "../cluster/cluster.ts";
import type { ClusterCapacity, NodeShape } from "../cluster/cluster-capacity.ts";
import { compareIds } from "../cluster/compare-ids.ts";
import { CloudError } from "../errors/cloud-error.ts";
import type { KubeCluster } from "../kube/kube-cluster.ts";
import { createPriceList } from "../money/price-list.ts";
import { known, unknownPrice } from "../money/usd.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { Offering, Prices } from "../provider/prices.ts";
import type { FleetSnapshot } from "./fleet-snapshot.ts";
import type { ObserveFleetDeps } from "./observe-fleet-deps.ts";
import { observeFleet } from "./observe-fleet.ts";

const forever = (): Promise<never> => new Promise(() => undefined);

function capacityOf(cluster: Cluster): ClusterCapacity {
  const { capacity } = aMember(cluster, [{ nodes: 2 }]);
  if (capacity === null) throw new Error("the builder gives a capacity");
  return capacity;
}

type Answers = Partial<Pick<KubeCluster, "version" | "kinds" | "capacity" | "get">> & { readonly uid?: string };

/** The API of a healthy cluster, but for what the test changes. */
function anApi(cluster: Cluster, { uid = `uid of ${cluster.name}`, ...changes }: Answers = {}): KubeCluster {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid } };
  const api: Partial<KubeCluster> = {
    id: cluster.id,
    version: async () => "v1.36.3",
    kinds: async () => [
      { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true, verbs: [] },
    ],
    get: async () => namespace,
    capacity: async () => capacityOf(cluster),
    ...changes,
  };
  return api as KubeCluster; // the other methods are not part of observing
}

interface Given extends Partial<Omit<ObserveFleetDeps, "clock" | "connect">> {
  readonly apis?: Readonly<Record<string, Answers | ((ctx: Ctx) => Promise<never>)>>;
  readonly signal?: AbortSignal;
}

/** Observes these clusters in virtual time. */
async function observe(
  clusters: readonly Cluster[],
  given: Given = {},
): Promise<{ readonly snapshot: FleetSnapshot; readonly elapsedMs: number; readonly connected: string[] }> {
  const { apis = {}, signal = new AbortController().signal, ...deps } = given;
  const clock = createVirtualClock(0);
  const connected: string[] = [];
  const connect = async (cluster: Cluster, ctx: Ctx): Promise<KubeCluster> => {
    connected.push(cluster.id);
    const answers = apis[cluster.name];
    return typeof answers === "function" ? answers(ctx) : anApi(cluster, answers);
  };
  const observation = { takenAtMs: 0, clusters, gaps: [] };
  const work = observeFleet({ prices: [], ...deps, clock, connect }, observation, { signal });
  const snapshot = await clock.run(work);
  expect(clock.sleeping).toBe(0);
  return { snapshot, elapsedMs: clock.nowMs(), connected };
}

function member(snapshot: FleetSnapshot, name: string): FleetSnapshot["clusters"][number] {
  const found = snapshot.clusters.find(({ cluster }) => cluster.name === name);
  if (found === undefined) throw new Error(`no member ${name}`);
  return found;
}

const aShape: NodeShape = {
  instanceType: "m5.large",
  region: "eu-west-1",
  zone: null,
  purchase: "onDemand",
  count: 1,
  allocatable: { cpuMilli: 1, memoryBytes: 1, pods: 1 },
  labels: {},
  taints: [],
};
const a = aCluster({ name: "a" });
const b = aCluster({ name: "b" });
const denied = async (): Promise<never> => {
  throw new CloudError("denied", "may not list nodes");
};

describe("a cluster in trouble keeps its place and costs the others nothing", () => {
  test("one that does not answer has a problem after its deadline", async () => {
    const { snapshot, elapsedMs } = await observe([a, b], { apis: { a: forever } });
    const { cluster, capacity } = member(snapshot, "a");
    expect({ phase: cluster.phase, problem: cluster.problem, capacity }).toEqual({
      phase: "unknown",
      problem: { kind: "transient", message: `${a.id}: no answer within 10 s` },
      capacity: null,
    });
    expect(member(snapshot, "b").capacity).toEqual(capacityOf(b));
    expect(elapsedMs).toBe(10_000);
  });

  test("one that answers at first and then hangs", async () => {
    const { snapshot } = await observe([a], {
      apis: { a: { capacity: forever } },
      options: { clusterTimeoutMs: 3_000 },
    });
    expect(member(snapshot, "a").cluster.problem?.message).toContain("no answer within 3 s");
  });

  test("one that refuses the token", async () => {
    const refusing = async (): Promise<never> => {
      throw new CloudError("unauthenticated", "the token has expired");
    };
    const { snapshot } = await observe([a], { apis: { a: refusing } });
    expect(member(snapshot, "a").cluster).toMatchObject({
      phase: "unknown",
      problem: { kind: "unauthenticated", message: "the token has expired" },
    });
  });

  test("one whose nodes may not be read is healthy, of unknown capacity", async () => {
    const { snapshot } = await observe([a], { apis: { a: { capacity: denied, get: denied } } });
    const { cluster, capacity, capacityProblem } = member(snapshot, "a");
    expect({ phase: cluster.phase, problem: cluster.problem, uid: cluster.uid, capacity, capacityProblem }).toEqual({
      phase: "ready",
      problem: undefined,
      uid: undefined,
      capacity: null,
      capacityProblem: "may not list nodes",
    });
  });

  test.each<[string, Partial<ClusterCapacity>]>([
    ["negative room", { allocatable: { cpuMilli: -1, memoryBytes: 1, pods: 1 } }],
    [
      "a node of less than nothing",
      { shapes: [{ ...aShape, allocatable: { cpuMilli: -1, memoryBytes: 1, pods: 1 } }] },
    ],
    ["a negative count of nodes", { shapes: [{ ...aShape, count: -1 }] }],
    ["a fraction of a node", { nodes: 1.5 }],
    ["endless use", { requested: { cpuMilli: Infinity, memoryBytes: 0, pods: 0 } }],
    ["room on a node of no shape", { freeNodes: [{ shape: 7, free: { cpuMilli: 1, memoryBytes: 1, pods: 1 } }] }],
  ])("one that reports %s is not believed", async (_name, lie) => {
    const { snapshot } = await observe([a], { apis: { a: { capacity: async () => ({ ...capacityOf(a), ...lie }) } } });
    expect(member(snapshot, "a")).toMatchObject({
      capacity: null,
      capacityProblem: expect.stringContaining("impossible") as string,
    });
  });

  test("an overcommitted node is a fact, not a lie", async () => {
    const over = { ...capacityOf(a), freeNodes: [{ shape: 0, free: { cpuMilli: -500, memoryBytes: 0, pods: 3 } }] };
    const { snapshot } = await observe([a], { apis: { a: { capacity: async () => over } } });
    expect(member(snapshot, "a").capacity).toEqual(over);
  });

  test.each<[string, Partial<Cluster>]>([
    ["being created", { phase: "creating" }],
    ["being deleted", { phase: "deleting" }],
    ["stopped", { phase: "stopped" }],
    ["known not to be readable", { problem: { kind: "denied", message: "no" } }],
  ])("one %s is not knocked at", async (_name, facts) => {
    const { snapshot, connected } = await observe([aCluster({ ...facts })]);
    expect(connected).toEqual([]);
    expect(snapshot.clusters[0]).toMatchObject({
      capacity: null,
      capacityProblem: expect.stringMatching(/^not asked/) as string,
    });
  });

  test("hundreds of dead ones are asked so many at a time", async () => {
    const dead = Array.from({ length: 100 }, (_, index) => aCluster({ name: `dead-${index}` }));
    const apis = Object.fromEntries(dead.map(({ name }) => [name, forever]));
    const { snapshot, elapsedMs } = await observe(dead, {
      apis,
      options: { concurrency: 50, clusterTimeoutMs: 1_000 },
    });
    expect(elapsedMs).toBe(2_000);
    expect(snapshot.clusters.every(({ cluster }) => cluster.problem !== undefined)).toBe(true);
  });

  test("an abort ends it with its reason", async () => {
    const controller = new AbortController();
    const work = observe([a, b], {
      apis: {
        a: forever,
        b: async () => {
          controller.abort(new Error("interrupted"));
          return forever();
        },
      },
      signal: controller.signal,
    });
    await expect(work).rejects.toThrow("interrupted");
  });
});

describe("what the nodes tell", () => {
  const bare = aCluster({
    id: "kubeconfig/local/-/a",
    provider: "kubeconfig",
    scope: "local",
    region: null,
    zones: [],
    phase: "unknown",
    kubernetesVersion: null,
  });
  const capacity: ClusterCapacity = {
    ...capacityOf(a),
    shapes: [
      { ...aShape, provider: "aws", region: "us-east-1", zone: "us-east-1b", count: 1 },
      { ...aShape, provider: "aws", region: "eu-west-1", zone: "eu-west-1b", count: 1 },
      { ...aShape, provider: "aws", region: "eu-west-1", zone: "eu-west-1a", count: 1 },
    ],
  };
  const apis = { a: { capacity: async () => capacity } };

  test("fills in what a kubeconfig does not: provider, region of most nodes, zones, version, readiness", async () => {
    const { snapshot } = await observe([bare], { apis });
    expect(member(snapshot, "a").cluster).toMatchObject({
      provider: "aws",
      region: "eu-west-1",
      zones: ["eu-west-1a", "eu-west-1b", "us-east-1b"],
      kubernetesVersion: "v1.36.3",
      phase: "ready",
    });
  });

  test.each<[string, readonly Partial<NodeShape>[], string | null]>([
    [
      "most nodes, not most shapes",
      [
        { region: "x" },
        { region: "y", zone: "1" },
        { region: "x", zone: "2", count: 5 },
        { region: "y", count: 3 },
        { region: "y", count: 2 },
      ],
      "x",
    ],
    ["the first by name of equals", [{ region: "y" }, { region: "x" }], "x"],
    ["those that tell", [{ region: null, count: 9 }, { region: "x" }], "x"],
    ["nobody", [{ region: null }], null],
  ])("believes %s about the region", async (_name, shapes, region) => {
    const told = { ...capacity, shapes: shapes.map((each) => ({ ...aShape, ...each })), freeNodes: [] };
    const { snapshot } = await observe([bare], { apis: { a: { capacity: async () => told } } });
    expect(member(snapshot, "a").cluster.region).toBe(region);
  });

  test("an empty cluster is a healthy one", async () => {
    const empty = { ...capacity, nodes: 0, shapes: [], freeNodes: [] };
    const { snapshot } = await observe([bare], { apis: { a: { capacity: async () => empty } } });
    expect(member(snapshot, "a")).toMatchObject({
      capacity: empty,
      cluster: { region: null, zones: [], provider: "kubeconfig" },
    });
  });

  test("never changes what the cloud has said", async () => {
    const told = { ...a, phase: "degraded" as const, kubernetesVersion: "1.30", zones: ["z"], region: "r" };
    const { snapshot } = await observe([told], { apis });
    expect(member(snapshot, "a").cluster).toEqual({ ...told, uid: "uid of a" });
  });

  test("gives way to the configuration's corrections", async () => {
    const adjust = (cluster: Cluster): Cluster => ({ ...cluster, region: "moon", labels: { tier: "gold" } });
    const { snapshot } = await observe([bare], { apis, adjust });
    expect(member(snapshot, "a").cluster).toMatchObject({ region: "moon", labels: { tier: "gold" }, provider: "aws" });
  });

  test("kinds are listed only when asked for", async () => {
    const without = await observe([a]);
    const with_ = await observe([a], { options: { kinds: true } });
    expect([member(without.snapshot, "a").kinds, member(with_.snapshot, "a").kinds]).toEqual([
      undefined,
      new Set(["apps/v1/Deployment"]),
    ]);
  });
});

describe("aliases", () => {
  const cloud = aCluster({ id: "aws/1/eu-west-1/prod", name: "prod" });
  const context = aCluster({ id: "kubeconfig/local/-/ctx", name: "ctx" });
  const apis = { prod: { uid: "same" }, ctx: { uid: "same" } };

  test("two ids of one cluster are one member under the smaller id", async () => {
    const { snapshot } = await observe([context, cloud, a], { apis });
    expect(snapshot.clusters.map(({ cluster }) => [cluster.id, cluster.aliasIds])).toEqual([
      [cloud.id, [context.id]],
      [a.id, undefined],
    ]);
  });

  test("a correction may name the member by its alias", async () => {
    const adjust = (cluster: Cluster): Cluster =>
      [cluster.id, ...(cluster.aliasIds ?? [])].includes(context.id)
        ? { ...cluster, labels: { tier: "gold" } }
        : cluster;
    const { snapshot } = await observe([cloud, context], { apis, adjust });
    expect(member(snapshot, "prod").cluster.labels).toEqual({ tier: "gold" });
  });

  test("clusters without a readable UID are never taken for one", async () => {
    const { snapshot } = await observe([cloud, context], { apis: { prod: { get: denied }, ctx: { get: denied } } });
    expect(snapshot.clusters).toHaveLength(2);
  });
});

describe("prices", () => {
  function asking(quote: Prices["quote"], perCluster = false): Prices & { readonly asked: Offering[] } {
    const asked: Offering[] = [];
    return {
      asked,
      perCluster,
      quote(offering, ctx) {
        asked.push(offering);
        return quote(offering, ctx);
      },
    };
  }
  const cents = async (): Promise<ReturnType<typeof known>> => known(10_000, "cloud", 0);

  test("a price file goes before the cloud, which fills what it leaves out", async () => {
    const file = createPriceList([{ clusters: { names: ["a"] }, nodePerHour: 5, asOfMs: 0 }], "prices.yaml");
    const { snapshot } = await observe([a, b], { prices: [file, asking(cents)] });
    expect(member(snapshot, "a").prices).toEqual({
      nodePerHour: [known(5, "prices.yaml", 0)],
      controlPlanePerHour: known(10_000, "cloud", 0),
    });
    expect(member(snapshot, "b").prices.nodePerHour).toEqual([known(10_000, "cloud", 0)]);
  });

  test("the same machine is asked about once, however many clusters have it", async () => {
    const cloud = asking(cents);
    const clusters = Array.from({ length: 20 }, (_, index) => aCluster({ name: `c${index}` }));
    await observe(clusters, { prices: [cloud] });
    expect(cloud.asked.map((offering) => offering.kind).sort()).toEqual(["controlPlane", "node"]);
  });

  test("a source whose answer depends on the member is asked for each", async () => {
    const perMember = asking(cents, true);
    await observe([a, b], { prices: [perMember] });
    expect(perMember.asked.map(({ clusterId = "" }) => clusterId).sort(compareIds)).toEqual([a.id, a.id, b.id, b.id]);
  });

  test("a machine is asked about where it stands, a control plane by its tier", async () => {
    const cloud = asking(cents);
    const told = {
      ...capacityOf(a),
      shapes: [
        { ...aShape, provider: "gcp", region: "elsewhere", zone: "z", labels: { "kubernetes.io/os": "windows" } },
      ],
      freeNodes: [],
    };
    await observe([{ ...a, supportTier: "premium" }], { prices: [cloud], apis: { a: { capacity: async () => told } } });
    expect(cloud.asked.map(({ labels: _labels, cluster: _cluster, ...offering }) => offering)).toEqual([
      {
        kind: "controlPlane",
        provider: "aws",
        region: "eu-west-1",
        supportTier: "premium",
        clusterId: a.id,
        clusterName: "a",
      },
      {
        kind: "node",
        provider: "gcp",
        region: "elsewhere",
        zone: "z",
        instanceType: "m5.large",
        purchase: "onDemand",
        nodeLabels: { "kubernetes.io/os": "windows" },
        clusterId: a.id,
        clusterName: "a",
      },
    ]);
  });

  test("a free machine has a price", async () => {
    const { snapshot } = await observe([a], { prices: [asking(async () => known(0, "cloud", 0))] });
    expect(member(snapshot, "a").prices.controlPlanePerHour).toEqual(known(0, "cloud", 0));
  });

  test("an unknown price says what each source said", async () => {
    const { snapshot } = await observe([a], {
      prices: [
        asking(async () => unknownPrice("not in the file")),
        asking(async () => {
          throw new CloudError("denied", "may not read prices");
        }),
        asking(async () => ({ known: true, microUsd: -1, source: "odd", asOfMs: 0 })),
      ],
    });
    expect(member(snapshot, "a").prices.controlPlanePerHour).toEqual(
      unknownPrice(
        "not in the file; a price source failed: may not read prices; odd gave an impossible price of -1 micro-USD",
      ),
    );
  });

  test("without a source the reason is that there is none", async () => {
    const { snapshot } = await observe([a]);
    expect(member(snapshot, "a").prices.nodePerHour).toEqual([unknownPrice("no price source is configured")]);
  });

  test("a source that hangs costs one deadline, not one per question", async () => {
    const clusters = Array.from({ length: 200 }, (_, index) => aCluster({ name: `c${index}`, region: `r${index}` }));
    const { snapshot, elapsedMs } = await observe(clusters, {
      prices: [asking(forever), asking(cents)],
      options: { concurrency: 4 },
    });
    expect(elapsedMs).toBe(10_000);
    expect(snapshot.clusters.every(({ prices }) => prices.controlPlanePerHour.known)).toBe(true);
  });
});

test("the snapshot is sorted by id whatever the order of the observation", async () => {
  const clusters = ["c", "a", "b"].map((name) => aCluster({ name }));
  const { snapshot } = await observe(clusters);
  expect(snapshot.clusters.map(({ cluster }) => cluster.name)).toEqual(["a", "b", "c"]);
});
