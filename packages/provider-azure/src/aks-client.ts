import type { ContainerServiceClient, ManagedCluster } from "@azure/arm-containerservice";
import type { Ctx } from "@flotilla/core";
import type { AksCluster } from "./aks-types.ts";
import { type AzureSession, send } from "./azure-session.ts";
import { pageOf } from "./sdk-page.ts";
import { withoutNulls } from "./without-nulls.ts";

/** The calls of AKS that we make, for one subscription. */
export interface AksClient {
  /** One page of every managed cluster, or of those in one resource group. */
  listClusters(input: { readonly group?: string; readonly link: string | undefined }, ctx: Ctx): Promise<ClusterPage>;
  getCluster(group: string, name: string, ctx: Ctx): Promise<AksCluster>;
  /** The kubeconfig of a user, as text; absent where the service gives none. Holds secrets. */
  userKubeconfig(group: string, name: string, ctx: Ctx): Promise<string | undefined>;
}

/** Managed clusters of one page, and the link to the next. */
interface ClusterPage {
  readonly clusters: readonly AksCluster[];
  readonly nextLink: string | undefined;
}

/** Opens the client; loads AKS's SDK at the first call. */
export async function openAksClient(session: AzureSession, subscription: string): Promise<AksClient> {
  const sdk = await import("@azure/arm-containerservice");
  const call = <T>(action: string, fn: (client: ContainerServiceClient) => Promise<T>, ctx: Ctx): Promise<T> =>
    send(
      session,
      { action: `managedClusters.${action}`, subscription },
      ({ credential, clientOptions }) => fn(new sdk.ContainerServiceClient(credential, subscription, clientOptions)),
      ctx,
    );
  return {
    async listClusters({ group, link }, ctx) {
      const { items, nextLink } = await call(
        "list",
        ({ managedClusters }) =>
          pageOf(
            group === undefined ? managedClusters.list() : managedClusters.listByResourceGroup(group),
            link,
            session.transport,
          ),
        ctx,
      );
      return { clusters: items.map(toAksCluster), nextLink };
    },
    async getCluster(group, name, ctx) {
      return toAksCluster(await call("get", ({ managedClusters }) => managedClusters.get(group, name), ctx));
    },
    async userKubeconfig(group, name, ctx) {
      const { kubeconfigs } = await call(
        "listClusterUserCredential",
        ({ managedClusters }) => managedClusters.listClusterUserCredentials(group, name, { format: "exec" }),
        ctx,
      );
      const bytes = kubeconfigs?.[0]?.value;
      return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
    },
  };
}

/**
 * Of the SDK's type, which promises no `null` and may get one. The proxy of the nodes is left out: people write passwords into
 * its address, and whoever looks at the vendor's object need not see them.
 */
function toAksCluster({ httpProxyConfig: _proxy, ...cluster }: ManagedCluster): AksCluster {
  return withoutNulls(cluster) as AksCluster;
}
