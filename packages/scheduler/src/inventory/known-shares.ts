import { compareIds } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import type { Inventory } from "./inventory.ts";

/** The shares of one workload as they were last recorded somewhere. */
export interface ShareRecord {
  readonly shares: readonly Share[];
  readonly revision: number;
}

export interface KnownShares {
  /** Sorted by cluster. A share of 0 is a place that is kept for when replicas are wanted again. */
  readonly shares: readonly Share[];
  /** The greatest revision seen in the fleet; the next change is one more. */
  readonly revision: number;
}

/** One member that was read, and what it has of the workload. */
export interface ReadMember {
  readonly cluster: string;
  readonly inventory: Inventory | undefined;
}

/**
 * What every member has of one workload. The newest inventory knows all shares: also those of members that cannot be read now,
 * and that a member which was away has lost its own meanwhile. A member that answers and has no inventory has nothing. The
 * store's record counts only where no member that answers knows the workload, and only for the others: the fleet is right, a
 * store can be another machine's yesterday. Pure.
 */
export function knownShares(members: readonly ReadMember[], stored: ShareRecord | undefined): KnownShares {
  const newest = newestOf(members);
  const holders = new Set(members.filter(({ inventory }) => inventory !== undefined).map(({ cluster }) => cluster));
  const answering = new Set(members.map(({ cluster }) => cluster));
  const { shares, revision } = newest ?? stored ?? { shares: [], revision: 0 };
  const known = shares.filter(({ cluster }) => holders.has(cluster) || !answering.has(cluster));
  return { shares: known.sort((a, b) => compareIds(a.cluster, b.cluster)), revision };
}

/** The inventory that was written last. */
export function newestOf(members: readonly ReadMember[]): Inventory | undefined {
  return members.reduce<Inventory | undefined>(
    (best, { inventory }) =>
      inventory !== undefined && inventory.revision > (best?.revision ?? -1) ? inventory : best,
    undefined,
  );
}
