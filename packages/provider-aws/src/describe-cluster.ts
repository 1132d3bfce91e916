import {
  type Clock,
  type Cluster,
  type Ctx,
  formatClusterId,
  isCloudError,
  isTimeout,
  type NodePool,
  untilAborted,
  withTimeout,
} from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import { toCluster } from "./cluster-model.ts";
import type { EksClient } from "./eks-client.ts";
import type { EksNodegroup } from "./eks-types.ts";
import { toNodePool } from "./node-pool-model.ts";
import type { RegionNetworks } from "./region-networks.ts";

export interface DescribeInput {
  readonly eks: EksClient;
  /** Shared by all clusters of the region. */
  readonly networks: Promise<RegionNetworks>;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly clock: Clock;
}

/** For all calls and repetitions of one cluster, well below what discovery as a whole is given. */
const DESCRIBE_TIMEOUT_MS = 25_000;

/**
 * One cluster with its pools and networks. Deleted since it was listed: `undefined`. Named but not readable: in the list, with
 * its problem.
 */
export async function describeEksCluster(input: DescribeInput, ctx: Ctx): Promise<Cluster | undefined> {
  using timed = withTimeout(ctx, input.clock, DESCRIBE_TIMEOUT_MS);
  try {
    return await readCluster(input, timed);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error, "notFound")) return undefined;
    if (isCloudError(error)) return unreadable(input, { kind: error.kind, message: error.message });
    if (!isTimeout(error)) throw error;
    const message = `aws eks: ${input.region} did not describe ${input.name} within ${DESCRIBE_TIMEOUT_MS / 1000} s`;
    return unreadable(input, { kind: "transient", message });
  }
}

async function readCluster(input: DescribeInput, ctx: Ctx): Promise<Cluster> {
  const groupsOf = readNodegroups(input, ctx);
  groupsOf.catch(() => undefined); // told below; the cluster's own failure comes first
  const cluster = await input.eks.describeCluster(input.name, ctx);
  const [groups, networks] = await Promise.all([groupsOf, untilAborted(input.networks, ctx.signal)]);
  const { accountId, region, name } = input;
  const nodePools = groups.map(([group, label]): NodePool => toNodePool(group, label, networks.subnets));
  const { subnetIds = [], vpcId = "" } = cluster.resourcesVpcConfig ?? {};
  const subnets = subnetIds.flatMap((id) => networks.subnets.get(id) ?? []);
  const vpcCidrs = networks.vpcCidrs.get(vpcId) ?? [];
  return toCluster({ accountId, region, name, cluster, nodePools, subnets, vpcCidrs });
}

async function readNodegroups(
  { eks, name }: DescribeInput,
  ctx: Ctx,
): Promise<readonly (readonly [EksNodegroup, string])[]> {
  const names = await allPages(`aws eks ListNodegroups of ${name}`, async (token) => {
    const page = await eks.listNodegroups(name, token, ctx);
    return { items: page.names, nextToken: page.nextToken };
  });
  const groups = await Promise.all(
    names.map(async (group) => {
      try {
        return [await eks.describeNodegroup(name, group, ctx), group] as const;
      } catch (error) {
        if (isCloudError(error, "notFound")) return undefined; // deleted meanwhile
        throw error;
      }
    }),
  );
  return groups.filter((group) => group !== undefined);
}

function unreadable({ accountId, region, name }: DescribeInput, problem: NonNullable<Cluster["problem"]>): Cluster {
  return {
    ...toCluster({ accountId, region, name, cluster: {}, nodePools: [], subnets: [], vpcCidrs: [] }),
    id: formatClusterId({ provider: "aws", scope: accountId, group: region, name }),
    problem,
  };
}
