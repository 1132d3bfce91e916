import { type Cluster, type ClusterPhase, formatClusterId } from "@flotilla/core";
import { accessOf, networkOf } from "./cluster-network.ts";
import { serverOf } from "./cluster-server.ts";
import { type GroupFacts, warningsOf } from "./cluster-warnings.ts";
import type { GkeCluster } from "./gke-types.ts";
import { toNodePool, zonesOfPool } from "./node-pool-model.ts";
import { poolSizes } from "./pool-sizes.ts";

/** What GKE tells of a cluster, and what Compute Engine tells of what is behind it. */
export interface GkeFacts extends GroupFacts {
  readonly project: string;
  readonly cluster: GkeCluster;
  readonly subnetCidrs: readonly string[];
  /** Whether the GKE that told it is on this machine. */
  readonly isLocalCloud: boolean;
}

/** A named GKE cluster in the project's words; what is absent is `null`. The id's third part is the location: region or zone. */
export function toCluster({ project, cluster, subnetCidrs, isLocalCloud, ...groupFacts }: GkeFacts): Cluster {
  const name = cluster.name ?? "";
  const location = locationOf(cluster);
  const zones = zonesOf(cluster, location);
  const sizes = poolSizes(cluster, zones, groupFacts.groups);
  const server = serverOf(cluster, isLocalCloud);
  const createdAtMs = Date.parse(cluster.createTime ?? "");
  const channel = cluster.releaseChannel?.channel;
  const { autopilot } = cluster;
  const warnings = warningsOf(cluster, groupFacts);
  const version = [cluster.currentMasterVersion, cluster.initialClusterVersion].find(isText);
  return {
    id: formatClusterId({ provider: "gcp", scope: project, group: location, name }),
    provider: "gcp",
    scope: project,
    region: regionOf(location),
    zones,
    name,
    phase: phaseOf(cluster),
    kubernetesVersion: version ?? null,
    endpoint: server === undefined ? null : { url: server.url, access: accessOf(cluster) },
    network: networkOf(cluster, subnetCidrs),
    labels: cluster.resourceLabels ?? {},
    taints: [],
    nodePools: (cluster.nodePools ?? []).map((pool, index) =>
      toNodePool(pool, zonesOfPool(pool, zones), sizes[index] ?? null),
    ),
    oidcIssuer: `https://container.googleapis.com/v1/projects/${project}/locations/${location}/clusters/${name}`,
    ...(autopilot === undefined || autopilot === null ? {} : { serverless: autopilot.enabled === true }),
    ...(isText(channel) && channel !== "UNSPECIFIED" ? { supportTier: channel } : {}),
    ...(Number.isNaN(createdAtMs) ? {} : { createdAtMs }),
    ...(warnings.length === 0 ? {} : { warnings }),
    raw: withoutSecrets(cluster),
  };
}

/** Older clusters come with a password and a private key that open them; of all that only the authority is public. */
function withoutSecrets(cluster: GkeCluster): GkeCluster {
  const { masterAuth } = cluster;
  if (masterAuth === undefined || masterAuth === null) return cluster;
  const { clusterCaCertificate } = masterAuth;
  return { ...cluster, masterAuth: clusterCaCertificate === undefined ? {} : { clusterCaCertificate } };
}

/** As names and places are, which go into paths. */
const PATH_PART = /^[\w-]+$/;

/** Whether an answer says which cluster it is of: its name and place are its id. */
export function isNamed(cluster: GkeCluster): boolean {
  return [cluster.name ?? "", locationOf(cluster)].every((part) => PATH_PART.test(part));
}

/** A region for a regional cluster, a zone for a zonal one. `zone` is the older name of the same, kept as a fallback. */
function locationOf({ location, zone }: GkeCluster): string {
  return [location, zone].find(isText) ?? "";
}

/** `europe-west1-b` is a zone of `europe-west1`, and `us-central1-ai1a` one of `us-central1`. */
function regionOf(location: string): string {
  return /^[a-z]+-[a-z]+\d+(?=-)/.exec(location)?.[0] ?? location;
}

function zonesOf({ locations }: GkeCluster, location: string): readonly string[] {
  if (locations !== undefined && locations !== null && locations.length > 0) return [...new Set(locations)].sort();
  return regionOf(location) === location ? [] : [location];
}

const PHASES: Readonly<Record<string, ClusterPhase>> = {
  PROVISIONING: "creating",
  RUNNING: "ready",
  RECONCILING: "updating",
  STOPPING: "deleting",
  ERROR: "failed",
  DEGRADED: "degraded",
};

/** An unknown value is `unknown`: GKE may add more. */
function phaseOf({ status }: GkeCluster): ClusterPhase {
  return PHASES[String(status ?? "")] ?? "unknown";
}

function isText(value: string | number | null | undefined): value is string {
  return typeof value === "string" && value !== "";
}
