import type { ClusterPhase } from "@flotilla/core";
import { type EmulatedCluster, stableHex } from "@flotilla/testing";
import { networkOf } from "../ec2/aws-network.ts";
import { partitionOf } from "../../partition.ts";
import type { AwsWorld } from "../aws-call.ts";

/** What EKS says for each phase. It cannot stop a cluster; a value nobody has seen stands for `unknown`. */
const STATUS: Readonly<Record<ClusterPhase, string>> = {
  creating: "CREATING",
  ready: "ACTIVE",
  updating: "UPDATING",
  deleting: "DELETING",
  degraded: "ACTIVE",
  failed: "FAILED",
  stopped: "STOPPED",
  unknown: "HIBERNATING",
};

/** When nothing is said: 2026-01-15T09:30:00.183Z; on the wire fractional epoch seconds. */
const CREATED_AT_MS = Date.UTC(2026, 0, 15, 9, 30, 0, 183);

/** `DescribeCluster`'s `cluster`, field for field as the real service answers. */
export function renderCluster(world: AwsWorld, cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { scope, region, name, labels = {}, phase = "ready" } = cluster;
  const id = stableHex(32, "eks", scope, region, name).toUpperCase();
  const hasServer = phase !== "creating";
  return {
    name,
    arn: `arn:aws:eks:${region}:${scope}:cluster/${name}`,
    createdAt: (cluster.createdAtMs ?? CREATED_AT_MS) / 1000,
    version: minorOf(cluster.version),
    ...(hasServer
      ? { endpoint: cluster.endpoint?.url ?? `https://${id}.gr7.${region}.eks.${partitionOf(region).dnsSuffix}` }
      : {}),
    roleArn: `arn:aws:iam::${scope}:role/${name}-cluster-role`,
    resourcesVpcConfig: vpcConfig(world, cluster),
    kubernetesNetworkConfig: {
      serviceIpv4Cidr: cluster.network?.serviceCidrs?.[0] ?? "10.100.0.0/16",
      ipFamily: "ipv4",
      elasticLoadBalancing: { enabled: cluster.serverless ?? false },
    },
    logging: { clusterLogging: [{ types: LOG_TYPES, enabled: false }] },
    ...(hasServer ? { identity: { oidc: { issuer: `https://oidc.eks.${region}.amazonaws.com/id/${id}` } } } : {}),
    status: STATUS[phase],
    ...(hasServer ? { certificateAuthority: { data: caData(cluster) } } : {}),
    platformVersion: "eks.9",
    tags: labels,
    health: { issues: issuesOf(cluster) },
    accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" },
    upgradePolicy: { supportType: (cluster.supportTier ?? "standard").toUpperCase() },
    ...(cluster.serverless === true
      ? { computeConfig: { enabled: true, nodePools: ["general-purpose", "system"] } }
      : {}),
    deletionProtection: cluster.deletionProtection ?? false,
    ...cluster.wire,
  };
}

const LOG_TYPES: readonly string[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** EKS tells the minor version only. */
export function minorOf(version: string): string {
  return version.replace(/^v/, "").split(".").slice(0, 2).join(".");
}

function vpcConfig(world: AwsWorld, cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { vpcId, subnets } = networkOf(world.fleet, cluster);
  const access = cluster.endpoint?.access ?? "public";
  return {
    subnetIds: subnets.map(({ id }) => id),
    securityGroupIds: [],
    clusterSecurityGroupId: `sg-0${stableHex(16, "sg", cluster.scope, cluster.region, cluster.name)}`,
    vpcId,
    endpointPublicAccess: access !== "private",
    endpointPrivateAccess: access !== "public",
    publicAccessCidrs: access === "private" ? [] : ["0.0.0.0/0"],
  };
}

function caData({ endpoint, name }: EmulatedCluster): string {
  const pem =
    endpoint?.caPem ??
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(name).toString("base64")}\n-----END CERTIFICATE-----\n`;
  return Buffer.from(pem).toString("base64");
}

/** A degraded cluster has at least one issue: that is how EKS tells. */
function issuesOf({ phase, issues = [], name }: EmulatedCluster): readonly unknown[] {
  const own = issues.map((issue) => ({ ...issue, resourceIds: [name] }));
  if (own.length > 0 || phase !== "degraded") return own;
  return [{ code: "Ec2SubnetNotFound", message: "The subnet was not found.", resourceIds: [name] }];
}
