import type { FleetSnapshot, ObjectRef } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { PlacementSpec } from "../policy/placement-policy.ts";
import type { Workload } from "../workload/workload.ts";

/** What to decide: one policy's workloads that need pods, together, over one snapshot. Plain data. */
export interface ScheduleRequest {
  readonly spec: PlacementSpec;
  /** Policies divide among the same clusters for all of their workloads; capacity is used up in this order. */
  readonly workloads: readonly Workload[];
  /** Where the replicas are now, by workload (same order). Empty on first placement. */
  readonly current: readonly (readonly Share[])[];
  /** Ids whose member cannot be read now: their current share is held, and nothing new goes there. */
  readonly unreachable: ReadonlySet<string>;
  /** Ids given up by the user (`--lose`): out of the candidates, their share moves. */
  readonly lost: ReadonlySet<string>;
  /** Used up by earlier decisions over the same snapshot: cluster id → placements. */
  readonly reserved: readonly Reservation[];
  /** `apiVersion/Kind` that a cluster must have, for clusters whose kinds are known. */
  readonly requiredKinds: readonly string[];
}

/** What one cluster has been given of a workload. */
export interface Share {
  readonly cluster: string;
  readonly replicas: number;
}

/** Replicas of earlier decisions that the snapshot does not know of yet. */
export interface Reservation {
  readonly cluster: string;
  readonly replicas: number;
  readonly pod: Workload["pod"];
}

/** The engine is pure, so a decision keeps what it was made from: `explainDecision` evaluates it again, with words. */
export interface Decision {
  readonly workloads: readonly WorkloadDecision[];
  readonly request: ScheduleRequest;
  readonly snapshot: FleetSnapshot;
  /** The custom scores it was made with. */
  readonly scores: readonly ScorePlugin[];
  /** Cost of all placements per hour; unknown parts are named. */
  readonly cost: DecisionCost;
}

export interface WorkloadDecision {
  readonly ref: ObjectRef;
  readonly replicas: number;
  readonly unplaced: number;
  /** Only clusters with replicas, by id. `held`: the member is unreachable and keeps what it has. */
  readonly placements: readonly Placement[];
  /** Why `unplaced` is not zero. */
  readonly shortfall?: Shortfall;
}

/**
 * `noCluster`: no cluster passes the filters. `capacity`: those that do have no more room. `limits`: the policy's maxima are
 * reached. `spread`: a minimum number of groups or a largest share stands in the way. `unknownPrice`: the policy says `Fail`.
 * `allOrNothing`: some would fit, and the policy wants all.
 */
export interface Shortfall {
  readonly code: "noCluster" | "capacity" | "limits" | "spread" | "unknownPrice" | "allOrNothing";
  readonly message: string;
}

export interface Placement extends Share {
  readonly held?: boolean;
}

export interface DecisionCost {
  readonly perHourMicroUsd: number;
  /** The same replicas split evenly over the feasible clusters. */
  readonly evenSplitPerHourMicroUsd: number;
  /** Clusters with replicas whose price is unknown. */
  readonly unknown: readonly string[];
}
