import type { ObjectRef } from "@flotilla/core";
import type { ObjectName } from "../objects/object-name.ts";
import type { ClusterResult, RemovalResult } from "../rollout/apply-report.ts";

export interface DeleteReport {
  /** `partial`: some members could not be reached or some objects not be deleted; running again continues. */
  readonly outcome: "done" | "partial" | "interrupted";
  /** The workloads that were found. */
  readonly workloads: readonly ObjectRef[];
  readonly removals: readonly RemovalResult[];
  readonly clusters: readonly ClusterResult[];
  /** Names that no workload of the fleet has. */
  readonly notFound: readonly ObjectName[];
}
