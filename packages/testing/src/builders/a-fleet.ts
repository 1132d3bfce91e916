import { compareIds, type ClusterSnapshot, type FleetSnapshot } from "@flotilla/core";

/** A snapshot of exactly these members, sorted as the contract wants it. */
export function aFleet(...members: readonly ClusterSnapshot[]): FleetSnapshot {
  return {
    takenAtMs: Date.UTC(2026, 0, 1),
    clusters: members.toSorted((a, b) => compareIds(a.cluster.id, b.cluster.id)),
    gaps: [],
  };
}
