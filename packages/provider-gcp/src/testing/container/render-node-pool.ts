import { type EmulatedCluster, type EmulatedPool, stableHex } from "@flotilla/testing";
import { overlay } from "../overlay.ts";
import { WireEnum } from "../wire-enum.ts";

const STATUS: Readonly<Record<string, string>> = {
  creating: "PROVISIONING",
  ready: "RUNNING",
  degraded: "RUNNING_WITH_ERROR",
  updating: "RECONCILING",
  deleting: "STOPPING",
  failed: "ERROR",
};
const EFFECT = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

/** What a pool is rendered with beside its description. */
export interface PoolPlace {
  readonly cluster: EmulatedCluster;
  readonly zones: readonly string[];
  readonly version: string;
  readonly selfLink: string;
}

/** A node pool as GKE tells it: counts are per zone; false and zero are left out. */
export function renderNodePool(
  pool: EmulatedPool,
  { cluster, zones, version, selfLink }: PoolPlace,
): Readonly<Record<string, unknown>> {
  const status = STATUS[pool.phase ?? "ready"];
  const rendered = {
    name: pool.name,
    config: {
      machineType: pool.instanceType,
      diskSizeGb: 100,
      diskType: "pd-balanced",
      imageType: "COS_CONTAINERD",
      bootDisk: { diskType: "pd-balanced", sizeGb: "100" },
      oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      serviceAccount: "default",
      metadata: { "disable-legacy-endpoints": "true" },
      ...(pool.spot === true ? { spot: true } : {}),
      ...(pool.labels === undefined ? {} : { labels: pool.labels }),
      ...(pool.taints === undefined ? {} : { taints: pool.taints.map(toTaint) }),
    },
    initialNodeCount: Math.max(1, Math.floor(pool.nodes / zones.length)),
    autoscaling: autoscalingOf(pool, zones.length),
    management: { autoRepair: true, autoUpgrade: true },
    maxPodsConstraint: { maxPodsPerNode: "110" },
    podIpv4CidrSize: 24,
    locations: [...zones].reverse(), // the service does not sort them
    instanceGroupUrls: zones.map((zone) => groupUrl(cluster, pool, zone)),
    selfLink: `${selfLink}/nodePools/${pool.name}`,
    ...(status === undefined ? {} : { status: new WireEnum("poolStatus", status) }),
    upgradeSettings: { maxSurge: 1 },
    version: pool.version ?? version,
    etag: stableHex(36, "pool", cluster.scope, cluster.name, pool.name),
  };
  return overlay(rendered, pool.wire);
}

/** The name of the group of machines of a pool in a zone; the same in Compute Engine's answers. Autopilot's begin otherwise. */
export function groupName(cluster: EmulatedCluster, pool: EmulatedPool): string {
  const hash = stableHex(8, "group", cluster.scope, cluster.region, cluster.name, pool.name);
  return `${cluster.serverless === true ? "gk3" : "gke"}-${cluster.name.slice(0, 14)}-${pool.name.slice(0, 14)}-${hash}-grp`;
}

function groupUrl(cluster: EmulatedCluster, pool: EmulatedPool, zone: string): string {
  const path = `projects/${cluster.scope}/zones/${zone}/instanceGroupManagers/${groupName(cluster, pool)}`;
  return `https://www.googleapis.com/compute/v1/${path}`;
}

/** Per zone where the totals divide, else totals. */
function autoscalingOf({ min, max }: EmulatedPool, zones: number): Readonly<Record<string, unknown>> {
  if (min === undefined && max === undefined) return {};
  const [low, high] = [min ?? 0, max ?? min ?? 0];
  const isEven = low % zones === 0 && high % zones === 0;
  const counts = isEven
    ? { minNodeCount: low / zones, maxNodeCount: high / zones }
    : { totalMinNodeCount: low, totalMaxNodeCount: high };
  const told = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
  return { enabled: true, ...told };
}

function toTaint({
  key,
  value,
  effect,
}: NonNullable<EmulatedPool["taints"]>[number]): Readonly<Record<string, unknown>> {
  return { key, ...(value === undefined ? {} : { value }), effect: new WireEnum("taintEffect", EFFECT[effect]) };
}
