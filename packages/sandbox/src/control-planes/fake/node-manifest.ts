import type { FakeNode } from "@flotilla/testing";

/** Nodes with this annotation are kept alive by kwok; others would need a kubelet. */
export const FAKE_NODE_ANNOTATION = { key: "kwok.x-k8s.io/node", value: "fake" };

/** Of a node that does not say how much it takes. Source: the kubelet's default. */
const PODS_DEFAULT = "110";

/** The manifest of one fake node. `clusterIndex` and `nodeIndex` (from 0) give it addresses of its own. */
export function nodeManifest(
  node: FakeNode,
  clusterIndex: number,
  nodeIndex: number,
): Readonly<Record<string, unknown>> {
  const { name, cpu, memory, pods = PODS_DEFAULT, labels, taints, providerID, podCIDR, extended } = node;
  const podCidr = podCIDR ?? `10.${100 + (clusterIndex % 100)}.${nodeIndex}.0/24`;
  const capacity = { cpu, memory, pods, "ephemeral-storage": "100Gi", ...extended };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { [FAKE_NODE_ANNOTATION.key]: FAKE_NODE_ANNOTATION.value },
      labels: { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", ...labels },
    },
    spec: {
      podCIDR: podCidr,
      podCIDRs: [podCidr],
      ...(providerID === undefined ? {} : { providerID }),
      ...(taints === undefined ? {} : { taints }),
    },
    status: {
      capacity,
      allocatable: { ...capacity, ...node.allocatable },
      addresses: [
        { type: "InternalIP", address: `172.${16 + (clusterIndex % 16)}.${nodeIndex >> 8}.${(nodeIndex & 255) + 1}` },
        { type: "Hostname", address: name },
      ],
    },
  };
}
