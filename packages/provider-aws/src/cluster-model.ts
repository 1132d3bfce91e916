import { type Cluster, type ClusterEndpoint, type ClusterPhase, formatClusterId, type NodePool } from "@flotilla/core";
import type { Ec2Subnet } from "./ec2-client.ts";
import type { EksCluster } from "./eks-types.ts";

export interface EksFacts {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly cluster: EksCluster;
  readonly nodePools: readonly NodePool[];
  readonly subnets: readonly Ec2Subnet[];
  readonly vpcCidrs: readonly string[];
}

/** An EKS cluster in the project's words. Field by field from the EKS API's `Cluster`; what is absent is `null`. */
export function toCluster(facts: EksFacts): Cluster {
  const { accountId, region, name, cluster, nodePools } = facts;
  const { createdAt, identity, upgradePolicy, deletionProtection, computeConfig } = cluster;
  return {
    id: formatClusterId({ provider: "aws", scope: accountId, group: region, name }),
    provider: "aws",
    scope: accountId,
    region,
    zones: [...new Set(facts.subnets.map(({ zone }) => zone))].filter((zone) => zone !== "").sort(),
    name,
    phase: phaseOf(cluster),
    kubernetesVersion: cluster.version ?? null,
    endpoint: endpointOf(cluster),
    network: networkOf(facts),
    labels: cluster.tags ?? {},
    taints: [],
    nodePools,
    ...(identity?.oidc?.issuer === undefined ? {} : { oidcIssuer: identity.oidc.issuer }),
    ...(computeConfig?.enabled === undefined ? {} : { serverless: computeConfig.enabled }),
    ...(upgradePolicy?.supportType === undefined ? {} : { supportTier: upgradePolicy.supportType }),
    ...(deletionProtection === undefined ? {} : { deletionProtection }),
    ...(createdAt === undefined ? {} : { createdAtMs: createdAt.getTime() }),
    raw: cluster,
  };
}

const PHASES: Readonly<Record<string, ClusterPhase>> = {
  CREATING: "creating",
  PENDING: "creating",
  ACTIVE: "ready",
  UPDATING: "updating",
  DELETING: "deleting",
  FAILED: "failed",
};

/** ACTIVE with health issues runs, but not well. An unknown value is `unknown`: EKS may add more. */
function phaseOf(cluster: EksCluster): ClusterPhase {
  const phase = PHASES[cluster.status ?? ""] ?? "unknown";
  return phase === "ready" && (cluster.health?.issues ?? []).length > 0 ? "degraded" : phase;
}

function endpointOf({ endpoint, resourcesVpcConfig }: EksCluster): ClusterEndpoint | null {
  if (endpoint === undefined || endpoint === "") return null;
  const isPublic = resourcesVpcConfig?.endpointPublicAccess;
  const isPrivate = resourcesVpcConfig?.endpointPrivateAccess;
  return { url: endpoint, access: accessOf(isPublic, isPrivate) };
}

function accessOf(isPublic: boolean | undefined, isPrivate: boolean | undefined): ClusterEndpoint["access"] {
  if (isPublic === undefined && isPrivate === undefined) return "unknown";
  if (isPublic === true && isPrivate === true) return "publicAndPrivate";
  return isPublic === true ? "public" : "private";
}

/** With the VPC CNI pods live in the nodes' subnets; a hybrid cluster names its pod networks itself. */
function networkOf({ cluster, subnets, vpcCidrs }: EksFacts): Cluster["network"] {
  const remote = (cluster.remoteNetworkConfig?.remotePodNetworks ?? []).flatMap(({ cidrs }) => cidrs ?? []);
  const { serviceIpv4Cidr, serviceIpv6Cidr } = cluster.kubernetesNetworkConfig ?? {};
  return {
    id: cluster.resourcesVpcConfig?.vpcId ?? null,
    cidrs: vpcCidrs,
    podCidrs: remote.length > 0 ? remote : subnets.flatMap(({ cidrs }) => cidrs),
    serviceCidrs: [serviceIpv4Cidr, serviceIpv6Cidr].filter((cidr) => cidr !== undefined),
  };
}
