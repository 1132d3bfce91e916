import { compareIds } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import type { Inventory } from "./inventory.ts";

/** The shares of one workload as they were last recorded somewhere. */
export interface ShareRecord {
  readonly shares: readonly Share[];
  readonly revision: number;
}

export interface KnownShares {
  /** Sorted by cluster; only members that have something. */
  readonly shares: readonly Share[];
  /** The greatest revision seen anywhere; the next change is one more. */
  readonly revision: number;
}

/**
 * What every member has of one workload. A member that could be read tells for itself; for the others the newest of the
 * store's record and what their neighbours' inventories say.
 */
export function knownShares(
  members: readonly { readonly cluster: string; readonly inventory: Inventory | undefined }[],
  stored: ShareRecord | undefined,
): KnownShares {
  const read = new Set(members.map(({ cluster }) => cluster));
  const records: ShareRecord[] = members.flatMap(({ inventory }) => (inventory === undefined ? [] : [inventory]));
  if (stored !== undefined) records.push(stored);
  const newest = records.reduce<ShareRecord | undefined>(
    (best, record) => (best === undefined || record.revision > best.revision ? record : best),
    undefined,
  );
  const own = members.flatMap(({ cluster, inventory }) =>
    inventory === undefined ? [] : [{ cluster, replicas: inventory.share }],
  );
  const unread = (newest?.shares ?? []).filter(({ cluster }) => !read.has(cluster));
  const shares = [...own, ...unread].filter(({ replicas }) => replicas > 0);
  return { shares: shares.sort((a, b) => compareIds(a.cluster, b.cluster)), revision: newest?.revision ?? 0 };
}
