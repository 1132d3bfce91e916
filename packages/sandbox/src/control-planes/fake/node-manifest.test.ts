import type { FakeNode } from "@flotilla/testing";
import { expect, test } from "vitest";
import { nodeManifest } from "./node-manifest.ts";

interface Node {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly podCIDR: string; readonly taints?: unknown };
  readonly status: {
    readonly capacity: Readonly<Record<string, string>>;
    readonly allocatable: Readonly<Record<string, string>>;
    readonly addresses: readonly { readonly address: string }[];
  };
}

const NODE: FakeNode = { name: "n", cpu: "4", memory: "16Gi" };

function manifest(node: FakeNode, clusterIndex = 0, nodeIndex = 0): Node {
  return nodeManifest(node, clusterIndex, nodeIndex) as unknown as Node;
}

test("no two nodes of a fleet share an address or a pod range", () => {
  const nodes = [0, 1, 2].flatMap((cluster) => [0, 1, 254, 255].map((node) => manifest(NODE, cluster, node)));
  expect(new Set(nodes.map(({ spec }) => spec.podCIDR)).size).toBe(12);
  expect(new Set(nodes.map(({ status }) => status.addresses[0]?.address)).size).toBe(12);
});

test("what a node is said to have is what it has, and less of it where pods may use less", () => {
  const node = { ...NODE, pods: "30", extended: { "nvidia.com/gpu": "2" }, allocatable: { cpu: "3900m" } };
  const { capacity, allocatable } = manifest(node).status;
  expect(capacity).toEqual({
    cpu: "4",
    memory: "16Gi",
    pods: "30",
    "ephemeral-storage": "100Gi",
    "nvidia.com/gpu": "2",
  });
  expect(allocatable).toEqual({ ...capacity, cpu: "3900m" });
});

test("labels, taints and the pod range of the description go before the usual ones", () => {
  const taints = [{ key: "gpu", effect: "NoSchedule" }] as const;
  const node = manifest({ ...NODE, taints, podCIDR: "10.9.8.0/24", labels: { "kubernetes.io/arch": "arm64" } });
  expect(node.spec).toMatchObject({ podCIDR: "10.9.8.0/24", taints });
  expect(node.metadata.labels).toEqual({
    "kubernetes.io/hostname": "n",
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "arm64",
  });
});
