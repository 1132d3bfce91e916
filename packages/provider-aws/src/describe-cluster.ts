import { type Cluster, type ClusterProblem, type Ctx, isCloudError, type NodePool } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import { toCluster } from "./cluster-model.ts";
import { warningsOf } from "./cluster-warnings.ts";
import type { EksClient } from "./eks-client.ts";
import type { EksCluster, EksNodegroup } from "./eks-types.ts";
import { toNodePool } from "./node-pool-model.ts";
import type { RegionNetworks } from "./region-networks.ts";

export interface DescribeInput {
  readonly eks: EksClient;
  /** Shared by all clusters of the region. */
  readonly networks: Promise<RegionNetworks>;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/**
 * One cluster with its pools and networks. Deleted since it was listed: `undefined`. Not readable, or not wholly: in the list,
 * with its problem and what could be read.
 */
export async function describeEksCluster(input: DescribeInput, ctx: Ctx): Promise<Cluster | undefined> {
  try {
    return await readCluster(input, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error, "notFound")) return undefined;
    return { ...modelOf(input, { cluster: {}, groups: [], networks: NO_NETWORKS }), problem: problemOf(error) };
  }
}

async function readCluster(input: DescribeInput, ctx: Ctx): Promise<Cluster> {
  const listed = readNodegroups(input, ctx);
  listed.catch(() => undefined); // told below; the cluster's own failure comes first
  const cluster = await input.eks.describeCluster(input.name, ctx);
  const [groups, networks] = await Promise.all([
    // What is connected to EKS and not run by it has no node groups; the service refuses the question.
    cluster.connectorConfig === undefined ? partOf(listed, []) : NO_GROUPS,
    input.networks,
  ]);
  const model = modelOf(input, { cluster, groups: groups.value, networks });
  return groups.problem === undefined ? model : { ...model, problem: groups.problem };
}

type NamedNodegroup = readonly [EksNodegroup, string];

const NO_GROUPS: Part<readonly NamedNodegroup[]> = { value: [] };
const NO_NETWORKS: RegionNetworks = { subnets: new Map(), vpcCidrs: new Map(), unknown: [] };

interface Read {
  readonly cluster: EksCluster;
  readonly groups: readonly NamedNodegroup[];
  readonly networks: RegionNetworks;
}

/** A node group may be in subnets that its control plane is not in. */
function modelOf(input: DescribeInput, { cluster, groups, networks }: Read): Cluster {
  const { accountId, region, name } = input;
  const { subnetIds = [], vpcId = "" } = cluster.resourcesVpcConfig ?? {};
  const ids = new Set([...subnetIds, ...groups.flatMap(([group]) => group.subnets ?? [])]);
  const subnets = [...ids].flatMap((id) => networks.subnets.get(id) ?? []);
  const nodePools = groups.map(([group, label]): NodePool => toNodePool(group, label, networks.subnets));
  const vpcCidrs = networks.vpcCidrs.get(vpcId) ?? [];
  const warnings = [...warningsOf(cluster, groups), ...networks.unknown];
  const model = toCluster({ accountId, region, name, cluster, nodePools, subnets, vpcCidrs });
  return warnings.length === 0 ? model : { ...model, warnings };
}

async function readNodegroups({ eks, name }: DescribeInput, ctx: Ctx): Promise<readonly NamedNodegroup[]> {
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

interface Part<T> {
  readonly value: T;
  readonly problem?: ClusterProblem;
}

/** What could be read, or nothing and why. A cluster that is gone is no part. */
async function partOf<T>(reading: Promise<T>, nothing: T): Promise<Part<T>> {
  try {
    return { value: await reading };
  } catch (error) {
    if (isCloudError(error, "notFound")) throw error;
    return { value: nothing, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): ClusterProblem {
  if (!isCloudError(error)) throw error;
  return { kind: error.kind, message: error.message };
}
