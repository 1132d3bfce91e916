import { compareIds, type ObjectRef } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import { replicasPathOf } from "../override/set-replicas.ts";
import { aggregateHealth } from "./aggregate-health.ts";
import type { BroughtObjectStatus, ClusterWorkloadStatus, ObjectHealth, WorkloadStatus } from "./workload-status.ts";

/** What was found of a workload on one member. */
export interface SeenOnMember {
  readonly cluster: string;
  /** `missing`: the member answered, the object is not there. A string: why the member was not read. */
  readonly seen: ObjectHealth | "missing" | { readonly unread: string };
}

export interface WantedWorkload {
  readonly ref: ObjectRef;
  /** Over the whole fleet, what has no place included. */
  readonly replicas: number;
  readonly shares: readonly Share[];
  /** `false`: the kind runs no pods of its own. */
  readonly hasPods: boolean;
  /** An autoscaler owns the number of replicas: what the members ask for is right. */
  readonly isAutoscaled?: boolean;
}

/** Adds up what the members say. Pure. */
export function buildWorkloadStatus(
  wanted: WantedWorkload,
  members: readonly SeenOnMember[],
  objects: readonly BroughtObjectStatus[] = [],
): WorkloadStatus {
  const shareOf = new Map(wanted.shares.map(({ cluster, replicas }) => [cluster, replicas]));
  const isCounted = wanted.hasPods && wanted.isAutoscaled !== true && replicasPathOf(wanted.ref) !== undefined;
  const clusters = members
    .toSorted((a, b) => compareIds(a.cluster, b.cluster))
    .map(({ cluster, seen }) => toCluster(cluster, seen, wanted.hasPods ? (shareOf.get(cluster) ?? 0) : 0, isCounted));
  const given = wanted.shares.reduce((sum, { replicas }) => sum + replicas, 0);
  const unplaced = wanted.hasPods ? Math.max(wanted.replicas - given, 0) : 0;
  const health = aggregateHealth(clusters.map((cluster) => cluster.health));
  const isEmpty = clusters.length === 0 && wanted.replicas === 0;
  return {
    ref: wanted.ref,
    replicas: {
      desired: isCounted ? wanted.replicas : clusters.reduce((sum, { replicas }) => sum + replicas, unplaced),
      ready: total(members, "ready"),
      updated: total(members, "updated"),
      available: total(members, "available"),
    },
    health:
      isEmpty || (health === "healthy" && unplaced === 0) ? "healthy" : health === "healthy" ? "degraded" : health,
    clusters,
    objects,
  };
}

function toCluster(
  cluster: string,
  seen: SeenOnMember["seen"],
  share: number,
  isCounted: boolean,
): ClusterWorkloadStatus {
  if (seen === "missing") return { cluster, health: "missing", replicas: share, ready: 0, message: "not there" };
  if ("unread" in seen) return { cluster, health: "unknown", replicas: share, ready: 0, message: seen.unread };
  const { health, replicas, ready, message } = seen;
  if (!isCounted || replicas === share) return { cluster, health, replicas, ready, message };
  // Someone else has scaled it, or a move has not ended: more than its share does no harm, less is less than was asked for.
  const told = [message, `asks for ${replicas}, its share is ${share}`].filter((part) => part !== "").join("; ");
  const isShort = replicas < share && health === "healthy";
  return { cluster, health: isShort ? "degraded" : health, replicas, ready, message: told };
}

function total(members: readonly SeenOnMember[], count: "ready" | "updated" | "available"): number {
  return members.reduce((sum, { seen }) => sum + (typeof seen === "object" && "health" in seen ? seen[count] : 0), 0);
}
