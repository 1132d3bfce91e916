import type { ClusterResult, DeleteReport, ObjectName } from "@flotilla/scheduler";
import type { RemovalResultView } from "./apply-view.ts";
import { toRefView, type RefView } from "./plan-view.ts";

/** `delete -o json`; the schema is docs/schemas/delete.json. */
export interface DeleteView {
  readonly outcome: DeleteReport["outcome"];
  readonly workloads: readonly RefView[];
  readonly removals: readonly RemovalResultView[];
  readonly clusters: readonly ClusterResult[];
  /** As `[NAMESPACE/]KIND/NAME`. */
  readonly notFound: readonly string[];
}

export function toDeleteView(report: DeleteReport): DeleteView {
  return {
    outcome: report.outcome,
    workloads: report.workloads.map(toRefView),
    removals: report.removals.map(({ ref, ...rest }) => ({ ...toRefView(ref), ...rest })),
    clusters: report.clusters,
    notFound: report.notFound.map(nameText),
  };
}

function nameText({ namespace, kind, name }: ObjectName): string {
  return `${namespace === undefined ? "" : `${namespace}/`}${kind}/${name}`;
}
