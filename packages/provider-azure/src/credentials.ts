import { CloudError, type Credentials, type Ctx, isCloudError, type KubeAccess, type KubeAuth } from "@flotilla/core";
import { openAksClient } from "./aks-client.ts";
import { nameOfRef } from "./arm-id.ts";
import { AKS_SCOPE } from "./audiences.ts";
import type { AzureSession } from "./azure-session.ts";
import { checkServer } from "./check-server.ts";
import { type AksKubeconfig, readKubeconfig } from "./kubeconfig.ts";

/**
 * Access to AKS clusters: server and authority out of the kubeconfig that AKS gives, which is read and never obeyed; the token
 * for the API server is asked from the credentials, for AKS's own audience. Clusters with local accounts give a certificate.
 */
export function createAzureCredentials(open: () => Promise<AzureSession>): Credentials {
  return {
    async connect(ref, ctx): Promise<KubeAccess> {
      const { subscription, group, name } = nameOfRef(ref);
      ctx.signal.throwIfAborted();
      const session = await open();
      const client = await openAksClient(session, subscription);
      try {
        const [cluster, text] = await Promise.all([
          client.getCluster(group, name, ctx),
          client.userKubeconfig(group, name, ctx),
        ]);
        if (cluster.fqdn === undefined && cluster.privateFqdn === undefined) {
          const state = cluster.provisioningState ?? "unknown";
          throw new CloudError("notFound", `${ref.id} has no API server yet (provisioning state ${state})`);
        }
        if (text === undefined)
          throw new CloudError("notFound", "AKS gave no kubeconfig for it; is it still being created?");
        const kubeconfig = await readKubeconfig(text, ref.id);
        const { armHostname } = session.transport;
        return {
          server: checkServer(kubeconfig.server, { clusterId: ref.id, cluster, armHostname }),
          ...(kubeconfig.caPem === undefined ? {} : { caPem: kubeconfig.caPem }),
          auth: authOf(kubeconfig, session),
        };
      } catch (error) {
        throw named(error, ref.id, ctx);
      }
    },
  };
}

function authOf({ certificate }: AksKubeconfig, session: AzureSession): KubeAuth {
  if (certificate !== undefined) return { kind: "certificate", ...certificate };
  return { kind: "bearer", tokens: session.credential.sourceOf(AKS_SCOPE) };
}

/** What the cloud said stays; which cluster it was about is added. */
function named(error: unknown, clusterId: string, ctx: Ctx): unknown {
  ctx.signal.throwIfAborted();
  if (!isCloudError(error) || error.message.includes(clusterId)) return error;
  const { kind, code, vendorMessage, status, retryAfterMs, requestId } = error;
  return new CloudError(kind, `cannot connect to ${clusterId}: ${error.message}`, {
    ...(code === undefined ? {} : { code }),
    ...(vendorMessage === undefined ? {} : { vendorMessage }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}
