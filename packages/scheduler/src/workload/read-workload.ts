import { isJsonObject, type KubeObject, type ObjectRef } from "@flotilla/core";
import { effectiveRequests } from "./effective-requests.ts";
import { JsonReader } from "./json-reader.ts";
import { podSpecPath } from "./pod-template.ts";
import { readNodeTerms, readTolerations } from "./read-pod-constraints.ts";
import type { WorkloadProblem } from "./workload-problem.ts";
import type { Division, PodNeeds, Workload } from "./workload.ts";

/** A workload, and what is wrong with it. With problems the workload must not be scheduled: what is wrong counts as zero. */
export interface WorkloadReading {
  readonly workload: Workload;
  readonly problems: readonly WorkloadProblem[];
}

/**
 * What the engine needs to know of an object that makes pods: Deployment, StatefulSet, ReplicaSet, DaemonSet,
 * ReplicationController, Job, CronJob, Pod. `undefined` for every other kind.
 */
export function readWorkload(object: KubeObject): WorkloadReading | undefined {
  const path = podSpecPath(object);
  if (path === undefined) return undefined;
  const problems: WorkloadProblem[] = [];
  const root = new JsonReader(object, [], (problem) => problems.push(problem));
  const podSpec = root.at(path);
  if (!isJsonObject(podSpec.value)) podSpec.problem("a pod spec is missing");
  const workload: Workload = {
    ref: refOf(object),
    labels: object.metadata.labels ?? {},
    replicas: readReplicas(object.kind, root),
    pod: readPod(podSpec),
    division: DIVISIONS[object.kind] ?? "Replicas",
  };
  return { workload, problems };
}

const DIVISIONS: Readonly<Record<string, Division>> = { Pod: "Single", CronJob: "Single", DaemonSet: "PerCluster" };

function refOf(object: KubeObject): ObjectRef {
  const { namespace, name } = object.metadata;
  const ref = { apiVersion: object.apiVersion, kind: object.kind, name };
  return namespace === undefined ? ref : { ...ref, namespace };
}

/** Kubernetes' own defaults where the field is absent. */
function readReplicas(kind: string, root: JsonReader): number {
  switch (kind) {
    case "Pod":
    case "DaemonSet":
      return 1;
    case "Job":
      return readParallelism(root.at(["spec"]));
    case "CronJob":
      return readParallelism(root.at(["spec", "jobTemplate", "spec"]));
    default:
      return root.at(["spec", "replicas"]).count(1);
  }
}

/** A Job never runs more pods at once than it has completions left. */
function readParallelism(spec: JsonReader): number {
  const parallelism = spec.at(["parallelism"]).count(1);
  const completions = spec.at(["completions"]);
  return completions.value === undefined ? parallelism : Math.min(parallelism, completions.count(1));
}

function readPod(podSpec: JsonReader): PodNeeds {
  return {
    requests: effectiveRequests(podSpec),
    nodeSelector: podSpec.at(["nodeSelector"]).stringMap(),
    nodeTerms: readNodeTerms(podSpec),
    tolerations: readTolerations(podSpec),
  };
}
