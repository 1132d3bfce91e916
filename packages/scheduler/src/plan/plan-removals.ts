import { compareIds, type ObjectRef } from "@flotilla/core";
import { type FleetInventory, inventoriesOf } from "../inventory/fleet-inventory.ts";
import { workloadHash } from "../inventory/ownership.ts";
import { formatRef, refKey } from "../objects/object-ref.ts";
import type { Decided, PlacedUnit } from "./decide.ts";
import { liveKey } from "./live-facts.ts";
import type { KeepReason, KeptObject, PlannedObject, PlannedRemoval } from "./plan.ts";

export interface RemovalsInput {
  readonly fleet: string;
  readonly inventory: FleetInventory;
  readonly decided: Decided;
  readonly assumed: readonly string[];
  /** What the plan puts somewhere. */
  readonly objects: readonly PlannedObject[];
}

export interface Removals {
  readonly removals: readonly PlannedRemoval[];
  readonly kept: readonly KeptObject[];
}

/**
 * What the units' inventories list and the plan no longer puts there: what goes, and what stays although nobody asks for it.
 * Members that cannot be read are left for later. A plan that will be refused takes nothing away. Pure.
 */
export function planRemovals(input: RemovalsInput): Removals {
  const { fleet, inventory, decided, objects } = input;
  const units = [...decided.units.values()];
  const planned = new Set(objects.map(({ cluster, ref }) => liveKey(cluster, ref)));
  const ours = new Set(units.map(({ ref }) => workloadHash(fleet, ref)));
  const removals = new Map<string, PlannedRemoval>();
  const kept = new Map<string, KeptObject>();
  for (const unit of units) {
    for (const { cluster, inventory: before } of inventoriesOf(inventory, fleet, workloadHash(fleet, unit.ref))) {
      for (const ref of before?.objects ?? []) {
        const key = liveKey(cluster, ref);
        if (planned.has(key) || ref.kind === "Namespace") continue;
        const owned = { cluster, ref, owner: unit.ref };
        const isOthersToo = listedByOthers(inventory, fleet, cluster, ref, ours);
        const reason = whyKept(unit, cluster, ref, input.assumed) ?? (isOthersToo ? undefined : whyNeverRemoved(ref));
        // Each owner keeps its own claim: what is released here is the last one's to take away.
        if (reason !== undefined) kept.set(`${key} ${refKey(unit.ref)}`, { ...owned, reason });
        else if (!isOthersToo) removals.set(key, owned);
      }
    }
  }
  // What one of its owners keeps is kept.
  for (const { cluster, ref } of kept.values()) removals.delete(liveKey(cluster, ref));
  const isRefused = units.some(({ shortfall }) => shortfall?.isAllowed === false);
  return isRefused ? { removals: [], kept: [] } : { removals: inOrder(removals), kept: inOrder(kept) };
}

function whyKept(
  { placements }: PlacedUnit,
  cluster: string,
  ref: ObjectRef,
  assumed: readonly string[],
): KeepReason | undefined {
  // What cannot be reached may be down: what it replaces is all there is.
  if (placements.some(({ held }) => held === true)) return "held";
  const isPlacedHere = placements.some((placement) => placement.cluster === cluster);
  return isPlacedHere && assumed.includes(formatRef(ref)) ? "assumed" : undefined;
}

/** A volume's data would be lost, and nothing brings it back. */
function whyNeverRemoved({ kind }: ObjectRef): KeepReason | undefined {
  return kind === "PersistentVolumeClaim" ? "volume" : undefined;
}

/** Whether a workload that is not part of this plan also has the object in its inventory. */
function listedByOthers(
  { members }: FleetInventory,
  fleet: string,
  cluster: string,
  ref: ObjectRef,
  ours: ReadonlySet<string>,
): boolean {
  const key = refKey(ref);
  return (members.get(cluster)?.inventories ?? []).some(
    ({ workload, objects }) =>
      !ours.has(workloadHash(fleet, workload)) && objects.some((object) => refKey(object) === key),
  );
}

function inOrder<T extends PlannedRemoval>(found: ReadonlyMap<string, T>): readonly T[] {
  return [...found.values()].sort((a, b) => compareIds(liveKey(a.cluster, a.ref), liveKey(b.cluster, b.ref)));
}
