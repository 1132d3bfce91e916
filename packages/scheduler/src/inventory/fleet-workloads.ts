import { compareIds, type ObjectRef } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import { refKey } from "../objects/object-ref.ts";
import { podSpecPath } from "../workload/pod-template.ts";
import type { FleetInventory } from "./fleet-inventory.ts";
import type { Inventory } from "./inventory.ts";
import { knownShares, newestOf } from "./known-shares.ts";
import type { StoredShares } from "./stored-shares.ts";

/** One workload as the fleet itself knows it, without the files it came from. */
export interface FleetWorkload {
  readonly ref: ObjectRef;
  readonly hasPods: boolean;
  readonly replicas: number;
  readonly shares: readonly Share[];
  readonly revision: number;
  /** The members that list it. */
  readonly members: readonly { readonly cluster: string; readonly inventory: Inventory }[];
}

/** Every workload of a fleet: what the members' inventories list, and what the store knows of members that were not read. Pure. */
export function fleetWorkloads(inventory: FleetInventory, stored: readonly StoredShares[]): readonly FleetWorkload[] {
  const refs = new Map<string, ObjectRef>();
  for (const { inventories } of inventory.members.values()) {
    for (const { workload } of inventories) refs.set(refKey(workload), workload);
  }
  for (const { ref } of stored) refs.set(refKey(ref), refs.get(refKey(ref)) ?? ref);
  const inOrder = [...refs].sort(([a], [b]) => compareIds(a, b));
  return inOrder
    .map(([key, ref]) => toWorkload(key, ref, inventory, stored))
    .filter(({ members, shares }) => members.length + shares.length > 0);
}

function toWorkload(
  key: string,
  ref: ObjectRef,
  { members }: FleetInventory,
  stored: readonly StoredShares[],
): FleetWorkload {
  const read = [...members].map(([cluster, { inventories }]) => ({
    cluster,
    inventory: inventories.find(({ workload }) => refKey(workload) === key),
  }));
  const record = stored.find((each) => refKey(each.ref) === key);
  const { shares, revision } = knownShares(read, record);
  const listing = read.flatMap(({ cluster, inventory }) => (inventory === undefined ? [] : [{ cluster, inventory }]));
  const newest = newestOf(read);
  const replicas = newest?.replicas ?? shares.reduce((sum, share) => sum + share.replicas, 0);
  return { ref, hasPods: podSpecPath(ref) !== undefined, replicas, shares, revision, members: listing };
}
