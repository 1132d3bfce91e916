import type { Place } from "./place.ts";

/** Nodes with this annotation are kept alive by kwok; others would need a kubelet. */
export const FAKE_NODE_ANNOTATION = { key: "kwok.x-k8s.io/node", value: "fake" };

/** The manifest of one fake node. `clusterIndex` and `nodeIndex` (from 0) give it addresses of its own. */
export function fakeNode(place: Place, clusterIndex: number, nodeIndex: number): Readonly<Record<string, unknown>> {
  const name = `${place.name}-${nodeIndex + 1}`;
  const zone = place.zones[nodeIndex % place.zones.length] ?? place.region;
  const podCidr = `10.${100 + clusterIndex}.${nodeIndex}.0/24`;
  const amounts = { cpu: place.cpu, memory: place.memory, pods: "110", "ephemeral-storage": "100Gi" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { [FAKE_NODE_ANNOTATION.key]: FAKE_NODE_ANNOTATION.value },
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "topology.kubernetes.io/region": place.region,
        "topology.kubernetes.io/zone": zone,
        "node.kubernetes.io/instance-type": place.instanceType,
      },
    },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr], providerID: providerId(place, zone, name, nodeIndex) },
    status: {
      capacity: amounts,
      allocatable: amounts,
      addresses: [
        { type: "InternalIP", address: `172.${16 + (clusterIndex % 16)}.${nodeIndex >> 8}.${(nodeIndex & 255) + 1}` },
        { type: "Hostname", address: name },
      ],
    },
  };
}

/** Formats of the three cloud controller managers (`aws:///ZONE/INSTANCE`, `gce://PROJECT/ZONE/NAME`, `azure:///RESOURCE-ID`). */
function providerId(place: Place, zone: string, name: string, nodeIndex: number): string {
  switch (place.provider) {
    case "aws":
      return `aws:///${zone}/i-${nodeIndex.toString(16).padStart(17, "0")}`;
    case "gcp":
      return `gce://flotilla-e2e/${zone}/${name}`;
    case "azure":
      return (
        "azure:///subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/flotilla-e2e/providers/" +
        `Microsoft.Compute/virtualMachineScaleSets/${place.name}/virtualMachines/${nodeIndex}`
      );
    default:
      return place.provider satisfies never;
  }
}
