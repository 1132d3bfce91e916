import type { FieldConflict, ObjectRef } from "@flotilla/core";
import type { WorkloadStatus } from "../status/workload-status.ts";

/**
 * `done`: everything is as planned (exit 0). `refused`: the plan may not run as it is, or objects belong to someone else
 * or are invalid (exit 3). `partial`: something failed, is not healthy yet or could not be reached; running again continues (exit 4).
 * `interrupted`: the caller stopped it; `running` says what goes on by itself (exit 130).
 */
export type ApplyOutcome = "done" | "refused" | "partial" | "interrupted";

export interface ApplyReport {
  readonly planId: string;
  readonly outcome: ApplyOutcome;
  /** Why nothing was changed; empty once anything was tried. */
  readonly refusals: readonly Refusal[];
  readonly objects: readonly ObjectResult[];
  readonly removals: readonly RemovalResult[];
  readonly clusters: readonly ClusterResult[];
  readonly workloads: readonly WorkloadStatus[];
  /** After an interrupt: writes that may have landed and workloads that are still on their way. */
  readonly running: readonly string[];
  readonly warnings: readonly string[];
}

export type RefusalCode =
  | "documentsChanged"
  | "configurationChanged"
  | "fleetChanged"
  | "targetUnfit"
  | "objectChanged"
  | "foreignObject"
  | "costMoved"
  | "tooOld"
  | "nothingFits"
  | "shortfall"
  | "renderedDifferently";

export interface Refusal {
  readonly code: RefusalCode;
  /** What differs from the plan, and what to do. */
  readonly message: string;
}

/** `foreign`: it is there and was not made by this fleet. `skipped`: something it needs was not applied. `pending`: waits for replacements.
 * `invalid`: the server refuses what it says, and will again. */
export type ObjectOutcome =
  "created" | "changed" | "unchanged" | "conflict" | "foreign" | "invalid" | "failed" | "skipped" | "pending";

export interface ObjectResult {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly outcome: ObjectOutcome;
  readonly message?: string;
  /** Of a `conflict`: each field and the manager that owns it. */
  readonly conflicts?: readonly FieldConflict[];
}

/** `kept`: adopted, shared or no longer ours. `pending`: the replacements are not healthy yet, or the member cannot be reached. */
export type RemovalOutcome = "deleted" | "absent" | "kept" | "pending" | "failed";

export interface RemovalResult {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly outcome: RemovalOutcome;
  readonly message?: string;
}

export interface ClusterResult {
  readonly cluster: string;
  readonly outcome: "done" | "failed" | "unreachable" | "held";
  readonly message?: string;
}
