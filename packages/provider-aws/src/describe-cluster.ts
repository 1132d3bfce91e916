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

/**
 * Names of pools first: only they lead to further calls, so the longest chain is under way before what stands alone. The rest
 * is asked side by side.
 */
async function readCluster(input: DescribeInput, ctx: Ctx): Promise<Cluster> {
  const { eks, accountId, region, name } = input;
  const groupNames = await listNodegroups(input, ctx);
  const [cluster, groups, networks] = await Promise.all([
    eks.describeCluster(name, ctx),
    Promise.all(groupNames.map((group) => readNodegroup(input, group, ctx))),
    untilAborted(input.networks, ctx.signal),
  ]);
  const nodePools = groups.flatMap((group, index): readonly NodePool[] =>
    group === undefined ? [] : [toNodePool(group, groupNames[index] ?? "", networks.subnets)],
  );
  const { subnetIds = [], vpcId = "" } = cluster.resourcesVpcConfig ?? {};
  const subnets = subnetIds.flatMap((id) => networks.subnets.get(id) ?? []);
  const vpcCidrs = networks.vpcCidrs.get(vpcId) ?? [];
  return toCluster({ accountId, region, name, cluster, nodePools, subnets, vpcCidrs });
}

function listNodegroups({ eks, name }: DescribeInput, ctx: Ctx): Promise<readonly string[]> {
  return allPages(`aws eks ListNodegroups of ${name}`, async (token) => {
    const page = await eks.listNodegroups(name, token, ctx);
    return { items: page.names, nextToken: page.nextToken };
  });
}

/** `undefined` where it was deleted meanwhile. */
async function readNodegroup({ eks, name }: DescribeInput, group: string, ctx: Ctx): Promise<EksNodegroup | undefined> {
  try {
    return await eks.describeNodegroup(name, group, ctx);
  } catch (error) {
    if (isCloudError(error, "notFound")) return undefined;
    throw error;
  }
}

function unreadable({ accountId, region, name }: DescribeInput, problem: NonNullable<Cluster["problem"]>): Cluster {
  return {
    ...toCluster({ accountId, region, name, cluster: {}, nodePools: [], subnets: [], vpcCidrs: [] }),
    id: formatClusterId({ provider: "aws", scope: accountId, group: region, name }),
    problem,
  };
}
