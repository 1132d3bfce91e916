import type { BroughtObjectStatus, WorkloadStatus } from "@flotilla/scheduler";
import { toRefView, type RefView } from "./plan-view.ts";

/** `status -o json`; the schema is docs/schemas/status.json. */
export interface StatusView {
  readonly workloads: readonly WorkloadStatusView[];
}

export interface WorkloadStatusView extends Pick<WorkloadStatus, "replicas" | "health" | "clusters"> {
  readonly ref: RefView;
  readonly objects: readonly (Pick<BroughtObjectStatus, "health" | "clusters"> & { readonly ref: RefView })[];
}

export function toStatusView(workloads: readonly WorkloadStatus[]): StatusView {
  return { workloads: workloads.map(toWorkloadStatusView) };
}

export function toWorkloadStatusView({ ref, replicas, health, clusters, objects }: WorkloadStatus): WorkloadStatusView {
  return {
    ref: toRefView(ref),
    replicas,
    health,
    clusters,
    objects: objects.map((object) => ({
      ref: toRefView(object.ref),
      health: object.health,
      clusters: object.clusters,
    })),
  };
}
