import type { SpreadConstraint } from "../policy/placement-policy.ts";

/** One spread constraint laid against the candidates of a division. */
export interface SpreadGroups {
  readonly constraint: SpreadConstraint;
  /** Group of each candidate, ≥ 0. */
  readonly codes: Int32Array;
  readonly groupCount: number;
  /** Replicas that unreachable members of a group hold. */
  readonly heldByGroup: Float64Array;
  /** 1 where an unreachable member runs replicas, even if less is wanted than runs and its part of that is nothing. */
  readonly away: Uint8Array;
  /** 1 where an earlier workload of the policy uses the group already. */
  readonly opened: Uint8Array;
}

/** The most replicas that one group may have: a share of all, rounded down, at least 1. `Infinity` without a largest share. */
export function largestShare(constraint: SpreadConstraint, replicas: number): number {
  const { maxSharePercent } = constraint;
  if (maxSharePercent === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((maxSharePercent * replicas) / 100));
}
