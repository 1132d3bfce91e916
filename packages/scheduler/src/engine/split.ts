import type { Shortfall } from "./decision.ts";

/** How one workload's replicas lie over the candidates of an evaluation. */
export interface Split {
  /** By candidate, without what unreachable members hold. */
  readonly replicas: Float64Array;
  readonly unplaced: number;
  /** 1 for the candidates among which the policy's greatest numbers of groups left the choice. Absent: all of them. */
  readonly chosen?: Uint8Array;
  readonly shortfall?: Shortfall;
}
