import type { KubeObject, ObjectRef } from "@flotilla/core";
import type { Placement, Share } from "../engine/decision.ts";
import type { Explanation } from "../engine/explanation.ts";

/** Decision + rendered objects + cost + id: what a user approves is exactly what runs. */
export interface Plan {
  /** Hash of documents, configuration, decision and rendered digests. */
  readonly planId: string;
  readonly createdAtMs: number;
  /** Empty for an unnamed fleet. */
  readonly fleet: string;
  readonly workloads: readonly PlannedWorkload[];
  readonly cost: PlanCost;
  /** Every object on every cluster, in apply order. Rendered in memory only: the stored plan holds digests. */
  readonly objects: readonly PlannedObject[];
  /** Objects of earlier applies that this plan takes away, after the replacements are healthy. */
  readonly removals: readonly PlannedRemoval[];
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
  readonly policy: string | null;
  readonly replicas: number;
  readonly unplaced: number;
  readonly placements: readonly Placement[];
  readonly previous: readonly Share[];
  readonly explanation: Explanation;
}

export interface PlanCost {
  readonly perMonthUsd: number;
  readonly evenSplitPerMonthUsd: number;
  /** `cluster: reason` of every price that is unknown. */
  readonly unknown: readonly string[];
}

export interface PlannedObject {
  readonly cluster: string;
  readonly ref: ObjectRef;
  /** Hash of what we intend; absent for a Secret, which is compared live. */
  readonly digest: string | null;
  /** The workload whose inventory lists it. */
  readonly owner: ObjectRef;
  readonly role: "namespace" | "follower" | "workload" | "companion";
  /** Absent in a plan read back from the store. */
  readonly object?: KubeObject;
}

export interface PlannedRemoval {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly owner: ObjectRef;
}

export interface PlanBasis {
  readonly perMonthUsd: number;
  readonly configDigest: string;
  readonly documentsDigest: string;
}
