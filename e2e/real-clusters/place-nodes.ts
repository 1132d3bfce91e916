import type { FakeNode } from "@flotilla/testing";
import type { Place } from "./place.ts";

/** The fake nodes of a place. `clusterIndex` (from 0) gives their pods addresses of their own. */
export function placeNodes(place: Place, clusterIndex: number, count: number): readonly FakeNode[] {
  return Array.from({ length: count }, (_, nodeIndex) => placeNode(place, clusterIndex, nodeIndex));
}

function placeNode(place: Place, clusterIndex: number, nodeIndex: number): FakeNode {
  const { cpu, memory, region, instanceType } = place;
  const name = `${place.name}-${nodeIndex + 1}`;
  const zone = place.zones[nodeIndex % place.zones.length] ?? region;
  return {
    name,
    cpu,
    memory,
    podCIDR: `10.${100 + clusterIndex}.${nodeIndex}.0/24`,
    providerID: providerId(place, zone, name, nodeIndex),
    labels: {
      "topology.kubernetes.io/region": region,
      "topology.kubernetes.io/zone": zone,
      "node.kubernetes.io/instance-type": instanceType,
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
