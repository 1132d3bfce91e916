import type { EmulatorRoute } from "@flotilla/testing";
import { LIST_SERVICES, LIST_SKUS } from "./billing/billing-methods.ts";
import {
  AGGREGATE_GROUPS,
  GET_GROUP,
  GET_NETWORK,
  GET_PROJECT,
  GET_REGION,
  GET_SUBNETWORK,
  LIST_GROUPS,
  LIST_NETWORKS,
  LIST_REGIONS,
  LIST_SUBNETWORKS,
  LIST_ZONES,
} from "./compute/compute-methods.ts";
import {
  GET_CLUSTER,
  GET_NODE_POOL,
  GET_OPERATION,
  GET_SERVER_CONFIG,
  LIST_CLUSTERS,
  LIST_NODE_POOLS,
  LIST_OPERATIONS,
} from "./container/container-methods.ts";
import type { GcpMethod } from "./gcp-world.ts";
import { MINT_TOKEN } from "./mint-token.ts";
import { LIST_PROJECTS_V1, SEARCH_PROJECTS } from "./projects/project-methods.ts";

const get = (path: string, target: GcpMethod): EmulatorRoute<GcpMethod> => ({ method: "GET", path, target });

/** GKE's methods under a location, and under a zone, which is the older path of the same. */
const container = (parent: string): readonly EmulatorRoute<GcpMethod>[] => [
  get(`${parent}/clusters`, LIST_CLUSTERS),
  get(`${parent}/clusters/{cluster}`, GET_CLUSTER),
  get(`${parent}/clusters/{cluster}/nodePools`, LIST_NODE_POOLS),
  get(`${parent}/clusters/{cluster}/nodePools/{nodePool}`, GET_NODE_POOL),
  get(`${parent}/operations`, LIST_OPERATIONS),
  get(`${parent}/operations/{operation}`, GET_OPERATION),
];

const COMPUTE = "/compute/v1/projects/{project}";

/** Every path that the emulated cloud knows. */
export const GCP_ROUTES: readonly EmulatorRoute<GcpMethod>[] = [
  ...container("/v1/projects/{project}/locations/{location}"),
  ...container("/v1/projects/{project}/zones/{location}"),
  get("/v1/projects/{project}/locations/{location}/serverConfig", GET_SERVER_CONFIG),
  get("/v1/projects/{project}/zones/{location}/serverconfig", GET_SERVER_CONFIG),
  get(COMPUTE, GET_PROJECT),
  get(`${COMPUTE}/regions`, LIST_REGIONS),
  get(`${COMPUTE}/regions/{region}`, GET_REGION),
  get(`${COMPUTE}/zones`, LIST_ZONES),
  get(`${COMPUTE}/global/networks`, LIST_NETWORKS),
  get(`${COMPUTE}/global/networks/{network}`, GET_NETWORK),
  get(`${COMPUTE}/regions/{region}/subnetworks`, LIST_SUBNETWORKS),
  get(`${COMPUTE}/regions/{region}/subnetworks/{subnetwork}`, GET_SUBNETWORK),
  get(`${COMPUTE}/zones/{zone}/instanceGroupManagers`, LIST_GROUPS),
  get(`${COMPUTE}/zones/{zone}/instanceGroupManagers/{group}`, GET_GROUP),
  get(`${COMPUTE}/aggregated/instanceGroupManagers`, AGGREGATE_GROUPS),
  get("/v3/projects:search", SEARCH_PROJECTS),
  get("/v1/projects", LIST_PROJECTS_V1),
  get("/v1/services", LIST_SERVICES),
  get("/v1/services/{service}/skus", LIST_SKUS),
  { method: "POST", path: "/token", target: MINT_TOKEN },
];
