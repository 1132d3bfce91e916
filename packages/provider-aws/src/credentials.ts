import {
  CloudError,
  type ClusterRef,
  type Credentials,
  type Ctx,
  type KubeAccess,
  parseClusterId,
  createMintedTokens,
  type TokenSource,
} from "@flotilla/core";
import { accountOf } from "./accounts.ts";
import type { AwsAccount } from "./aws-options.ts";
import { type AwsSession, endpointOf } from "./aws-session.ts";
import { openEksClient } from "./eks-client.ts";
import { checkEksServer } from "./check-eks-server.ts";
import { mintEksToken } from "./eks-token.ts";
import type { EksCluster } from "./eks-types.ts";

interface ClusterName {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** Access to EKS clusters: server and CA from DescribeCluster, tokens signed in process. A token costs no network call. */
export function createAwsCredentials(open: () => Promise<AwsSession>): Credentials {
  // One token per cluster for everybody who connects, for as long as it lasts.
  const tokens = new Map<string, TokenSource>();
  return {
    async connect(ref: ClusterRef, ctx: Ctx): Promise<KubeAccess> {
      const named = nameOf(ref);
      const session = await open();
      const account = await accountOf(session, named.accountId, ctx);
      const eks = await openEksClient(session, { region: named.region, account });
      const cluster = await eks.describeCluster(named.name, ctx);
      const endpoint = cluster.endpoint ?? "";
      if (endpoint === "") throw new CloudError("notFound", `${ref.id} ${whyNoServer(cluster)}`);
      const eksEndpoint = endpointOf(session.options, "eks");
      const server = checkEksServer(endpoint, { clusterId: ref.id, region: named.region, eksEndpoint });
      const source = tokens.get(ref.id) ?? tokenSource(session, account, named.region, signedName(cluster, named.name));
      tokens.set(ref.id, source);
      const caData = cluster.certificateAuthority?.data;
      return {
        server,
        ...(caData === undefined ? {} : { caPem: Buffer.from(caData, "base64").toString("utf8") }),
        auth: { kind: "bearer", tokens: source },
      };
    },
  };
}

function whyNoServer({ status, connectorConfig }: EksCluster): string {
  if (connectorConfig === undefined) return `has no API server yet (status ${status ?? "unknown"})`;
  const { provider = "another platform" } = connectorConfig;
  return `is only connected to EKS and runs on ${provider}: reach it by a kubeconfig (@flotilla/kube)`;
}

/** A local cluster on Outposts knows itself by its id. Source: awscli, `aws eks update-kubeconfig`. */
function signedName({ outpostConfig, id }: EksCluster, name: string): string {
  return outpostConfig === undefined ? name : (id ?? name);
}

function tokenSource(session: AwsSession, account: AwsAccount, region: string, clusterName: string): TokenSource {
  const keys = session.keysOf(account);
  return createMintedTokens({
    clock: session.clock,
    mint: async () => mintEksToken({ clusterName, region, keys: await keys.keys(), nowMs: session.clock.nowMs() }),
  });
}

function nameOf(ref: ClusterRef): ClusterName {
  const parts = parseClusterId(ref.id);
  if (parts?.provider !== "aws") throw new CloudError("notFound", `${ref.id} is no EKS cluster`);
  return { accountId: parts.scope, region: parts.group, name: parts.name };
}
