import type { Clock, KubeObject, ListInput, ListPage } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { readCapacity } from "./read-capacity.ts";

const Gi = 1024 ** 3;
const CLOCK: Clock = { nowMs: () => 42, sleep: () => new Promise(() => {}) };

interface NodeOptions {
  readonly ready?: string;
  readonly spec?: object;
  readonly labels?: Readonly<Record<string, string>>;
  readonly allocatable?: object;
}

function aNode(
  name: string,
  { ready = "True", spec = {}, labels = {}, allocatable = {} }: NodeOptions = {},
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
    spec,
    status: {
      allocatable: { cpu: "4", memory: "16Gi", pods: "110", ...allocatable },
      conditions: [
        { type: "MemoryPressure", status: "False" },
        { type: "Ready", status: ready },
      ],
    },
  };
}

function aPod(nodeName: string | undefined, cpu: string): KubeObject {
  const spec = { nodeName, containers: [{ resources: { requests: { cpu, memory: "1Gi" } } }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
}

/** One page of each; pods only when asked for the unfinished ones. */
function lists(nodes: readonly KubeObject[], pods: readonly KubeObject[], before: readonly ListPage[] = []) {
  return async function* (input: ListInput): AsyncGenerator<ListPage> {
    if (input.kind === "Node") yield* before;
    else expect(input.fieldSelector).toBe("status.phase!=Succeeded,status.phase!=Failed");
    const page = { items: input.kind === "Node" ? nodes : pods, resourceVersion: "1" };
    yield input.kind === "Node" && before.length > 0 ? { ...page, restarted: true } : page;
  };
}

describe("capacity", () => {
  test("counts ready, schedulable nodes and what is bound to them, and nothing else", async () => {
    const nodes = [
      aNode("a"),
      aNode("b"),
      aNode("cordoned", { spec: { unschedulable: true } }),
      aNode("down", { ready: "Unknown" }),
    ];
    const pods = [aPod("a", "500m"), aPod("a", "1"), aPod("cordoned", "2"), aPod("gone", "2"), aPod(undefined, "2")];
    const capacity = await readCapacity(lists(nodes, pods), CLOCK);
    expect(capacity).toMatchObject({
      allocatable: { cpuMilli: 8000, memoryBytes: 32 * Gi, pods: 220 },
      requested: { cpuMilli: 1500, memoryBytes: 2 * Gi, pods: 2 },
      nodes: 4,
      takenAtMs: 42,
    });
    expect(capacity.shapes.map(({ count, labels }) => ({ count, labels }))).toEqual([{ count: 2, labels: {} }]);
    expect(capacity.freeNodes).toEqual([
      { shape: 0, free: { cpuMilli: 2500, memoryBytes: 14 * Gi, pods: 108 } },
      { shape: 0, free: { cpuMilli: 4000, memoryBytes: 16 * Gi, pods: 110 } },
    ]);
  });

  test("never calls more free than nothing", async () => {
    const node = aNode("a", { allocatable: { "nvidia.com/gpu": "1" } });
    const pod = aPod("a", "5");
    (
      pod["spec"] as { containers: { resources: { requests: Record<string, string> } }[] }
    ).containers[0]!.resources.requests["nvidia.com/gpu"] = "2";
    const { freeNodes } = await readCapacity(lists([node], [pod]), CLOCK);
    expect(freeNodes).toEqual([
      { shape: 0, free: { cpuMilli: 0, memoryBytes: 15 * Gi, pods: 109, extended: { "nvidia.com/gpu": 0 } } },
    ]);
  });

  test("forgets the pages of a list that started anew", async () => {
    const before = [{ items: [aNode("a"), aNode("b")], resourceVersion: "1" }];
    const { nodes, freeNodes } = await readCapacity(lists([aNode("a")], [], before), CLOCK);
    expect([nodes, freeNodes.length]).toEqual([1, 1]);
  });

  test.each([
    [{ "eks.amazonaws.com/capacityType": "SPOT" }, "aws:///eu-west-1a/i-1", "spot", "aws"],
    [{ "eks.amazonaws.com/capacityType": "ON_DEMAND" }, "", "onDemand", undefined],
    [{ "karpenter.sh/capacity-type": "spot" }, "aws:///x/i-1", "spot", "aws"],
    [{ "cloud.google.com/gke-spot": "true" }, "gce://p/z/n", "spot", "gcp"],
    [{ "cloud.google.com/gke-preemptible": "true" }, "gce://p/z/n", "spot", "gcp"],
    [{ "kubernetes.azure.com/scalesetpriority": "spot" }, "azure:///subscriptions/s", "spot", "azure"],
    [{ "eks.amazonaws.com/capacityType": "CAPACITY_BLOCK" }, "aws:///eu-west-1a/i-1", "unknown", "aws"],
    [{ "cloud.google.com/gke-flex-start": "true" }, "gce://p/z/n", "unknown", "gcp"],
    [{}, "azure:///subscriptions/s", "onDemand", "azure"],
    [{}, "kind://docker/kind/n", "unknown", "kind"],
    [{}, "", "unknown", undefined],
  ])("purchase of a node with %j at %s is %s", async (labels, providerID, purchase, provider) => {
    const { shapes } = await readCapacity(lists([aNode("a", { labels, spec: { providerID } })], []), CLOCK);
    expect(shapes.map((shape) => [shape.purchase, shape.provider])).toEqual([[purchase, provider]]);
  });

  test("nodes are of one shape only where everything that decides is the same", async () => {
    const labels = {
      "topology.kubernetes.io/region": "r",
      "failure-domain.beta.kubernetes.io/zone": "z",
      "beta.kubernetes.io/instance-type": "m",
    };
    const taints = [{ key: "k", value: "v", effect: "NoSchedule" }];
    const nodes = [
      aNode("a", { labels }),
      aNode("b", { labels: { ...labels, own: "b" } }),
      aNode("c", { labels, spec: { taints } }),
      aNode("d", { labels: { ...labels, tier: "gold" } }),
    ];
    const { shapes } = await readCapacity(lists(nodes, []), CLOCK);
    const told = shapes.map(
      ({ count, taints, labels: { tier } }) => `${count} nodes, ${taints.length} taints, ${tier}`,
    );
    expect(new Set(told)).toEqual(
      new Set(["1 nodes, 0 taints, gold", "1 nodes, 1 taints, undefined", "2 nodes, 0 taints, undefined"]),
    );
    expect(shapes[0]).toMatchObject({ region: "r", zone: "z", instanceType: "m" });
  });
});
