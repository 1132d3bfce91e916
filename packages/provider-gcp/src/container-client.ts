import type { Ctx } from "@flotilla/core";
import type { GcpSession } from "./gcp-session.ts";
import { send } from "./gcp-session.ts";
import { ONCE, restClientConfig } from "./generated-clients.ts";
import type { GkeCluster } from "./gke-types.ts";

/** The calls of the GKE API that are made. */
export interface ContainerClient {
  /** Every location of a project in one call. Not paged. */
  listClusters(project: string, ctx: Ctx): Promise<ClusterList>;
  /** @throws CloudError `notFound` */
  getCluster(name: GkeClusterName, ctx: Ctx): Promise<GkeCluster>;
}

/** What a project has; `missingZones` are the locations that did not answer in time. */
export interface ClusterList {
  readonly clusters: readonly GkeCluster[];
  readonly missingZones: readonly string[];
}

/** What a cluster is addressed by. `location` is a region or a zone. */
export interface GkeClusterName {
  readonly project: string;
  readonly location: string;
  readonly name: string;
}

const LIST_CLUSTERS = {
  service: "container",
  action: "ListClusters",
  members: ["clusters", "missingZones"],
  mayBeEmpty: true,
} as const;
const GET_CLUSTER = { service: "container", action: "GetCluster", members: ["name"], mayBeEmpty: false } as const;

/** Loads the SDK: its v1 client alone, which takes half the time of the whole package. */
export function openContainerClient(session: GcpSession): Promise<ContainerClient> {
  return session.client("container", () => load(session));
}

async function load(session: GcpSession): Promise<ContainerClient> {
  const { ClusterManagerClient } = await import("@google-cloud/container/build/src/v1/cluster_manager_client.js");
  const client = new ClusterManagerClient(restClientConfig(session, "container") as never);
  return {
    async listClusters(project, ctx) {
      const call = { ...LIST_CLUSTERS, scope: project };
      const request = { parent: `projects/${project}/locations/-` };
      const [answer] = await send(session, call, () => client.listClusters(request, ONCE as never), ctx);
      return { clusters: answer.clusters ?? [], missingZones: answer.missingZones ?? [] };
    },
    async getCluster({ project, location, name }, ctx) {
      const call = { ...GET_CLUSTER, scope: project, region: location };
      const request = { name: `projects/${project}/locations/${location}/clusters/${name}` };
      const [cluster] = await send(session, call, () => client.getCluster(request, ONCE as never), ctx);
      return cluster;
    },
  };
}
