import type { ExplainedWorkload } from "@flotilla/scheduler";
import { toPlannedWorkloadView, type PlannedWorkloadView } from "./plan-view.ts";

/** `explain -o json`; the schema is docs/schemas/explain.json. */
export interface ExplainView {
  readonly workloads: readonly ExplainedWorkloadView[];
}

interface ExplainedWorkloadView extends PlannedWorkloadView {
  readonly planId: string;
  /** When it was decided, ISO 8601. */
  readonly createdAt: string;
}

export function toExplainView(found: readonly ExplainedWorkload[]): ExplainView {
  return {
    workloads: found.map(({ planId, createdAtMs, workload }) => ({
      planId,
      createdAt: new Date(createdAtMs).toISOString(),
      ...toPlannedWorkloadView(workload),
    })),
  };
}
