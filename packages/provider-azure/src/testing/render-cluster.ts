import type { ClusterPhase } from "@flotilla/core";
import { type EmulatedCluster, stableHex, stableUuid } from "@flotilla/testing";
import { armIdOf, nodeGroupOf } from "./cluster-place.ts";
import { renderPool } from "./render-pool.ts";
import { STATES } from "./states.ts";

/** A managed cluster as AKS answers with it; `systemData` and, in most versions, `eTag` are not in the answers. */
export function renderCluster(cluster: EmulatedCluster, apiVersion: string): Readonly<Record<string, unknown>> {
  const { name, region, labels, supportTier = "Standard", serverless = false, wire = {} } = cluster;
  const { properties = {}, ...top } = wire;
  return {
    id: armIdOf(cluster),
    location: region,
    name,
    ...(labels === undefined ? {} : { tags: labels }),
    type: "Microsoft.ContainerService/ManagedClusters",
    ...(hasEtag(apiVersion) ? { eTag: etagOf(cluster) } : {}),
    properties: { ...propertiesOf(cluster), ...(properties as object) },
    identity: {
      type: "SystemAssigned",
      principalId: stableUuid(armIdOf(cluster), "principal"),
      tenantId: stableUuid("azure", "tenant"),
    },
    sku: { name: serverless ? "Automatic" : "Base", tier: supportTier },
    ...top,
  };
}

/** Recordings hold it in two preview versions only; the versions since then declare it. */
export function hasEtag(apiVersion: string): boolean {
  return apiVersion.endsWith("-preview") || apiVersion >= "2026";
}

/** Changes with anything that is described. */
export function etagOf(cluster: EmulatedCluster): string {
  return stableUuid(JSON.stringify(cluster));
}

function propertiesOf(cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { name, region, phase = "ready", version, pools, issues = [] } = cluster;
  const [provisioningState, power] = STATES[phase];
  return {
    provisioningState,
    powerState: { code: power },
    kubernetesVersion: minorOf(version),
    // A cluster that is being created has none yet, and one that failed to be never had one.
    ...(phase === "creating" || phase === "failed" ? {} : { currentKubernetesVersion: version }),
    dnsPrefix: name,
    ...namesOf(cluster),
    agentPoolProfiles: pools.map((pool) => renderPool(pool, cluster)),
    servicePrincipalProfile: { clientId: "msi" },
    nodeResourceGroup: nodeGroupOf(cluster),
    enableRBAC: true,
    supportPlan: "KubernetesOfficial",
    networkProfile: networkOf(cluster),
    ...(cluster.cloudIdentity === false
      ? {}
      : {
          aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: null },
          disableLocalAccounts: true,
        }),
    ...accessOf(cluster),
    maxAgentPools: 100,
    autoUpgradeProfile: { nodeOSUpgradeChannel: "NodeImage" },
    oidcIssuerProfile: {
      enabled: true,
      issuerURL: `https://${region}.oic.prod-aks.azure.com/${stableUuid("azure", "tenant")}/${stableUuid(armIdOf(cluster), "oidc")}/`,
    },
    resourceUID: stableHex(24, armIdOf(cluster)),
    ...statusOf(phase, issues),
  };
}

/** Errors are told beside success where the cluster still runs. */
function statusOf(phase: ClusterPhase, issues: NonNullable<EmulatedCluster["issues"]>): { readonly status?: unknown } {
  const [issue] = issues;
  if (issue !== undefined) return { status: { provisioningError: issue } };
  if (phase !== "degraded") return {};
  return {
    status: { provisioningError: { code: "VMExtensionProvisioningError", message: "Some nodes are not healthy." } },
  };
}

function namesOf(cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const host = apiServerHost(cluster);
  if (cluster.phase === "creating") return {};
  if (cluster.endpoint?.access === "private") return { privateFQDN: host };
  return { fqdn: host, azurePortalFQDN: host.replace(".hcp.", ".portal.hcp.") };
}

/** Where the member's API server is, without scheme; a port only where it is not 443. */
export function apiServerHost(cluster: EmulatedCluster): string {
  if (cluster.endpoint !== undefined) return new URL(cluster.endpoint.url).host;
  const { name, region } = cluster;
  return `${name.toLowerCase()}-${stableHex(8, armIdOf(cluster))}.hcp.${region}.azmk8s.io`;
}

function accessOf({ endpoint }: EmulatedCluster): Readonly<Record<string, unknown>> {
  switch (endpoint?.access) {
    case "private":
      return { apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false } };
    case "publicAndPrivate":
      return { apiServerAccessProfile: { enableVnetIntegration: true } };
    case "public":
    case undefined:
      return {};
  }
}

function networkOf({ network }: EmulatedCluster): unknown {
  const podCidrs = network?.podCidrs ?? ["10.244.0.0/16"];
  const serviceCidrs = network?.serviceCidrs ?? ["10.0.0.0/16"];
  return {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkPolicy: "none",
    networkDataplane: "azure",
    loadBalancerSku: "standard",
    podCidr: podCidrs[0],
    serviceCidr: serviceCidrs[0],
    dnsServiceIP: "10.0.0.10",
    outboundType: "loadBalancer",
    podCidrs,
    serviceCidrs,
    ipFamilies: ["IPv4"],
  };
}

/** `1.35.1` was asked for as `1.35`. */
function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
