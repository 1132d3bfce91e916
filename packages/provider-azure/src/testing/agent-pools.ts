import { type EmulatedCluster, type EmulatedPool, type EmulatorReply, jsonReply, stableUuid } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import { aksError } from "./azure-failure.ts";
import { apiVersionOf, type AzureRequest } from "./azure-request.ts";
import { armIdOf, groupOf, sameName } from "./cluster-place.ts";
import { theCluster } from "./managed-clusters.ts";
import { hasEtag } from "./render-cluster.ts";
import { renderPool } from "./render-pool.ts";

/** The pools of one cluster. */
export function listAgentPools(asked: AzureRequest): EmulatorReply {
  const cluster = theCluster(asked);
  return armList(asked, cluster.pools, (pool) => resource(pool, cluster, apiVersionOf(asked)));
}

/** One pool; a missing one is refused in AKS's own shape. */
export function getAgentPool(asked: AzureRequest): EmulatorReply {
  const cluster = theCluster(asked);
  const { pool: name = "", subscription = "" } = asked.params;
  const pool = cluster.pools.find((candidate) => sameName(candidate.name, name));
  if (pool !== undefined) return jsonReply(200, resource(pool, cluster, apiVersionOf(asked)));
  return aksError(
    404,
    "NotFound",
    `Could not find the agentpool: ${name} in subscription: ${subscription}, resourceGroup: ${groupOf(cluster)}, resourceName: ${cluster.name}.`,
    {
      detail: "rpc error: code = NotFound desc = Agent Pool not found",
      subcode: "GetAgentPool_NotFound_HCPServerError",
    },
  );
}

/** As a resource of its own a pool has an id, and everything else inside `properties`. */
function resource(pool: EmulatedPool, cluster: EmulatedCluster, apiVersion: string): unknown {
  const { name, ...properties } = renderPool(pool, cluster);
  const etag = hasEtag(apiVersion) ? { eTag: stableUuid(JSON.stringify(pool)) } : {};
  return {
    id: `${armIdOf(cluster)}/agentPools/${pool.name}`,
    name,
    type: "Microsoft.ContainerService/managedClusters/agentPools",
    properties: { ...properties, ...etag },
  };
}
