import type { DiscoverFacts, PlanFacts, StatusFacts } from "./demo-facts.ts";

/** @throws Error unless so many clusters answer with a price, one of them degraded, and one region is a gap. */
export function expectFleet(fleet: DiscoverFacts, clusters: number): DiscoverFacts {
  const good = fleet.clusters.filter(
    ({ problem, pricePerHourUsd }) => problem === undefined && pricePerHourUsd !== null,
  );
  if (good.length !== clusters) throw new Error(`${good.length} of ${clusters} clusters answer and have a price`);
  const degraded = fleet.clusters.filter(({ phase }) => phase === "degraded").length;
  if (degraded !== 1) throw new Error(`${degraded} clusters are degraded, not one`);
  if (fleet.gaps.length !== 1)
    throw new Error(`${fleet.gaps.length} parts of the fleet could not be looked at, not one`);
  return fleet;
}

/** @throws Error unless every replica has a place, none of them on `lost`. */
export function expectPlaced(plan: PlanFacts, replicas: number, lost?: string): PlanFacts {
  const [workload] = plan.workloads;
  const placed = workload?.placements.reduce((sum, placement) => sum + placement.replicas, 0);
  if (placed !== replicas) throw new Error(`the plan places ${placed ?? 0} of ${replicas} replicas`);
  if (workload?.placements.some(({ cluster }) => cluster === lost) === true) {
    throw new Error(`the plan still places replicas on ${lost ?? ""}`);
  }
  return plan;
}

/** @throws Error unless that many replicas are ready. */
export function expectReady(status: StatusFacts, replicas: number): StatusFacts {
  const ready = status.workloads[0]?.replicas.ready;
  if (ready !== replicas) throw new Error(`${ready ?? 0} of ${replicas} replicas are ready`);
  return status;
}

/** The cluster with the most replicas, the first by id among equals. */
export function busiestCluster(plan: PlanFacts): string {
  const placements = plan.workloads[0]?.placements ?? [];
  const [busiest] = placements.toSorted((a, b) => b.replicas - a.replicas || (a.cluster < b.cluster ? -1 : 1));
  if (busiest === undefined) throw new Error("the plan places nothing");
  return busiest.cluster;
}
