import type { ClusterNetwork } from "@flotilla/core";
import type { AksCluster } from "./aks-types.ts";
import type { VirtualNetwork } from "./network-client.ts";

/** Finds the network of each cluster of one subscription. */
export type NetworkFinder = (cluster: AksCluster) => ClusterNetwork;

/**
 * The network that somebody brought is named by the pools' subnet. The one that AKS makes itself is not in the answer: it is
 * the only one in the resource group that AKS keeps for the cluster.
 */
export function networkFinder(networks: readonly VirtualNetwork[]): NetworkFinder {
  const byId = new Map(networks.map((network) => [network.id, network]));
  const byGroup = Map.groupBy(networks, ({ id }) => groupOf(id));
  return (cluster) => {
    const { podCidr, podCidrs, serviceCidr, serviceCidrs } = cluster.networkProfile ?? {};
    const brought = broughtNetwork(cluster);
    const [made, ...others] = byGroup.get(cluster.nodeResourceGroup?.toLowerCase() ?? "") ?? [];
    const network = brought === undefined ? (others.length === 0 ? made : undefined) : byId.get(brought);
    return {
      id: brought ?? network?.id ?? null,
      cidrs: network?.cidrs ?? [],
      podCidrs: rangesOf(podCidrs, podCidr),
      serviceCidrs: rangesOf(serviceCidrs, serviceCidr),
    };
  };
}

/** Resource ids are compared without case, so they are told in lower case. */
function broughtNetwork({ agentPoolProfiles }: AksCluster): string | undefined {
  const subnet = (agentPoolProfiles ?? []).find(({ vnetSubnetID }) => vnetSubnetID !== undefined)?.vnetSubnetID;
  return subnet?.toLowerCase().replace(/\/subnets\/.*$/, "");
}

function groupOf(id: string): string | undefined {
  return /\/resourcegroups\/([^/]+)\//.exec(id)?.[1];
}

/** Answers of old versions hold one range where new ones hold a list. */
function rangesOf(many: readonly string[] | undefined, one: string | undefined): readonly string[] {
  const all = many ?? [];
  if (all.length > 0) return all;
  return one === undefined || one === "" ? [] : [one];
}
