import type { DocumentPath, KubeObject } from "@flotilla/core";

/** Where the pod's spec stands in the kinds the engine knows. */
const POD_SPEC_PATHS: ReadonlyMap<string, DocumentPath> = new Map<string, DocumentPath>([
  ["v1/Pod", ["spec"]],
  ["v1/ReplicationController", ["spec", "template", "spec"]],
  ["apps/v1/Deployment", ["spec", "template", "spec"]],
  ["apps/v1/StatefulSet", ["spec", "template", "spec"]],
  ["apps/v1/ReplicaSet", ["spec", "template", "spec"]],
  ["apps/v1/DaemonSet", ["spec", "template", "spec"]],
  ["batch/v1/Job", ["spec", "template", "spec"]],
  ["batch/v1/CronJob", ["spec", "jobTemplate", "spec", "template", "spec"]],
]);

/** Path of the pod's spec inside an object of this kind; `undefined` for kinds without pods. */
export function podSpecPath(object: Pick<KubeObject, "apiVersion" | "kind">): DocumentPath | undefined {
  return POD_SPEC_PATHS.get(`${object.apiVersion}/${object.kind}`);
}

/** Path of the pod template (labels, annotations and spec) inside an object of this kind; a bare Pod is its own template. */
export function podTemplatePath(object: Pick<KubeObject, "apiVersion" | "kind">): DocumentPath | undefined {
  return podSpecPath(object)?.slice(0, -1);
}
