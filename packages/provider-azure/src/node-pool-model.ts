import type { NodePool, Purchase, Taint, TaintEffect } from "@flotilla/core";
import type { AksPool } from "./aks-types.ts";
import { phaseOf } from "./phase.ts";

/** An agent pool in the project's words. Sizes are totals already. */
export function toNodePool(pool: AksPool, region: string | null): NodePool {
  const { manual = [], autoscale = [] } = pool.virtualMachinesProfile?.scale ?? {};
  const machines = pool.virtualMachineNodesStatus ?? [];
  const sizes = [pool.vmSize, ...[...manual, ...autoscale, ...machines].map(({ size }) => size)].filter(isText);
  // A pool of single machines is scaled by size; any other as a whole.
  const scales = pool.enableAutoScaling === true && autoscale.length === 0 ? [pool] : autoscale;
  return {
    name: pool.name ?? "unnamed",
    phase: phaseOf(pool),
    instanceTypes: [...new Set(sizes)],
    nodes: pool.count ?? total(machines.map(({ count }) => count)) ?? total(manual.map(({ count }) => count)),
    nodesMin: total(scales.map(({ minCount }) => minCount)),
    nodesMax: total(scales.map(({ maxCount }) => maxCount)),
    purchase: purchaseOf(pool.scaleSetPriority),
    zones: zonesOf(pool.availabilityZones ?? [], region),
    kubernetesVersion: pool.currentOrchestratorVersion ?? pool.orchestratorVersion ?? null,
    labels: pool.nodeLabels ?? {},
    taints: (pool.nodeTaints ?? []).flatMap(toTaint),
  };
}

/** `null` for none at all, and where one of them is not told. */
function total(counts: readonly (number | undefined)[]): number | null {
  const told = counts.filter((count) => count !== undefined);
  return counts.length === 0 || told.length < counts.length ? null : told.reduce((sum, count) => sum + count, 0);
}

function isText(size: string | undefined): size is string {
  return size !== undefined && size !== "";
}

/** `Regular` is the default and often not told. */
function purchaseOf(priority: string | undefined): Purchase {
  switch (priority?.toLowerCase()) {
    case undefined:
    case "":
    case "regular":
      return "onDemand";
    case "spot":
      return "spot";
    default:
      return "unknown";
  }
}

/** Azure counts zones within a region; nodes carry `westeurope-1`, and so do we. */
function zonesOf(zones: readonly string[], region: string | null): readonly string[] {
  return [...new Set(zones.map((zone) => (region === null ? zone : `${region}-${zone}`)))].sort();
}

const EFFECTS: readonly TaintEffect[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** `key=value:Effect` or `key:Effect`. One that is neither is left out: it taints nothing. */
function toTaint(text: string): readonly Taint[] {
  const match = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text);
  const effect = EFFECTS.find((known) => known === match?.[3]);
  const key = match?.[1];
  if (key === undefined || effect === undefined) return [];
  const value = match?.[2];
  return [value === undefined || value === "" ? { key, effect } : { key, value, effect }];
}
