import {
  type Cluster,
  type ClusterEndpoint,
  type ClusterNetwork,
  type ClusterPhase,
  formatClusterId,
} from "@flotilla/core";
import type { AksCluster } from "./aks-types.ts";
import { toNodePool } from "./node-pool-model.ts";
import { phaseOf } from "./phase.ts";
import { normalRegion } from "./region-name.ts";
import { type ArmName, scopeOf } from "./arm-id.ts";

/** What is known of a cluster from elsewhere than its own answer. */
interface ClusterSurroundings {
  readonly network: ClusterNetwork;
  /** Absent where nobody could tell. */
  readonly deletionProtection?: boolean | undefined;
}

/** An AKS cluster in the project's words. Field by field from the AKS API's `ManagedCluster`; what is absent is `null`. */
export function toCluster(name: ArmName, cluster: AksCluster, surroundings: ClusterSurroundings): Cluster {
  const { network, deletionProtection } = surroundings;
  const region = cluster.location === undefined ? null : normalRegion(cluster.location);
  const nodePools = (cluster.agentPoolProfiles ?? []).map((pool) => toNodePool(pool, region));
  const { systemData, oidcIssuerProfile } = cluster;
  const serverless = isServerless(cluster);
  const createdAtMs = systemData?.createdAt?.getTime();
  return {
    id: formatClusterId({ provider: "azure", scope: name.subscription, group: name.group, name: name.name }),
    provider: "azure",
    scope: scopeOf(name),
    region,
    zones: [...new Set(nodePools.flatMap(({ zones }) => zones))].sort(),
    name: cluster.name ?? name.name,
    phase: clusterPhase(cluster, nodePools),
    kubernetesVersion: cluster.currentKubernetesVersion ?? cluster.kubernetesVersion ?? null,
    endpoint: endpointOf(cluster),
    network,
    labels: textsOf(cluster.tags),
    taints: [],
    nodePools,
    ...(oidcIssuerProfile?.issuerURL === undefined ? {} : { oidcIssuer: oidcIssuerProfile.issuerURL }),
    ...(serverless === undefined ? {} : { serverless }),
    supportTier: tierOf(cluster),
    ...(deletionProtection === undefined ? {} : { deletionProtection }),
    ...(createdAtMs === undefined || Number.isNaN(createdAtMs) ? {} : { createdAtMs }),
    raw: cluster,
  };
}

/**
 * Succeeded with a failed pool or a reported error runs, but not well. Failed is the last operation: a control plane that has
 * a version and power goes on running, so an upgrade that failed must not drive its workloads away.
 */
function clusterPhase(cluster: AksCluster, pools: readonly { readonly phase: ClusterPhase }[]): ClusterPhase {
  const phase = phaseOf(cluster);
  if (phase === "failed") return isRunning(cluster) ? "degraded" : phase;
  const ails = pools.some((pool) => pool.phase === "failed" || pool.phase === "degraded");
  return phase === "ready" && ails ? "degraded" : phase;
}

function isRunning({ powerState, currentKubernetesVersion }: AksCluster): boolean {
  return powerState?.code?.toLowerCase() === "running" && currentKubernetesVersion !== undefined;
}

/** What the control plane is paid by: AKS Automatic has one price, whatever its tier says. */
function tierOf({ sku }: AksCluster): string {
  if (sku?.name === "Automatic") return sku.name;
  return sku?.tier ?? "Free"; // Azure's own default. Source: AKS API, ManagedClusterSKU.
}

/** AKS Automatic, or node auto-provisioning beside pools: either way the cloud brings the machines. */
function isServerless({ sku, nodeProvisioningProfile }: AksCluster): boolean | undefined {
  if (sku?.name === "Automatic" || nodeProvisioningProfile?.mode === "Auto") return true;
  return sku?.name === undefined && nodeProvisioningProfile?.mode === undefined ? undefined : false;
}

/** AKS answers on 443; a port in the name is told by servers that stand in for it. */
function endpointOf(cluster: AksCluster): ClusterEndpoint | null {
  const access = accessOf(cluster);
  const host = access === "private" ? (cluster.privateFqdn ?? cluster.fqdn) : (cluster.fqdn ?? cluster.privateFqdn);
  if (host === undefined || host === "") return null;
  return { url: `https://${/:\d+$/.test(host) ? host : `${host}:443`}`, access };
}

function accessOf({ apiServerAccessProfile, publicNetworkAccess }: AksCluster): ClusterEndpoint["access"] {
  if (apiServerAccessProfile?.enablePrivateCluster === true || publicNetworkAccess === "Disabled") return "private";
  return apiServerAccessProfile?.enableVnetIntegration === true ? "publicAndPrivate" : "public";
}

function textsOf(tags: AksCluster["tags"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags ?? {}).filter(([, value]) => typeof value === "string"));
}
