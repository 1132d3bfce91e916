import type { BroughtObjectStatus, FleetStatus, WorkloadStatus } from "@flotilla/scheduler";
import { type GapView, toGapView } from "./gap-view.ts";
import { toRefView, type RefView } from "./plan-view.ts";

/** `status -o json`; the schema is docs/schemas/status.json. */
export interface StatusView {
  readonly workloads: readonly WorkloadStatusView[];
  readonly gaps: readonly GapView[];
}

export interface WorkloadStatusView extends Pick<WorkloadStatus, "replicas" | "health" | "clusters"> {
  readonly ref: RefView;
  readonly objects: readonly (Pick<BroughtObjectStatus, "health" | "clusters"> & { readonly ref: RefView })[];
}

export function toStatusView({ workloads, gaps }: FleetStatus): StatusView {
  return { workloads: workloads.map(toWorkloadStatusView), gaps: gaps.map(toGapView) };
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
