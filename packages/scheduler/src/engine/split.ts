import type { Shortfall } from "./decision.ts";

/** How one workload's replicas lie over the candidates of an evaluation. */
export interface Split {
  /** By candidate, without what unreachable members hold. */
  readonly replicas: Float64Array;
  readonly unplaced: number;
  readonly shortfall?: Shortfall;
}
