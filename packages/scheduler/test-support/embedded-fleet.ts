import {
  type Cluster,
  type CloudProvider,
  createPriceList,
  type Ctx,
  type Document,
  type KubeCluster,
  type Prices,
  type RecordStore,
  systemClock,
} from "@flotilla/core";
import { connectKubeCluster } from "@flotilla/kube";
import { aCluster, type ApiServer, createMemoryStore, startApiServer } from "@flotilla/testing";
import { createScheduler, type Scheduler, type SchedulerDeps } from "../src/create-scheduler.ts";

interface EmbeddedMember {
  readonly cluster: Cluster;
  readonly server: ApiServer;
}

/** Some members, each an API server of its own in this process, and a scheduler over them. */
export interface EmbeddedFleet extends AsyncDisposable {
  readonly members: readonly EmbeddedMember[];
  readonly store: RecordStore;
  readonly scheduler: Scheduler;
  readonly ctx: Ctx;
  /** Another scheduler over the same members: another machine, or another fleet. */
  schedulerWith(deps: Partial<SchedulerDeps>): Scheduler;
  member(name: string): EmbeddedMember;
  /** Writing requests that were answered well since the last `forgetRequests`, as `METHOD path`. */
  writes(): readonly string[];
  forgetRequests(): void;
  connect(name: string): KubeCluster;
}

export interface EmbeddedFleetOptions {
  /** Bare names. Default `a`, `b`, `c`. */
  readonly names?: readonly string[];
  /** CPUs of each member's one node. Default 8. */
  readonly cpus?: number;
  readonly readyAfterMs?: number;
  readonly deps?: Partial<SchedulerDeps>;
}

const REGIONS: readonly string[] = ["eu-west-1", "europe-west4", "westeurope"];
const PROVIDERS: readonly string[] = ["aws", "gcp", "azure"];

export async function startEmbeddedFleet(options: EmbeddedFleetOptions = {}): Promise<EmbeddedFleet> {
  const { names = ["a", "b", "c"], cpus = 8, readyAfterMs = 0 } = options;
  const members = await Promise.all(
    names.map(async (name, index): Promise<EmbeddedMember> => {
      const node = { name: `${name}-1`, cpu: String(cpus), memory: "128Gi", pods: "1000" };
      const server = await startApiServer({ name, nodes: [node], readyAfterMs, uid: `uid-${name}` });
      const provider = PROVIDERS[index % PROVIDERS.length] ?? "aws";
      const region = REGIONS[index % REGIONS.length] ?? null;
      return { server, cluster: aCluster({ name, provider, region, id: `kubeconfig/test/-/${name}` }) };
    }),
  );
  const store = createMemoryStore(systemClock);
  const schedulerWith = (deps: Partial<SchedulerDeps>): Scheduler =>
    createScheduler({
      providers: [staticProvider(members)],
      connect: (cluster) => Promise.resolve(connectMember(memberOf(members, cluster.name))),
      store,
      prices: [flatPrices()],
      clusterTimeoutMs: 2_000,
      ...options.deps,
      ...deps,
    });
  return {
    members,
    store,
    scheduler: schedulerWith({}),
    ctx: { signal: new AbortController().signal },
    schedulerWith,
    member: (name) => memberOf(members, name),
    writes: () => members.flatMap(({ server, cluster }) => writesOf(server).map((line) => `${cluster.name} ${line}`)),
    forgetRequests: () => members.forEach(({ server }) => server.clearRequests()),
    connect: (name) => connectMember(memberOf(members, name)),
    async [Symbol.asyncDispose]() {
      await Promise.all(members.map(({ server }) => server.close()));
      await store[Symbol.asyncDispose]();
    },
  };
}

function writesOf(server: ApiServer): readonly string[] {
  const reads = new Set(["GET", "HEAD"]);
  return server.requests
    .filter(({ method, status, path }) => !reads.has(method) && status < 300 && !path.includes("dryRun"))
    .map(({ method, path }) => `${method} ${path.split("?")[0] ?? path}`);
}

function memberOf(members: readonly EmbeddedMember[], name: string): EmbeddedMember {
  const found = members.find(({ cluster }) => cluster.name === name);
  if (found === undefined) throw new Error(`no member ${name}`);
  return found;
}

function connectMember({ server, cluster }: EmbeddedMember): KubeCluster {
  const token = { value: server.adminToken, expiresAtMs: null };
  const tokens = { token: () => Promise.resolve(token), invalidate: () => undefined };
  const access = { server: server.url, caPem: server.caPem, auth: { kind: "bearer" as const, tokens } };
  return connectKubeCluster({ id: cluster.id, access });
}

function staticProvider(members: readonly EmbeddedMember[]): CloudProvider {
  return {
    id: "kubeconfig",
    name: "test",
    discovery: {
      async *discover() {
        for (const { cluster } of members) yield { type: "cluster", cluster };
        yield { type: "scopeDone", scope: "main" };
      },
    },
    credentials: { connect: () => Promise.reject(new Error("the fleet connects by itself")) },
  };
}

/** Every node costs the same, so that shares follow capacity alone. */
function flatPrices(): Prices {
  return createPriceList([{ nodePerHour: 100_000, asOfMs: 0 }], "test prices");
}

/** A document as a reader would give it, at line 1 of `app.yaml`. */
export function aDocument(value: unknown, file = "app.yaml"): Document {
  return { value, locate: () => ({ file, line: 1, column: 1 }) };
}
