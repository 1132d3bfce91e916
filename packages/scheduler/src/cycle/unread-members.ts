import type { FleetSnapshot, Gap } from "@flotilla/core";
import { type FleetInventory, isPaused } from "../inventory/fleet-inventory.ts";

/** Members that were found and could not be read: what runs there is not known, as in a part of the fleet that hides them. Pure. */
export function unreadMembers({ clusters }: FleetSnapshot, { unread }: FleetInventory): readonly Gap[] {
  return clusters.flatMap(({ cluster }): readonly Gap[] => {
    const problem = unread.get(cluster.id);
    if (problem === undefined || (cluster.problem === undefined && isPaused(cluster))) return [];
    const { id, provider, scope, region } = cluster;
    return [{ provider, scope, region, ref: { id }, ...problem }];
  });
}
