import type { ObjectRef } from "@flotilla/core";
import { formatRef } from "../objects/object-ref.ts";
import { liveKey } from "../plan/live-facts.ts";
import type { ObjectHealth } from "../status/workload-status.ts";
import type { ClusterResult, ObjectResult, RemovalResult } from "./apply-report.ts";
import type { OnProgress } from "./progress.ts";

/** What has happened in one run so far: whatever ends the run, this is what is told. */
export interface RolloutRecord {
  readonly objects: ReadonlyMap<string, ObjectResult>;
  readonly removals: ReadonlyMap<string, RemovalResult>;
  readonly clusters: ReadonlyMap<string, ClusterResult>;
  /** Last health of a workload on a member, by `liveKey`. */
  readonly seen: ReadonlyMap<string, ObjectHealth | "missing" | { readonly unread: string }>;
  /** Writes that were sent and not answered. */
  readonly inFlight: ReadonlySet<string>;
  object(result: ObjectResult): void;
  removal(result: RemovalResult): void;
  cluster(result: ClusterResult): void;
  saw(cluster: string, ref: ObjectRef, health: ObjectHealth | "missing" | { readonly unread: string }): void;
  /** Runs a write, remembered as in flight until it ends. */
  writing<T>(cluster: string, ref: ObjectRef, write: () => Promise<T>): Promise<T>;
}

export function createRolloutRecord(
  totals: { readonly objects: number; readonly removals: number },
  onProgress: OnProgress,
): RolloutRecord {
  const objects = new Map<string, ObjectResult>();
  const removals = new Map<string, RemovalResult>();
  const clusters = new Map<string, ClusterResult>();
  const seen = new Map<string, ObjectHealth | "missing" | { readonly unread: string }>();
  const inFlight = new Set<string>();
  return {
    objects,
    removals,
    clusters,
    seen,
    inFlight,
    object(result) {
      const { cluster, ref, outcome } = result;
      objects.set(liveKey(cluster, ref), result);
      const message = `${formatRef(ref)} ${outcome} on ${cluster}`;
      onProgress({ phase: "apply", done: objects.size, total: totals.objects, message, cluster, ref });
    },
    removal(result) {
      const { cluster, ref, outcome } = result;
      removals.set(liveKey(cluster, ref), result);
      const message = `${formatRef(ref)} ${outcome} on ${cluster}`;
      onProgress({ phase: "remove", done: removals.size, total: totals.removals, message, cluster, ref });
    },
    cluster: (result) => void clusters.set(result.cluster, result),
    saw: (cluster, ref, health) => void seen.set(liveKey(cluster, ref), health),
    async writing(cluster, ref, write) {
      const name = `${formatRef(ref)} on ${cluster}`;
      inFlight.add(name);
      const result = await write();
      inFlight.delete(name); // not in a finally: a write that failed unanswered may still land
      return result;
    },
  };
}
