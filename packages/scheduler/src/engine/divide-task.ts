import type { SpreadGroups } from "./spread-groups.ts";

/** One workload's replicas to divide among candidates `0 … size - 1`, in the order of cluster ids. */
export interface DivideTask {
  readonly size: number;
  /** Replicas of the workload, those held by unreachable members included. */
  readonly replicas: number;
  /** Held by unreachable members: they count, and cannot be moved. */
  readonly held: number;
  /** Where the replicas are now. */
  readonly own: Float64Array;
  /** The most a candidate may have: room, limits, and what a filter lets it keep. Finite. */
  readonly cap: Float64Array;
  /** The policy's minimum of a candidate, 0 for none. */
  readonly floor: Float64Array;
  /** 0..100 */
  readonly score: Float64Array;
  /** `false`: weights that somebody wrote say where replicas are, so what runs moves to follow them. */
  readonly stays: boolean;
  readonly method: "Weighted" | "InOrder" | "Packed";
  /** Weights for `Weighted`, sort keys for the other two. */
  readonly keys: Float64Array;
  readonly spread: readonly SpreadGroups[];
  /** Groups in which an unreachable member runs something count towards the least number, whatever it is to keep. */
  readonly countsAway?: true;
}

export interface DivideResult {
  readonly replicas: Float64Array;
  /** A constraint whose minimum of groups cannot be met: nothing new was placed. */
  readonly unmetSpread?: { readonly by: string; readonly needed: number; readonly available: number };
}
