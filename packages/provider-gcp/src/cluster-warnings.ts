import type { GkeCluster, GkeCondition } from "./gke-types.ts";

/** A condition is for people: its first lines say it. */
const CHARS_MAX = 300;

/** Why a cluster or a pool is not well, in GKE's own words: `GCE_STOCKOUT: …`. */
export function warningsOf({ conditions, nodePools }: GkeCluster): readonly string[] {
  const ofPools = (nodePools ?? []).flatMap((pool) =>
    (pool.conditions ?? []).map((condition) => `pool ${pool.name ?? ""}: ${told(condition)}`),
  );
  return [...new Set([...(conditions ?? []).map(told), ...ofPools])];
}

function told({ code, message }: GkeCondition): string {
  const text = [code, message].filter((part) => part !== undefined && part !== null && part !== "").join(": ");
  return text.slice(0, CHARS_MAX);
}
