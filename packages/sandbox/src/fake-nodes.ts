import type { FakeNode } from "@flotilla/testing";
import type { SandboxCloud, SandboxMember, SandboxPool } from "./sandbox-member.ts";

/** What of a member and of its pools its nodes are made from. */
export interface NodesOf extends Pick<SandboxMember, "name" | "cloud" | "region"> {
  readonly pools: readonly NodePoolOf[];
}

type NodePoolOf = Omit<SandboxPool, "nodePerHour">;

/** The nodes of a member as its cloud would label them: what a kubeconfig member's facts are read from. */
export function fakeNodes(member: NodesOf): readonly FakeNode[] {
  return member.pools.flatMap((pool, poolIndex) =>
    Array.from({ length: pool.nodes }, (_, index) => fakeNode(member, pool, poolIndex, index)),
  );
}

function fakeNode(member: NodesOf, pool: NodePoolOf, poolIndex: number, index: number): FakeNode {
  const zone = pool.zones[index % pool.zones.length] ?? member.region;
  const name = `${member.name}-${poolIndex}-${index}`;
  return {
    name,
    cpu: pool.cpu,
    memory: pool.memory,
    pods: "110",
    providerID: providerId(member.cloud, zone, name),
    podCIDR: `10.${poolIndex + 1}.${index}.0/24`,
    labels: {
      "kubernetes.io/arch": "amd64",
      "kubernetes.io/os": "linux",
      "kubernetes.io/hostname": name,
      "node.kubernetes.io/instance-type": pool.instanceType,
      "topology.kubernetes.io/region": member.region,
      "topology.kubernetes.io/zone": zone,
      ...purchaseLabels(member.cloud, pool.purchase ?? "onDemand"),
    },
  };
}

/** The forms that the clouds' controllers write. Source: each cloud-provider's `GetInstanceProviderID`. */
function providerId(cloud: SandboxCloud, zone: string, name: string): string {
  switch (cloud) {
    case "aws":
      return `aws:///${zone}/i-${name}`;
    case "gcp":
      return `gce://sandbox/${zone}/${name}`;
    case "azure":
      return `azure:///subscriptions/sandbox/resourceGroups/sandbox/providers/Microsoft.Compute/virtualMachines/${name}`;
    default:
      return cloud satisfies never;
  }
}

function purchaseLabels(cloud: SandboxCloud, purchase: "onDemand" | "spot"): Readonly<Record<string, string>> {
  const isSpot = purchase === "spot";
  switch (cloud) {
    case "aws":
      return { "eks.amazonaws.com/capacityType": isSpot ? "SPOT" : "ON_DEMAND" };
    case "gcp":
      return isSpot ? { "cloud.google.com/gke-spot": "true" } : {};
    case "azure":
      return isSpot ? { "kubernetes.azure.com/scalesetpriority": "spot" } : {};
    default:
      return cloud satisfies never;
  }
}
