import type { FleetSnapshot, ObjectRef } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { PlacementSpec } from "../policy/placement-policy.ts";
import type { Division, Workload } from "../workload/workload.ts";

/** What to decide: one policy's workloads that need pods, together, over one snapshot. Plain data. */
export interface ScheduleRequest {
  readonly spec: PlacementSpec;
  /** Policies divide among the same clusters for all of their workloads. Who takes space first is `compareWorkloads`' answer. */
  readonly workloads: readonly Workload[];
  /** Where the replicas are now, by workload (same order). Empty on first placement. */
  readonly current: readonly (readonly Share[])[];
  /** Ids whose member cannot be read now: their current share is held, and nothing new goes there. */
  readonly unreachable: ReadonlySet<string>;
  /** Ids given up by the user (`--lose`): out of the candidates, their share moves. */
  readonly lost: ReadonlySet<string>;
  /** Used up by earlier decisions over the same snapshot, see `reservationsOf`. */
  readonly reserved: readonly Reservation[];
  /** Ids that earlier decisions of the same policy use: their groups are in use, as those of the workloads before. */
  readonly opened?: readonly string[];
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
  /** As of the workload: `PerCluster` takes a place on every node. */
  readonly division?: Division;
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
  /** What the policy asks for and does not get: why `unplaced` is not zero, or a minimum that is not met. */
  readonly shortfall?: Shortfall;
}

/**
 * `noCluster`: no cluster passes the filters. `capacity`: those that do have no more room, or what runs on every node has none
 * on a cluster that is meant to have it. `limits`: the policy's maxima are reached, a largest share of a group included, or its
 * weights name nobody else. `minima`: a cluster has less than the policy's minimum, or nothing, or a minimum number of groups is
 * met only with that of a member out of reach; all replicas may be placed all the same. `spread`: a minimum number of groups is
 * not met, wherever the replicas are. `unknownPrice`: the policy says `Fail`. `allOrNothing`: some would fit, and the policy
 * wants all.
 */
export interface Shortfall {
  readonly code: "noCluster" | "capacity" | "limits" | "minima" | "spread" | "unknownPrice" | "allOrNothing";
  readonly message: string;
}

export interface Placement extends Share {
  readonly held?: boolean;
  /** Pods that it makes, for a workload of which `replicas` counts copies of the whole (one pod per suitable node). */
  readonly copies?: number;
}

export interface DecisionCost {
  readonly perHourMicroUsd: number;
  /** The same replicas split evenly over the feasible clusters. */
  readonly evenSplitPerHourMicroUsd: number;
  /** Clusters with replicas whose price is unknown. */
  readonly unknown: readonly string[];
}
