import type { Cluster, ClusterCapacity } from "@flotilla/core";
import type { Workload } from "../workload/workload.ts";

/**
 * A named score of a user: give it to `schedule` and put its name into a policy's `score` with a weight. A pure function of
 * its arguments, called once per cluster that passed the filters. An answer that is not a number in 0..100, or a throw,
 * counts as 0 for that cluster and is said in the explanation; the other clusters and scores are not disturbed.
 */
export interface ScorePlugin {
  /** As policies write it. `capacity`, `cost` and `region` are taken. */
  readonly name: string;
  /** 0 (worst) to `SCORE_MAX` (best). */
  score(view: ClusterView, workload: Workload): number;
}

/** What a custom score may look at: one candidate, cheap to make, valid only during the call. */
export interface ClusterView {
  readonly cluster: Cluster;
  /** `null` where it could not be read. */
  readonly capacity: ClusterCapacity | null;
  /** Replicas of this workload that would run here at most, those that already do included. */
  readonly room: number;
  /** Replicas of this workload that run here now. */
  readonly current: number;
  /** Of one replica, in micro-USD; `null` where unknown. */
  readonly pricePerHourMicroUsd: number | null;
}
