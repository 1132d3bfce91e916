import type { ApplyReport, ClusterResult, ObjectResult, Refusal, RemovalResult } from "@flotilla/scheduler";
import type { FieldConflict } from "@flotilla/core";
import { toRefView, type RefView } from "./plan-view.ts";
import { toWorkloadStatusView, type WorkloadStatusView } from "./status-view.ts";

/** `apply -o json`; the schema is docs/schemas/apply.json. */
export interface ApplyView extends Pick<ApplyReport, "planId" | "outcome" | "running" | "warnings"> {
  readonly refusals: readonly Refusal[];
  readonly clusters: readonly ClusterResult[];
  readonly objects: readonly ObjectResultView[];
  readonly removals: readonly RemovalResultView[];
  readonly workloads: readonly WorkloadStatusView[];
}

export interface ObjectResultView extends RefView {
  readonly cluster: string;
  readonly outcome: ObjectResult["outcome"];
  readonly message?: string;
  readonly conflicts?: readonly FieldConflict[];
}

export interface RemovalResultView extends RefView {
  readonly cluster: string;
  readonly outcome: RemovalResult["outcome"];
  readonly message?: string;
}

export function toApplyView(report: ApplyReport): ApplyView {
  const { planId, outcome, refusals, clusters, running, warnings } = report;
  return {
    planId,
    outcome,
    refusals,
    clusters,
    objects: report.objects.map(({ ref, ...rest }) => ({ ...toRefView(ref), ...rest })),
    removals: report.removals.map(({ ref, ...rest }) => ({ ...toRefView(ref), ...rest })),
    workloads: report.workloads.map(toWorkloadStatusView),
    running,
    warnings,
  };
}
