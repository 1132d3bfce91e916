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
import type { AwsSession } from "./aws-session.ts";
import { openEksClient } from "./eks-client.ts";
import { mintEksToken } from "./eks-token.ts";

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
      if (cluster.endpoint === undefined || cluster.endpoint === "") {
        throw new CloudError("notFound", `${ref.id} has no API server yet (status ${cluster.status ?? "unknown"})`);
      }
      const source = tokens.get(ref.id) ?? tokenSource(session, account, named);
      tokens.set(ref.id, source);
      const caData = cluster.certificateAuthority?.data;
      return {
        server: cluster.endpoint,
        ...(caData === undefined ? {} : { caPem: Buffer.from(caData, "base64").toString("utf8") }),
        auth: { kind: "bearer", tokens: source },
      };
    },
  };
}

function tokenSource(session: AwsSession, account: AwsAccount, { name, region }: ClusterName): TokenSource {
  const keys = session.keysOf(account);
  return createMintedTokens({
    clock: session.clock,
    mint: async () =>
      mintEksToken({ clusterName: name, region, keys: await keys.keys(), nowMs: session.clock.nowMs() }),
  });
}

function nameOf(ref: ClusterRef): ClusterName {
  const parts = parseClusterId(ref.id);
  if (parts?.provider !== "aws") throw new CloudError("notFound", `${ref.id} is no EKS cluster`);
  return { accountId: parts.scope, region: parts.group, name: parts.name };
}
