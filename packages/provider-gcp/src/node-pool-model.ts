import type { ClusterPhase, NodePool, Purchase, Taint, TaintEffect } from "@flotilla/core";
import type { GkeNodePool } from "./gke-types.ts";

/** A GKE node pool in the project's words. `nodes` is counted elsewhere, see `poolSizes`; per-zone limits become totals. */
export function toNodePool(pool: GkeNodePool, zones: readonly string[], nodes: number | null): NodePool {
  const { config } = pool;
  const { machineType } = config ?? {};
  return {
    name: pool.name ?? "",
    phase: phaseOf(pool),
    instanceTypes: typeof machineType === "string" && machineType !== "" ? [machineType] : [],
    nodes,
    ...limitsOf(pool, zones.length),
    purchase: purchaseOf(config),
    zones,
    kubernetesVersion: pool.version === undefined || pool.version === null || pool.version === "" ? null : pool.version,
    labels: config?.labels ?? {},
    taints: (config?.taints ?? []).flatMap(toTaint),
  };
}

/** The pool's own zones, else the cluster's; the service does not sort them. */
export function zonesOfPool(pool: GkeNodePool, clusterZones: readonly string[]): readonly string[] {
  const own = pool.locations ?? [];
  return own.length === 0 ? clusterZones : [...new Set(own)].sort();
}

const PHASES: Readonly<Record<string, ClusterPhase>> = {
  PROVISIONING: "creating",
  RUNNING: "ready",
  RUNNING_WITH_ERROR: "degraded",
  RECONCILING: "updating",
  STOPPING: "deleting",
  ERROR: "failed",
};

function phaseOf({ status }: GkeNodePool): ClusterPhase {
  return PHASES[String(status ?? "")] ?? "unknown";
}

/** Limits are per zone, or totals where those are given; without autoscaling there are none. */
function limitsOf({ autoscaling }: GkeNodePool, zones: number): Pick<NodePool, "nodesMin" | "nodesMax"> {
  if (autoscaling?.enabled !== true) return { nodesMin: null, nodesMax: null };
  const { minNodeCount, maxNodeCount, totalMinNodeCount, totalMaxNodeCount } = autoscaling;
  const isTotal = (totalMaxNodeCount ?? 0) > 0;
  return isTotal
    ? { nodesMin: totalMinNodeCount ?? 0, nodesMax: totalMaxNodeCount ?? null }
    : { nodesMin: (minNodeCount ?? 0) * zones, nodesMax: (maxNodeCount ?? 0) * zones };
}

/** Preemptible machines have the spot price. Flex-start ones have a price of their own that the catalogue does not tell. */
function purchaseOf(config: GkeNodePool["config"]): Purchase {
  if (config === undefined || config === null) return "unknown";
  if (config.flexStart === true) return "unknown";
  return config.spot === true || config.preemptible === true ? "spot" : "onDemand";
}

const EFFECTS: Readonly<Record<string, TaintEffect>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

function toTaint(taint: NonNullable<NonNullable<GkeNodePool["config"]>["taints"]>[number]): readonly Taint[] {
  const { key, value } = taint;
  const effect = EFFECTS[String(taint.effect ?? "")];
  if (key === undefined || key === null || key === "" || effect === undefined) return [];
  return [value === undefined || value === null || value === "" ? { key, effect } : { key, value, effect }];
}
