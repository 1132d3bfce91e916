import type { GkeCluster, GkeCondition } from "./gke-types.ts";
import { groupKey } from "./group-key.ts";
import type { GroupSizes } from "./pool-sizes.ts";

/** A condition is for people: its first lines say it. */
const CHARS_MAX = 300;

/** What is known of instance groups, and which failure hid the others. */
export interface GroupFacts {
  readonly groups: GroupSizes;
  readonly hiddenBy?: string;
}

/** Why a cluster or a pool is not well, in GKE's own words: `GCE_STOCKOUT: …`; and why its sizes are not exact. */
export function warningsOf(cluster: GkeCluster, facts: GroupFacts): readonly string[] {
  return [...conditionsOf(cluster), ...hiddenSizes(cluster, facts)];
}

function conditionsOf({ conditions, nodePools }: GkeCluster): readonly string[] {
  const ofPools = (nodePools ?? []).flatMap((pool) =>
    (pool.conditions ?? []).map((condition) => `pool ${pool.name ?? ""}: ${told(condition)}`),
  );
  return [...new Set([...(conditions ?? []).map(told), ...ofPools])];
}

function hiddenSizes({ nodePools }: GkeCluster, { groups, hiddenBy }: GroupFacts): readonly string[] {
  const urls = (nodePools ?? []).flatMap(({ instanceGroupUrls }) => instanceGroupUrls ?? []);
  if (hiddenBy === undefined || urls.every((url) => groups.has(groupKey(url)))) return [];
  return [`sizes of node pools are unknown, or those that they began with: ${hiddenBy}`];
}

function told({ code, message }: GkeCondition): string {
  const text = [code, message].filter((part) => part !== undefined && part !== null && part !== "").join(": ");
  return text.slice(0, CHARS_MAX);
}
