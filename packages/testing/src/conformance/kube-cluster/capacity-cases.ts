import assert from "node:assert/strict";
import {
  parseCount,
  parseCpuMilli,
  parseMemoryBytes,
  type ClusterCapacity,
  type KubeObject,
  type ResourceAmounts,
} from "@flotilla/core";
import { MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";

const CPU_MILLI = 250;
const MEMORY_BYTES = 64 * 1024 * 1024;

/** Needs nodes. */
export const CAPACITY_CASES: readonly KubeCheck[] = [
  ["allocatable is the sum over ready, schedulable nodes, and the shapes add up to it", addsUp],
  ["requested grows by exactly what a bound pod asks for, and shrinks when it is gone", followsPods],
];

async function addsUp({ cluster, ctx }: KubeBench): Promise<void> {
  const pages = await Array.fromAsync(cluster.list({ apiVersion: "v1", kind: "Node" }, ctx));
  const nodes = pages.flatMap(({ items }) => items as readonly NodeObject[]);
  const ready = nodes.filter(isReady);
  const capacity = await cluster.capacity(ctx);
  assert.ok(ready.length > 0, "the harness promised nodes");
  assert.equal(capacity.nodes, nodes.length);
  assert.deepEqual(plain(capacity.allocatable), sum(ready.map(allocatableOf)));
  assert.equal(
    capacity.shapes.reduce((count, shape) => count + shape.count, 0),
    ready.length,
  );
  assert.deepEqual(
    sum(capacity.shapes.map(({ allocatable, count }) => scale(allocatable, count))),
    plain(capacity.allocatable),
  );
  assert.equal(capacity.freeNodes.length, ready.length);
  for (const { shape, free } of capacity.freeNodes) {
    const whole = capacity.shapes[shape]?.allocatable;
    assert.ok(whole !== undefined && free.cpuMilli <= whole.cpuMilli && free.memoryBytes <= whole.memoryBytes);
  }
  assert.ok(Math.abs(Date.now() - capacity.takenAtMs) < 60_000);
}

async function followsPods({ cluster, namespace, ctx, eventually }: KubeBench): Promise<void> {
  // Pods of an earlier case may still be going: wait until two looks agree.
  let before = await cluster.capacity(ctx);
  before = await eventually("the cluster to rest", async () => {
    const last = before;
    before = await cluster.capacity(ctx);
    return isSame(last, before) ? before : undefined;
  });
  const nodeName = await firstReadyNode(cluster, ctx);
  const bound = aBoundPod(namespace, nodeName);
  await eventually("the service account that pods need", async () =>
    cluster.get({ apiVersion: "v1", kind: "ServiceAccount", namespace, name: "default" }, ctx),
  );
  await cluster.create(bound, { fieldManager: MANAGER }, ctx);
  const during = await cluster.capacity(ctx);
  assert.deepEqual(
    plain(during.requested),
    sum([before.requested, { cpuMilli: CPU_MILLI, memoryBytes: MEMORY_BYTES, pods: 1 }]),
  );
  assert.equal(freeCpuMilli(before) - freeCpuMilli(during), CPU_MILLI);
  await cluster.delete({ apiVersion: "v1", kind: "Pod", namespace, name: "bound" }, {}, ctx);
  await eventually("the pod to be gone", async () => (isSame(before, await cluster.capacity(ctx)) ? true : undefined));
}

/** Init containers count by their maximum, not by their sum: 250m and 64Mi in all. */
function aBoundPod(namespace: string, nodeName: string): KubeObject {
  const asking = (name: string, cpu: string, memory: string) => ({
    name,
    image: "registry.example/pause:1",
    resources: { requests: { cpu, memory } },
  });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "bound", namespace },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 0,
      initContainers: [asking("first", "250m", "8Mi"), asking("second", "100m", "64Mi")],
      containers: [asking("a", "100m", "16Mi"), asking("b", "0.05", "16Mi")],
    },
  };
}

type NodeObject = KubeObject & {
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: {
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
};

function isReady({ spec, status }: NodeObject): boolean {
  const ready = status?.conditions?.find(({ type }) => type === "Ready");
  return spec?.unschedulable !== true && ready?.status === "True";
}

async function firstReadyNode(cluster: KubeBench["cluster"], ctx: KubeBench["ctx"]): Promise<string> {
  for await (const { items } of cluster.list({ apiVersion: "v1", kind: "Node" }, ctx)) {
    const ready = (items as readonly NodeObject[]).find(isReady);
    if (ready !== undefined) return ready.metadata.name;
  }
  return assert.fail("no node is ready");
}

function allocatableOf({ status }: NodeObject): ResourceAmounts {
  const { cpu = "0", memory = "0", pods = "0" } = status?.allocatable ?? {};
  return {
    cpuMilli: parseCpuMilli(cpu) ?? 0,
    memoryBytes: parseMemoryBytes(memory) ?? 0,
    pods: parseCount(pods) ?? 0,
  };
}

/** Without extended resources, which differ from server to server. */
function plain({ cpuMilli, memoryBytes, pods }: ResourceAmounts): ResourceAmounts {
  return { cpuMilli, memoryBytes, pods };
}

function sum(amounts: readonly ResourceAmounts[]): ResourceAmounts {
  return amounts.reduce<ResourceAmounts>(
    (total, each) => ({
      cpuMilli: total.cpuMilli + each.cpuMilli,
      memoryBytes: total.memoryBytes + each.memoryBytes,
      pods: total.pods + each.pods,
    }),
    { cpuMilli: 0, memoryBytes: 0, pods: 0 },
  );
}

function scale({ cpuMilli, memoryBytes, pods }: ResourceAmounts, by: number): ResourceAmounts {
  return { cpuMilli: cpuMilli * by, memoryBytes: memoryBytes * by, pods: pods * by };
}

function freeCpuMilli({ freeNodes }: ClusterCapacity): number {
  return freeNodes.reduce((total, { free }) => total + free.cpuMilli, 0);
}

function isSame(a: ClusterCapacity, b: ClusterCapacity): boolean {
  return JSON.stringify(plain(a.requested)) === JSON.stringify(plain(b.requested));
}
