import { numberAt, objectAt, objectsAt, stringAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import { formatTime } from "../rest/server-state.ts";
import { withCondition } from "./conditions.ts";
import { replicasOf } from "./object-client.ts";

/** What a deployment's status is computed from. */
export interface DeploymentFacts {
  readonly deployment: JsonObject;
  readonly current: JsonObject | undefined;
  readonly sets: readonly JsonObject[];
  readonly maxUnavailable: number;
  readonly nowMs: number;
}

/** The status, and when to look again because a rollout may have run out of time. */
export function deploymentStatus(facts: DeploymentFacts): { readonly status: JsonObject; readonly againMs?: number } {
  const { deployment, current, sets } = facts;
  const total = (name: string): number => sets.reduce((sum, set) => sum + (numberAt(set, "status", name) ?? 0), 0);
  const wanted = replicasOf(deployment);
  const counts: Readonly<Record<string, number>> = {
    observedGeneration: numberAt(deployment, "metadata", "generation") ?? 0,
    replicas: total("replicas"),
    updatedReplicas: numberAt(current, "status", "replicas") ?? 0,
    readyReplicas: total("readyReplicas"),
    availableReplicas: total("availableReplicas"),
    unavailableReplicas: Math.max(0, sets.reduce((sum, set) => sum + replicasOf(set), 0) - total("availableReplicas")),
  };
  const positive: Record<string, Json> = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const { conditions, againMs } = conditionsOf(facts, counts, wanted);
  const status = { ...positive, terminatingReplicas: total("terminatingReplicas"), conditions: [...conditions] };
  return { status, ...(againMs === undefined ? {} : { againMs }) };
}

type Counts = Readonly<Record<string, number>>;

function conditionsOf(
  facts: DeploymentFacts,
  counts: Counts,
  wanted: number,
): { readonly conditions: readonly JsonObject[]; readonly againMs?: number } {
  const now = formatTime(facts.nowMs);
  const isAvailable = (counts["availableReplicas"] ?? 0) >= wanted - facts.maxUnavailable;
  const available = isAvailable
    ? {
        type: "Available",
        status: "True",
        reason: "MinimumReplicasAvailable",
        message: "Deployment has minimum availability.",
      }
    : {
        type: "Available",
        status: "False",
        reason: "MinimumReplicasUnavailable",
        message: "Deployment does not have minimum availability.",
      };
  const old = objectsAt(facts.deployment, "status", "conditions");
  if (valueAt(facts.deployment, "spec", "paused") === true) {
    const paused = {
      type: "Progressing",
      status: "Unknown",
      reason: "DeploymentPaused",
      message: "Deployment is paused",
    };
    return { conditions: withCondition(withCondition(old, paused, now), available, now) };
  }
  const conditions = withCondition(old, available, now);
  const set = JSON.stringify(stringAt(facts.current, "metadata", "name") ?? "");
  if (isComplete(counts, wanted)) {
    const done = {
      type: "Progressing",
      status: "True",
      reason: "NewReplicaSetAvailable",
      message: `ReplicaSet ${set} has successfully progressed.`,
    };
    return { conditions: withCondition(conditions, done, now) };
  }
  return progress(facts, counts, conditions, set);
}

function isComplete(counts: Counts, wanted: number): boolean {
  return (
    counts["updatedReplicas"] === wanted && counts["replicas"] === wanted && counts["availableReplicas"] === wanted
  );
}

function progress(
  facts: DeploymentFacts,
  counts: Counts,
  conditions: readonly JsonObject[],
  set: string,
): { readonly conditions: readonly JsonObject[]; readonly againMs?: number } {
  const now = formatTime(facts.nowMs);
  const status = objectAt(facts.deployment, "status");
  const hasMoved =
    (counts["updatedReplicas"] ?? 0) > (numberAt(status, "updatedReplicas") ?? 0) ||
    (counts["readyReplicas"] ?? 0) > (numberAt(status, "readyReplicas") ?? 0) ||
    (counts["availableReplicas"] ?? 0) > (numberAt(status, "availableReplicas") ?? 0) ||
    (numberAt(status, "observedGeneration") ?? 0) !== counts["observedGeneration"];
  const old = conditions.find((one) => one["type"] === "Progressing");
  const isGoingOn = old?.["reason"] === "ReplicaSetUpdated";
  const deadlineMs = (numberAt(facts.deployment, "spec", "progressDeadlineSeconds") ?? 600) * 1000;
  if (old !== undefined && !hasMoved && (isGoingOn || old["reason"] === "ProgressDeadlineExceeded")) {
    const leftMs = Date.parse(stringAt(old, "lastUpdateTime") ?? now) + deadlineMs - facts.nowMs;
    if (leftMs > 0 && isGoingOn) return { conditions, againMs: leftMs };
    const late = {
      type: "Progressing",
      status: "False",
      reason: "ProgressDeadlineExceeded",
      message: `ReplicaSet ${set} has timed out progressing.`,
    };
    return { conditions: withCondition(conditions, late, now) };
  }
  const going = {
    type: "Progressing",
    status: "True",
    reason: "ReplicaSetUpdated",
    message: `ReplicaSet ${set} is progressing.`,
  };
  const updated = withCondition(conditions, going, now);
  const touched = hasMoved
    ? updated.map((one) => (one["type"] === "Progressing" ? { ...one, lastUpdateTime: now } : one))
    : updated;
  return { conditions: touched, againMs: deadlineMs };
}
