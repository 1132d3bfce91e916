import type { ClusterEndpoint, ClusterNetwork } from "@flotilla/core";
import type { SubnetworkName } from "./compute-client.ts";
import type { GkeCluster } from "./gke-types.ts";

/** The network and its ranges: of nodes (subnets, read apart), pods and services. */
export function networkOf(cluster: GkeCluster, subnetCidrs: readonly string[]): ClusterNetwork {
  const { ipAllocationPolicy, networkConfig, nodePools } = cluster;
  const nodesAndPods = ipAllocationPolicy?.subnetIpv6CidrBlock;
  const poolCidrs = (nodePools ?? []).map((pool) => pool.networkConfig?.podIpv4CidrBlock);
  return {
    id: [networkConfig?.network, cluster.network].find(isText) ?? null,
    cidrs: cidrsOf([...subnetCidrs, nodesAndPods]),
    podCidrs: cidrsOf([ipAllocationPolicy?.clusterIpv4CidrBlock, cluster.clusterIpv4Cidr, ...poolCidrs, nodesAndPods]),
    serviceCidrs: cidrsOf([
      ipAllocationPolicy?.servicesIpv4CidrBlock,
      cluster.servicesIpv4Cidr,
      ipAllocationPolicy?.servicesIpv6CidrBlock,
    ]),
  };
}

/** Subnets of the nodes, of the cluster and of each pool, in whichever project they are (a shared VPC is another's). */
export function subnetworksOf({ networkConfig, nodePools }: GkeCluster): readonly SubnetworkName[] {
  const paths = [networkConfig?.subnetwork, ...(nodePools ?? []).map((pool) => pool.networkConfig?.subnetwork)];
  return [...new Set(paths.filter(isText))].flatMap((path) => {
    const [, project, region, name] = /projects\/([^/]+)\/regions\/([^/]+)\/subnetworks\/([^/]+)$/.exec(path) ?? [];
    return project === undefined || region === undefined || name === undefined ? [] : [{ project, region, name }];
  });
}

/** From where the API server can be reached. Older answers tell it by `privateClusterConfig` alone. */
export function accessOf({ controlPlaneEndpointsConfig, privateClusterConfig }: GkeCluster): ClusterEndpoint["access"] {
  const { dnsEndpointConfig, ipEndpointsConfig } = controlPlaneEndpointsConfig ?? {};
  const { enabled, enablePublicEndpoint, privateEndpoint } = ipEndpointsConfig ?? {};
  const hasPrivate = [privateEndpoint, privateClusterConfig?.privateEndpoint].some(isText);
  const isPublic =
    dnsEndpointConfig?.allowExternalTraffic === true ||
    (privateClusterConfig?.enablePrivateEndpoint !== true &&
      !(
        enabled === false ||
        (ipEndpointsConfig !== undefined && ipEndpointsConfig !== null && enablePublicEndpoint === false)
      ));
  if (!isPublic) return "private";
  return hasPrivate ? "publicAndPrivate" : "public";
}

/** While a cluster is being made a range is only its length ("/14"): that is none yet. */
function cidrsOf(ranges: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(ranges.filter(isText))].filter((range) => /^[0-9a-f.:]+\/\d+$/i.test(range));
}

function isText(value: string | null | undefined): value is string {
  return typeof value === "string" && value !== "";
}
