import type { KubeObject } from "@flotilla/core";
import { expect, test } from "vitest";
import { objectHealth } from "./object-health.ts";

type Values = Readonly<Record<string, unknown>>;

function anObject(kind: string, spec: Values, status: Values | undefined, generation = 2): KubeObject {
  const apiVersion =
    {
      Deployment: "apps/v1",
      StatefulSet: "apps/v1",
      DaemonSet: "apps/v1",
      ReplicaSet: "apps/v1",
      Job: "batch/v1",
      CronJob: "batch/v1",
      Ingress: "networking.k8s.io/v1",
      Cron: "x.io/v1",
    }[kind] ?? "v1";
  return { apiVersion, kind, metadata: { name: "x", generation }, spec, ...(status === undefined ? {} : { status }) };
}

const seen = { observedGeneration: 2 };
const condition = (type: string, status: string, rest: Values = {}): Values => ({
  conditions: [{ type, status, ...rest }],
});
const full = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };

test.each<[string, KubeObject, string]>([
  ["a Deployment nobody has looked at", anObject("Deployment", { replicas: 3 }, undefined), "progressing"],
  [
    "a Deployment whose status is of an older spec",
    anObject("Deployment", { replicas: 3 }, { ...full, observedGeneration: 1 }),
    "progressing",
  ],
  ["a Deployment that is as asked", anObject("Deployment", { replicas: 3 }, { ...full, ...seen }), "healthy"],
  ["a Deployment scaled to nothing", anObject("Deployment", { replicas: 0 }, seen), "healthy"],
  ["a Deployment with one to come", anObject("Deployment", { replicas: 4 }, { ...full, ...seen }), "progressing"],
  [
    "a Deployment with old pods left",
    anObject("Deployment", { replicas: 3 }, { ...full, replicas: 4, ...seen }),
    "progressing",
  ],
  [
    "a Deployment that gave up",
    anObject(
      "Deployment",
      { replicas: 4 },
      { ...full, ...seen, ...condition("Progressing", "False", { reason: "ProgressDeadlineExceeded" }) },
    ),
    "failed",
  ],
  [
    "a Deployment that may not make pods",
    anObject(
      "Deployment",
      { replicas: 4 },
      { ...full, ...seen, ...condition("ReplicaFailure", "True", { message: "quota" }) },
    ),
    "degraded",
  ],
  [
    "a Deployment that had been complete and lost a pod",
    anObject(
      "Deployment",
      { replicas: 3 },
      {
        ...full,
        availableReplicas: 2,
        ...seen,
        ...condition("Progressing", "True", { reason: "NewReplicaSetAvailable" }),
      },
    ),
    "degraded",
  ],
  [
    "a StatefulSet on its new revision",
    anObject("StatefulSet", { replicas: 3 }, { ...full, ...seen, currentRevision: "a", updateRevision: "a" }),
    "healthy",
  ],
  [
    "a StatefulSet half updated",
    anObject(
      "StatefulSet",
      { replicas: 3 },
      { ...full, updatedReplicas: 1, ...seen, currentRevision: "a", updateRevision: "b" },
    ),
    "progressing",
  ],
  [
    "a StatefulSet updated down to its partition",
    anObject(
      "StatefulSet",
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 3 } } },
      { ...full, updatedReplicas: 0, ...seen, currentRevision: "a", updateRevision: "b" },
    ),
    "progressing",
  ],
  [
    "a DaemonSet on every node",
    anObject(
      "DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2, numberAvailable: 2 },
    ),
    "healthy",
  ],
  [
    "a DaemonSet half updated",
    anObject(
      "DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberReady: 2, numberAvailable: 2 },
    ),
    "progressing",
  ],
  ["a Job that runs", anObject("Job", { parallelism: 2, completions: 4 }, { active: 2, ready: 2 }), "healthy"],
  ["a Job whose pods do not start", anObject("Job", { parallelism: 2 }, { active: 2, ready: 0 }), "progressing"],
  ["a Job that is done", anObject("Job", { parallelism: 2 }, condition("Complete", "True")), "healthy"],
  [
    "a Job that failed",
    anObject("Job", { parallelism: 2 }, condition("Failed", "True", { message: "backoff" })),
    "failed",
  ],
  ["a suspended Job", anObject("Job", { suspend: true }, {}), "healthy"],
  ["a CronJob", anObject("CronJob", {}, {}), "healthy"],
  ["a ready Pod", anObject("Pod", {}, { phase: "Running", ...condition("Ready", "True") }), "healthy"],
  [
    "a Pod without a place",
    anObject("Pod", {}, { phase: "Pending", ...condition("PodScheduled", "False", { message: "no room" }) }),
    "progressing",
  ],
  ["a failed Pod", anObject("Pod", {}, { phase: "Failed" }), "failed"],
  ["a Service", anObject("Service", { type: "ClusterIP" }, {}), "healthy"],
  ["a Service that waits for its balancer", anObject("Service", { type: "LoadBalancer" }, {}), "progressing"],
  [
    "a Service with its balancer",
    anObject("Service", { type: "LoadBalancer" }, { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } }),
    "healthy",
  ],
  ["an Ingress without an address", anObject("Ingress", {}, {}), "progressing"],
  ["a bound claim", anObject("PersistentVolumeClaim", {}, { phase: "Bound" }), "healthy"],
  ["a lost claim", anObject("PersistentVolumeClaim", {}, { phase: "Lost" }), "failed"],
  ["an unknown kind that says nothing", anObject("Cron", {}, undefined), "healthy"],
  [
    "an unknown kind that is behind",
    anObject("Cron", {}, { observedGeneration: 1, ...condition("Ready", "True") }),
    "progressing",
  ],
  [
    "an unknown kind that is not ready",
    anObject("Cron", {}, condition("Ready", "False", { message: "no" })),
    "progressing",
  ],
  ["an unknown kind that is stuck", anObject("Cron", {}, condition("Stalled", "True")), "failed"],
  ["an unknown kind that reconciles", anObject("Cron", {}, condition("Reconciling", "True")), "progressing"],
])("%s", (_, object, health) => {
  expect(objectHealth(object).health).toBe(health);
});

test("what is being deleted is on its way out", () => {
  const object = anObject("Deployment", { replicas: 3 }, { ...full, ...seen });
  const leaving = { ...object, metadata: { ...object.metadata, deletionTimestamp: "2026-11-21T00:00:00Z" } };
  expect(objectHealth(leaving)).toMatchObject({ health: "progressing", message: "being deleted" });
});

test("counts are the spec's and the status's own", () => {
  const object = anObject(
    "Deployment",
    { replicas: 5 },
    { ...seen, replicas: 4, updatedReplicas: 3, readyReplicas: 2, availableReplicas: 1 },
  );
  expect(objectHealth(object)).toMatchObject({ replicas: 5, updated: 3, ready: 2, available: 1 });
});
