import type { KubeObject } from "@flotilla/core";
import { listAt, numberAt, textAt, valueAt } from "../objects/json-access.ts";
import { conditionOf, genericHealth, isBehind } from "./generic-health.ts";
import { daemonSetHealth, deploymentHealth, podHealth, replicaSetHealth, statefulSetHealth } from "./pod-set-health.ts";
import type { Health, ObjectHealth } from "./workload-status.ts";

/** Reads an object's health by its kind, or by generation and conditions for kinds we do not know. Pure. */
export function objectHealth(object: KubeObject): ObjectHealth {
  if (object.metadata.deletionTimestamp !== undefined) return withoutPods("progressing", "being deleted");
  switch (`${object.apiVersion}/${object.kind}`) {
    case "apps/v1/Deployment":
      return deploymentHealth(object);
    case "apps/v1/StatefulSet":
      return statefulSetHealth(object);
    case "apps/v1/DaemonSet":
      return daemonSetHealth(object);
    case "apps/v1/ReplicaSet":
    case "v1/ReplicationController":
      return replicaSetHealth(object);
    case "v1/Pod":
      return podHealth(object);
    case "batch/v1/Job":
      return jobHealth(object);
    case "batch/v1/CronJob":
      return cronJobHealth(object);
    case "v1/Service":
      return serviceHealth(object);
    case "networking.k8s.io/v1/Ingress":
      return ingressHealth(object);
    case "v1/PersistentVolumeClaim":
      return claimHealth(object);
    default:
      return withoutPods(...genericHealth(object));
  }
}

/** A Job that runs is well: waiting for its end is not part of rolling it out. */
function jobHealth(job: KubeObject): ObjectHealth {
  const wanted = numberAt(job, "spec", "parallelism") ?? 1;
  const active = numberAt(job, "status", "active") ?? 0;
  const ready = numberAt(job, "status", "ready") ?? 0;
  const succeeded = numberAt(job, "status", "succeeded") ?? 0;
  const completions = numberAt(job, "spec", "completions") ?? wanted;
  const told = `${succeeded} of ${completions} completed`;
  const counts = { replicas: wanted, ready, updated: active, available: ready };
  const failed = conditionOf(job, "Failed");
  if (failed?.status === "True")
    return { ...counts, health: "failed", message: failed.message ?? failed.reason ?? "failed" };
  if (conditionOf(job, "Complete")?.status === "True") {
    return { replicas: wanted, ready: wanted, updated: wanted, available: wanted, health: "healthy", message: told };
  }
  if (valueAt(job, "spec", "suspend") === true) return { ...counts, health: "healthy", message: "suspended" };
  if (wanted === 0) return { ...counts, health: "healthy", message: "no pods asked for" };
  return { ...counts, health: ready > 0 ? "healthy" : "progressing", message: `running, ${told}` };
}

function cronJobHealth(cronJob: KubeObject): ObjectHealth {
  const active = listAt(cronJob, "status", "active").length;
  const last = textAt(cronJob, "status", "lastScheduleTime");
  const isSuspended = valueAt(cronJob, "spec", "suspend") === true;
  const told = isSuspended ? "suspended" : `${active} running, last scheduled ${last ?? "never"}`;
  return withoutPods("healthy", told);
}

function serviceHealth(service: KubeObject): ObjectHealth {
  if (textAt(service, "spec", "type") !== "LoadBalancer") return withoutPods("healthy", "");
  const address = addressOf(service);
  return address === undefined
    ? withoutPods("progressing", "waits for a load balancer")
    : withoutPods("healthy", address);
}

function ingressHealth(ingress: KubeObject): ObjectHealth {
  const address = addressOf(ingress);
  return address === undefined ? withoutPods("progressing", "waits for an address") : withoutPods("healthy", address);
}

function addressOf(object: KubeObject): string | undefined {
  const [first] = listAt(object, "status", "loadBalancer", "ingress");
  return textAt(first, "hostname") ?? textAt(first, "ip");
}

function claimHealth(claim: KubeObject): ObjectHealth {
  const phase = textAt(claim, "status", "phase") ?? "Pending";
  const health = { Bound: "healthy", Lost: "failed" }[phase] as Health | undefined;
  return withoutPods(isBehind(claim) ? "progressing" : (health ?? "progressing"), phase);
}

function withoutPods(health: Health, message: string): ObjectHealth {
  return { health, message, replicas: 0, ready: 0, updated: 0, available: 0 };
}
