import { type EmulatedCluster, type EmulatorReply, stableHex } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import type { AzureRequest } from "./azure-request.ts";
import { armIdOf, nodeGroupOf, sameName } from "./cluster-place.ts";

/** Those that clusters were brought to, once each, and those that AKS made itself. */
export function listVirtualNetworks(asked: AzureRequest): EmulatorReply {
  const { subscription = "" } = asked.params;
  const networks = new Map<string, readonly [id: string, first: EmulatedCluster]>();
  for (const cluster of asked.world.fleet.listed(({ scope }) => sameName(scope, subscription))) {
    const id = cluster.network?.id ?? madeNetworkId(cluster);
    const isHere = id.toLowerCase().startsWith(`/subscriptions/${subscription.toLowerCase()}/`);
    if (isHere && !networks.has(id.toLowerCase())) networks.set(id.toLowerCase(), [id, cluster]);
  }
  return armList(asked, [...networks.values()], ([id, cluster]) => virtualNetwork(id, cluster));
}

/** AKS makes one in the group it keeps for the cluster, with these very ranges. */
function madeNetworkId(cluster: EmulatedCluster): string {
  const group = `/subscriptions/${cluster.scope}/resourceGroups/${nodeGroupOf(cluster)}`;
  return `${group}/providers/Microsoft.Network/virtualNetworks/aks-vnet-${stableHex(8, armIdOf(cluster))}`;
}

const MADE_CIDRS = ["10.224.0.0/12"];
const MADE_SUBNET_CIDRS = ["10.224.0.0/16"];

function virtualNetwork(id: string, cluster: EmulatedCluster): unknown {
  const { cidrs = MADE_CIDRS, subnetCidrs = MADE_SUBNET_CIDRS } = cluster.network ?? {};
  return {
    name: id.split("/").at(-1),
    id,
    etag: `W/"${stableHex(32, id)}"`,
    type: "Microsoft.Network/virtualNetworks",
    location: cluster.region,
    properties: {
      provisioningState: "Succeeded",
      addressSpace: { addressPrefixes: cidrs },
      subnets: subnetCidrs.map((addressPrefix, index) => ({
        name: index === 0 ? "nodes" : `nodes-${index}`,
        id: `${id}/subnets/${index === 0 ? "nodes" : `nodes-${index}`}`,
        properties: { provisioningState: "Succeeded", addressPrefix },
        type: "Microsoft.Network/virtualNetworks/subnets",
      })),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}
