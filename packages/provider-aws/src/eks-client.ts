import type { Ctx } from "@flotilla/core";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import type { EksCluster, EksNodegroup } from "./eks-types.ts";
import { requiredPart } from "./required-part.ts";

/** The calls of EKS that discovery makes, page by page. */
export interface EksClient {
  listClusters(nextToken: string | undefined, ctx: Ctx): Promise<NamePage>;
  /** @throws CloudError `notFound` where it was deleted since it was listed. */
  describeCluster(name: string, ctx: Ctx): Promise<EksCluster>;
  listNodegroups(clusterName: string, nextToken: string | undefined, ctx: Ctx): Promise<NamePage>;
  describeNodegroup(clusterName: string, name: string, ctx: Ctx): Promise<EksNodegroup>;
}

interface NamePage {
  readonly names: readonly string[];
  readonly nextToken: string | undefined;
}

/** EKS's own maximum for both lists. */
const PAGE_SIZE = 100;

export async function openEksClient(session: AwsSession, place: AwsPlace): Promise<EksClient> {
  const sdk = await import("@aws-sdk/client-eks");
  const client = new sdk.EKSClient(sdkConfig(session, "eks", place));
  const call = <T>(action: string, fn: (abortSignal: AbortSignal) => Promise<T>, ctx: Ctx): Promise<T> =>
    send(session, { service: "eks", action, place }, fn, ctx);
  return {
    async listClusters(nextToken, ctx) {
      const command = new sdk.ListClustersCommand({ include: ["all"], maxResults: PAGE_SIZE, ...token(nextToken) });
      const page = await call("ListClusters", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return { names: requiredPart(page.clusters, "eks ListClusters", "clusters"), nextToken: page.nextToken };
    },
    async describeCluster(name, ctx) {
      const command = new sdk.DescribeClusterCommand({ name });
      const answer = await call("DescribeCluster", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return requiredPart(answer.cluster, "eks DescribeCluster", "cluster") as EksCluster;
    },
    async listNodegroups(clusterName, nextToken, ctx) {
      const command = new sdk.ListNodegroupsCommand({ clusterName, maxResults: PAGE_SIZE, ...token(nextToken) });
      const page = await call("ListNodegroups", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return { names: requiredPart(page.nodegroups, "eks ListNodegroups", "nodegroups"), nextToken: page.nextToken };
    },
    async describeNodegroup(clusterName, nodegroupName, ctx) {
      const command = new sdk.DescribeNodegroupCommand({ clusterName, nodegroupName });
      const answer = await call("DescribeNodegroup", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return requiredPart(answer.nodegroup, "eks DescribeNodegroup", "nodegroup") as EksNodegroup;
    },
  };
}

function token(nextToken: string | undefined): { readonly nextToken?: string } {
  return nextToken === undefined ? {} : { nextToken };
}
