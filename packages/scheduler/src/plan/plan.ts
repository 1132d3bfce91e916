import type { KubeObject, ObjectRef } from "@flotilla/core";
import type { Placement, Share } from "../engine/decision.ts";
import type { Explanation } from "../engine/explanation.ts";
import type { Ownership } from "../inventory/ownership.ts";
import type { PlannedShortfall } from "./planned-shortfall.ts";

/** Decision + rendered objects + cost + id: what a user approves is exactly what runs. */
export interface Plan {
  /** Hash of documents, configuration, decision and rendered digests. */
  readonly planId: string;
  readonly createdAtMs: number;
  /** Empty for an unnamed fleet. */
  readonly fleet: string;
  readonly workloads: readonly PlannedWorkload[];
  /** Objects without pods that no workload brings along and that were placed by themselves; `replicas` counts copies. */
  readonly standalone: readonly PlannedWorkload[];
  readonly cost: PlanCost;
  /** Every object on every cluster, in apply order. Rendered in memory only: the stored plan holds digests. */
  readonly objects: readonly PlannedObject[];
  /** Objects of earlier applies that this plan takes away, after the replacements are healthy. */
  readonly removals: readonly PlannedRemoval[];
  /** Objects of earlier applies that stay although the documents do not put them there: inventories go on listing them. */
  readonly kept: readonly KeptObject[];
  /** References outside the stream that are taken for there: "ConfigMap default/web". */
  readonly assumed: readonly string[];
  readonly warnings: readonly string[];
  /** Changes with any input; part of `planId`. */
  readonly inputsDigest: string;
  /** Facts the plan stands on, compared again by `apply`. */
  readonly basis: PlanBasis;
}

export interface PlannedWorkload {
  readonly ref: ObjectRef;
  /** `namespace/name` or `name` of the placement policy; `null` where none selects the workload. */
  readonly policy: string | null;
  readonly replicas: number;
  readonly unplaced: number;
  readonly placements: readonly Placement[];
  readonly previous: readonly Share[];
  /** Why `unplaced` is not zero. One that is not allowed makes `apply` refuse the whole plan. */
  readonly shortfall?: PlannedShortfall;
  readonly explanation: Explanation;
  /** Of the shares this plan gives: greater than before if they differ. */
  readonly revision: number;
}

export interface PlanCost {
  readonly perMonthUsd: number;
  readonly evenSplitPerMonthUsd: number;
  /** `cluster: reason` of every price that is unknown. */
  readonly unknown: readonly string[];
}

/** What an object is to the workloads that bring it; objects are applied in about this order, removed in the reverse. */
export type ObjectRole = "namespace" | "follower" | "workload" | "companion";

export interface PlannedObject {
  readonly cluster: string;
  readonly ref: ObjectRef;
  /** Hash of what we intend; `null` for a Secret, which is compared live. */
  readonly digest: string | null;
  /** The first of `owners`. */
  readonly owner: ObjectRef;
  /** The workloads whose inventories list it on this cluster; empty for a namespace that is only made when missing. */
  readonly owners: readonly ObjectRef[];
  readonly role: ObjectRole;
  /** What was there when the plan was made. A `foreign` object is refused unless it is to be adopted. */
  readonly live: Ownership;
  /** Fingerprint of what was there, `null` where nothing was: `apply` refuses if it moved since. */
  readonly observed: string | null;
  /** Pods that the object there asks for now; absent for kinds whose spec does not count them. */
  readonly liveReplicas?: number;
  /** The plan that last changed what is there, if it is ours: a plan that was interrupted finds its own work again. */
  readonly appliedBy?: string;
  /** Replicas at creation only: afterwards a HorizontalPodAutoscaler owns the number. */
  readonly initialReplicas?: number;
  /** Absent in a plan read back from the store. */
  readonly object?: KubeObject;
}

export interface PlannedRemoval {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly owner: ObjectRef;
}

/**
 * `volume`: its data would be lost. `held`: the member that has replaced it cannot be reached. `assumed`: the workload still
 * names it, though the documents no longer bring it.
 */
export type KeepReason = "volume" | "held" | "assumed";

export interface KeptObject extends PlannedRemoval {
  readonly reason: KeepReason;
}

export interface PlanBasis {
  readonly perMonthUsd: number;
  readonly configDigest: string;
  readonly documentsDigest: string;
  /** Ids given up when the plan was made (`--lose`). */
  readonly lost: readonly string[];
  /** Files the documents came from, as the caller names them, for reading them again: their contents are never stored. */
  readonly sources: readonly string[];
}
