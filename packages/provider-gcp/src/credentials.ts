import {
  CloudError,
  type ClusterRef,
  type Credentials,
  type Ctx,
  type KubeAccess,
  parseClusterId,
} from "@flotilla/core";
import { serverOf } from "./cluster-server.ts";
import { type GkeClusterName, openContainerClient } from "./container-client.ts";
import type { GcpSession } from "./gcp-session.ts";
import { isLocalCloud } from "./generated-clients.ts";

/**
 * Access to GKE clusters: server and CA from GetCluster, and the account's own access token, which GKE's API servers take. One
 * token serves every cluster; while it lasts connecting costs no token call.
 */
export function createGcpCredentials(open: () => GcpSession): Credentials {
  return {
    async connect(ref: ClusterRef, ctx: Ctx): Promise<KubeAccess> {
      ctx.signal.throwIfAborted();
      const session = open();
      const container = await openContainerClient(session);
      const cluster = await container.getCluster(nameOf(ref), ctx);
      const server = serverOf(cluster, isLocalCloud(session));
      if (server === undefined) {
        throw new CloudError(
          "notFound",
          `${ref.id} has no API server that a token may go to (status ${String(cluster.status ?? "unknown")})`,
        );
      }
      const caData = server.isPublicCa ? "" : (cluster.masterAuth?.clusterCaCertificate ?? "");
      return {
        server: server.url,
        ...(caData === "" ? {} : { caPem: Buffer.from(caData, "base64").toString("utf8") }),
        auth: { kind: "bearer", tokens: session.tokens },
      };
    },
  };
}

function nameOf(ref: ClusterRef): GkeClusterName {
  const parts = parseClusterId(ref.id);
  if (parts?.provider !== "gcp") throw new CloudError("notFound", `${ref.id} is no GKE cluster`);
  return { project: parts.scope, location: parts.group, name: parts.name };
}
