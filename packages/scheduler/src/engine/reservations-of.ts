import type { Decision, Reservation } from "./decision.ts";

/** What a decision takes up for those after it: only what it adds, since the pods that run are in the snapshot's figures. */
export function reservationsOf({ request, workloads }: Decision): readonly Reservation[] {
  return workloads.flatMap(({ placements }, at) => {
    const workload = request.workloads[at];
    const before = new Map((request.current[at] ?? []).map(({ cluster, replicas }) => [cluster, replicas]));
    if (workload === undefined) return [];
    const { pod, division = "Replicas" } = workload;
    return placements
      .map(({ cluster, replicas }) => ({ cluster, replicas: replicas - (before.get(cluster) ?? 0), pod, division }))
      .filter(({ replicas }) => replicas > 0);
  });
}
