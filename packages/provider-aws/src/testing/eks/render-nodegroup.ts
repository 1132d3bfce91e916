import type { ClusterPhase, TaintEffect } from "@flotilla/core";
import { type EmulatedCluster, type EmulatedPool, stableHex, stableUuid } from "@flotilla/testing";
import type { AwsWorld } from "../aws-call.ts";
import { networkOf } from "../ec2/aws-network.ts";
import { minorOf } from "./render-cluster.ts";

const STATUS: Readonly<Record<ClusterPhase, string>> = {
  creating: "CREATING",
  ready: "ACTIVE",
  updating: "UPDATING",
  deleting: "DELETING",
  degraded: "DEGRADED",
  failed: "CREATE_FAILED",
  stopped: "STOPPED",
  unknown: "HIBERNATING",
};

const EFFECTS: Readonly<Record<TaintEffect, string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

const CREATED_AT_MS = Date.UTC(2026, 0, 15, 9, 45, 0, 741);

/** `DescribeNodegroup`'s `nodegroup`, field for field as the real service answers. */
export function renderNodegroup(
  world: AwsWorld,
  cluster: EmulatedCluster,
  pool: EmulatedPool,
): Readonly<Record<string, unknown>> {
  const { scope, region, name } = cluster;
  const uuid = stableUuid("nodegroup", scope, region, name, pool.name);
  const version = minorOf(pool.version ?? cluster.version);
  return {
    nodegroupName: pool.name,
    nodegroupArn: `arn:aws:eks:${region}:${scope}:nodegroup/${name}/${pool.name}/${uuid}`,
    clusterName: name,
    version,
    releaseVersion: `${version}.1-20260105`,
    createdAt: (cluster.createdAtMs ?? CREATED_AT_MS) / 1000,
    modifiedAt: (cluster.createdAtMs ?? CREATED_AT_MS) / 1000 + 60,
    status: STATUS[pool.phase ?? "ready"],
    capacityType: pool.spot === true ? "SPOT" : "ON_DEMAND",
    scalingConfig: { minSize: pool.min ?? pool.nodes, maxSize: pool.max ?? pool.nodes, desiredSize: pool.nodes },
    instanceTypes: [pool.instanceType],
    subnets: subnetsOf(world, cluster, pool),
    amiType: "AL2023_x86_64_STANDARD",
    nodeRole: `arn:aws:iam::${scope}:role/${name}-node-role`,
    labels: pool.labels ?? {},
    ...taintsOf(pool),
    resources: { autoScalingGroups: [{ name: `eks-${pool.name}-${stableHex(8, "asg", uuid)}-${uuid.slice(9)}` }] },
    diskSize: 20,
    health: { issues: [] },
    updateConfig: { maxUnavailable: 1 },
    tags: {},
    ...pool.wire,
  };
}

/** EKS leaves `taints` out where there are none. */
function taintsOf({ taints = [] }: EmulatedPool): Readonly<Record<string, unknown>> {
  if (taints.length === 0) return {};
  const rendered = taints.map(({ key, value, effect }) => ({
    key,
    ...(value === undefined ? {} : { value }),
    effect: EFFECTS[effect],
  }));
  return { taints: rendered };
}

function subnetsOf(world: AwsWorld, cluster: EmulatedCluster, { zones }: EmulatedPool): readonly string[] {
  const { subnets } = networkOf(world.fleet, cluster);
  return subnets.filter(({ zone }) => zones === undefined || zones.includes(zone)).map(({ id }) => id);
}
