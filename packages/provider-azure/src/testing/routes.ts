import type { EmulatorRoute } from "@flotilla/testing";
import type { AzureHandler } from "./azure-request.ts";
import {
  getCluster,
  listAdminCredential,
  listClusters,
  listUserCredential,
  startCluster,
  stopCluster,
  updateTags,
} from "./managed-clusters.ts";
import { getAgentPool, listAgentPools } from "./agent-pools.ts";
import { listLocks } from "./locks.ts";
import { getOperation } from "./operation-status.ts";
import { listRetailPrices } from "./retail-prices.ts";
import { listResourceGroups } from "./resource-groups.ts";
import { getSubscription, listSubscriptions } from "./subscriptions.ts";
import { listComputeUsages, listNetworkUsages } from "./usages.ts";
import { listVirtualNetworks } from "./virtual-networks.ts";

const SUBSCRIPTION = "/subscriptions/{subscription}";
const AKS = "/providers/Microsoft.ContainerService";
const CLUSTERS = `${SUBSCRIPTION}/resourceGroups/{group}${AKS}/managedClusters`;
const CLUSTER = `${CLUSTERS}/{name}`;
const RIGHT = "Microsoft.ContainerService/managedClusters";
const namespace = "Microsoft.ContainerService";

/** Every path the emulator knows. Segments match in any case, as in Resource Manager. */
export const AZURE_ROUTES: readonly EmulatorRoute<AzureHandler>[] = [
  get("/subscriptions", { action: "Microsoft.Resources/subscriptions/read", answer: listSubscriptions }),
  get(SUBSCRIPTION, { action: "Microsoft.Resources/subscriptions/read", answer: getSubscription }),
  get(`${SUBSCRIPTION}/resourceGroups`, {
    action: "Microsoft.Resources/subscriptions/resourceGroups/read",
    answer: listResourceGroups,
  }),
  get(`${SUBSCRIPTION}${AKS}/managedClusters`, { action: `${RIGHT}/read`, answer: listClusters, namespace }),
  get(CLUSTERS, { action: `${RIGHT}/read`, answer: listClusters, namespace }),
  get(CLUSTER, { action: `${RIGHT}/read`, answer: getCluster, namespace }),
  {
    method: "PATCH",
    path: CLUSTER,
    target: { action: `${RIGHT}/write`, answer: updateTags, namespace },
  },
  post(`${CLUSTER}/listClusterUserCredential`, {
    action: `${RIGHT}/listClusterUserCredential/action`,
    answer: listUserCredential,
    namespace,
  }),
  post(`${CLUSTER}/listClusterAdminCredential`, {
    action: `${RIGHT}/listClusterAdminCredential/action`,
    answer: listAdminCredential,
    namespace,
  }),
  post(`${CLUSTER}/start`, { action: `${RIGHT}/start/action`, answer: startCluster, namespace }),
  post(`${CLUSTER}/stop`, { action: `${RIGHT}/stop/action`, answer: stopCluster, namespace }),
  get(`${CLUSTER}/agentPools`, { action: `${RIGHT}/agentPools/read`, answer: listAgentPools, namespace }),
  get(`${CLUSTER}/agentPools/{pool}`, { action: `${RIGHT}/agentPools/read`, answer: getAgentPool, namespace }),
  get(`${SUBSCRIPTION}${AKS}/locations/{location}/operations/{operation}`, {
    action: "Microsoft.ContainerService/locations/operations/read",
    answer: getOperation,
    namespace,
  }),
  get(`${SUBSCRIPTION}/providers/Microsoft.Compute/locations/{location}/usages`, {
    action: "Microsoft.Compute/locations/usages/read",
    answer: listComputeUsages,
    namespace: "Microsoft.Compute",
  }),
  get(`${SUBSCRIPTION}/providers/Microsoft.Network/locations/{location}/usages`, {
    action: "Microsoft.Network/locations/usages/read",
    answer: listNetworkUsages,
    namespace: "Microsoft.Network",
  }),
  get(`${SUBSCRIPTION}/providers/Microsoft.Network/virtualNetworks`, {
    action: "Microsoft.Network/virtualNetworks/read",
    answer: listVirtualNetworks,
    namespace: "Microsoft.Network",
  }),
  get(`${SUBSCRIPTION}/providers/Microsoft.Authorization/locks`, {
    action: "Microsoft.Authorization/locks/read",
    answer: listLocks,
    namespace: "Microsoft.Authorization",
  }),
  get("/api/retail/prices", { action: "", answer: listRetailPrices, isPublic: true }),
];

function get(path: string, target: AzureHandler): EmulatorRoute<AzureHandler> {
  return { method: "GET", path, target };
}

function post(path: string, target: AzureHandler): EmulatorRoute<AzureHandler> {
  return { method: "POST", path, target };
}
