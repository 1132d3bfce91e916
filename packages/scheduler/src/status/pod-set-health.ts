import type { KubeObject } from "@flotilla/core";
import { numberAt, textAt } from "../objects/json-access.ts";
import { conditionOf, isBehind, tellCondition } from "./generic-health.ts";
import type { ObjectHealth } from "./workload-status.ts";

type Counts = Omit<ObjectHealth, "health" | "message">;

export function deploymentHealth(object: KubeObject): ObjectHealth {
  const counts = countsOf(object);
  const progressing = conditionOf(object, "Progressing");
  const failure = conditionOf(object, "ReplicaFailure");
  if (isNew(object))
    return { ...counts, health: "progressing", message: "its controller has not seen the latest change" };
  if (progressing?.reason === "ProgressDeadlineExceeded")
    return { ...counts, health: "failed", message: tellCondition(progressing) };
  if (failure?.status === "True") return { ...counts, health: "degraded", message: tellCondition(failure) };
  const old = (numberAt(object, "status", "replicas") ?? 0) - counts.updated;
  if (counts.updated >= counts.replicas && old > 0) {
    return { ...counts, health: "progressing", message: `${old} old replicas are still there` };
  }
  // The rollout had ended before, so replicas that are missing now were lost.
  const isSteady = progressing?.reason === "NewReplicaSetAvailable" && counts.updated >= counts.replicas;
  return settle(counts, isSteady);
}

export function statefulSetHealth(object: KubeObject): ObjectHealth {
  const counts = countsOf(object);
  if (isNew(object))
    return { ...counts, health: "progressing", message: "its controller has not seen the latest change" };
  const isOnDelete = textAt(object, "spec", "updateStrategy", "type") === "OnDelete";
  const partition = numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  const toUpdate = isOnDelete ? 0 : Math.max(counts.replicas - partition, 0);
  const isCurrent = textAt(object, "status", "currentRevision") === textAt(object, "status", "updateRevision");
  const updated = isCurrent ? Math.max(counts.updated, counts.ready) : counts.updated;
  if (updated < toUpdate)
    return { ...counts, updated, health: "progressing", message: `${updated} of ${toUpdate} updated` };
  return settle({ ...counts, updated }, false);
}

export function daemonSetHealth(object: KubeObject): ObjectHealth {
  const replicas = numberAt(object, "status", "desiredNumberScheduled") ?? 0;
  const counts = {
    replicas,
    ready: numberAt(object, "status", "numberReady") ?? 0,
    updated: numberAt(object, "status", "updatedNumberScheduled") ?? 0,
    available: numberAt(object, "status", "numberAvailable") ?? 0,
  };
  if (isNew(object))
    return { ...counts, health: "progressing", message: "its controller has not seen the latest change" };
  const isOnDelete = textAt(object, "spec", "updateStrategy", "type") === "OnDelete";
  if (!isOnDelete && counts.updated < replicas) {
    return { ...counts, health: "progressing", message: `${counts.updated} of ${replicas} updated` };
  }
  return settle(counts, false);
}

export function replicaSetHealth(object: KubeObject): ObjectHealth {
  const counts = countsOf(object);
  if (isNew(object))
    return { ...counts, health: "progressing", message: "its controller has not seen the latest change" };
  const updated = numberAt(object, "status", "replicas") ?? 0;
  return settle({ ...counts, updated }, false);
}

export function podHealth(pod: KubeObject): ObjectHealth {
  const phase = textAt(pod, "status", "phase") ?? "Pending";
  const isReady = conditionOf(pod, "Ready")?.status === "True" || phase === "Succeeded";
  const ready = isReady ? 1 : 0;
  const counts = { replicas: 1, ready, updated: 1, available: ready };
  const reason = textAt(pod, "status", "reason") ?? conditionOf(pod, "PodScheduled")?.message ?? phase;
  if (phase === "Failed") return { ...counts, health: "failed", message: reason };
  return { ...counts, health: isReady ? "healthy" : "progressing", message: isReady ? phase : reason };
}

function countsOf(object: KubeObject): Counts {
  const ready = numberAt(object, "status", "readyReplicas") ?? 0;
  return {
    replicas: numberAt(object, "spec", "replicas") ?? 1,
    ready,
    updated: numberAt(object, "status", "updatedReplicas") ?? 0,
    available: numberAt(object, "status", "availableReplicas") ?? ready,
  };
}

/** Nobody has looked at the object yet, or only at an older one. */
function isNew(object: KubeObject): boolean {
  return numberAt(object, "status", "observedGeneration") === undefined || isBehind(object);
}

function settle(counts: Counts, isSteady: boolean): ObjectHealth {
  const { replicas, updated, available } = counts;
  const message = `${available} of ${replicas} available`;
  if (updated >= replicas && available >= replicas) return { ...counts, health: "healthy", message };
  return { ...counts, health: isSteady && available > 0 ? "degraded" : "progressing", message };
}
