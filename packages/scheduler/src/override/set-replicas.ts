import type { KubeObject } from "@flotilla/core";
import { changeAt, numberAt, valueAt } from "../objects/json-access.ts";
import { groupOf } from "../objects/object-ref.ts";

/** Where a kind keeps the number of its pods. */
const REPLICA_PATHS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["apps/Deployment", ["spec", "replicas"]],
  ["apps/StatefulSet", ["spec", "replicas"]],
  ["apps/ReplicaSet", ["spec", "replicas"]],
  ["/ReplicationController", ["spec", "replicas"]],
  ["batch/Job", ["spec", "parallelism"]],
]);

/** What one cluster gets of a workload. `completions` is a Job's part of the whole. */
export interface ReplicaShare {
  readonly replicas: number;
  readonly completions?: number;
}

/** Path of the field that holds the pods' number, or `undefined` for a kind whose pods are not counted in its spec. */
export function replicasPathOf(object: Pick<KubeObject, "apiVersion" | "kind">): readonly string[] | undefined {
  return REPLICA_PATHS.get(`${groupOf(object.apiVersion)}/${object.kind}`);
}

/** The object with its share of the replicas. DaemonSets, CronJobs and bare Pods run as they are wherever they go. */
export function setReplicas(object: KubeObject, share: ReplicaShare): KubeObject {
  const path = replicasPathOf(object);
  if (path === undefined) return object;
  const counted = changeAt(object, path, () => share.replicas) as KubeObject;
  if (share.completions === undefined) return counted;
  return changeAt(counted, ["spec", "completions"], () => share.completions) as KubeObject;
}

/** The object without its number of pods: someone else (a HorizontalPodAutoscaler) owns it. */
export function withoutReplicas(object: KubeObject): KubeObject {
  const path = replicasPathOf(object);
  if (path === undefined || valueAt(object, ...path) === undefined) return object;
  return changeAt(object, path.slice(0, -1), (spec) => {
    const entries = Object.entries(spec as Record<string, unknown>);
    return Object.fromEntries(entries.filter(([key]) => key !== path.at(-1)));
  }) as KubeObject;
}

/**
 * A Job's completions divided like its parallelism: each cluster its exact proportion rounded down, the rest one by one to the
 * largest remainders (ties to the first). They add up to the Job's own number. `undefined` where the Job states none.
 */
export function divideCompletions(job: KubeObject, parallelism: readonly number[]): readonly (number | undefined)[] {
  const completions = job.kind === "Job" ? numberAt(job, "spec", "completions") : undefined;
  const total = parallelism.reduce((sum, share) => sum + share, 0);
  if (completions === undefined || total === 0) return parallelism.map(() => undefined);
  const floors = parallelism.map((share) => Math.floor((completions * share) / total));
  let rest = completions - floors.reduce((sum, share) => sum + share, 0);
  const order = parallelism
    .map((share, index) => ({ index, remainder: (completions * share) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (rest === 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    rest -= 1;
  }
  return floors;
}
