import { objectAt, stringAt, stringsAt, valueAt, withAt, withDefault, type JsonObject } from "../json/json.ts";
import { defaultTemplate } from "./pod-defaults.ts";
import { mapItems, mapPart, withDefaults } from "./set-defaults.ts";

/** Deployment. Source for all in this file: pkg/apis/apps/v1 and batch/v1 defaults of Kubernetes 1.36. */
export function defaultDeployment(object: JsonObject): JsonObject {
  let out = withDefaults(object, {
    "spec.replicas": 1,
    "spec.strategy.type": "RollingUpdate",
    "spec.revisionHistoryLimit": 10,
    "spec.progressDeadlineSeconds": 600,
  });
  if (stringAt(out, "spec", "strategy", "type") === "RollingUpdate") {
    out = withDefaults(out, {
      "spec.strategy.rollingUpdate.maxUnavailable": "25%",
      "spec.strategy.rollingUpdate.maxSurge": "25%",
    });
  }
  return mapPart(out, "spec.template", defaultTemplate);
}

/** ReplicaSet. */
export function defaultReplicaSet(object: JsonObject): JsonObject {
  return mapPart(withDefaults(object, { "spec.replicas": 1 }), "spec.template", defaultTemplate);
}

/** ReplicationController; its selector is its template's labels. */
export function defaultReplicationController(object: JsonObject): JsonObject {
  const labels = stringsAt(object, "spec", "template", "metadata", "labels");
  const out = Object.keys(labels).length === 0 ? object : withDefaults(object, { "spec.selector": labels });
  return defaultReplicaSet(out);
}

/** StatefulSet. */
export function defaultStatefulSet(object: JsonObject): JsonObject {
  let out = withDefaults(object, {
    "spec.replicas": 1,
    "spec.podManagementPolicy": "OrderedReady",
    "spec.updateStrategy.type": "RollingUpdate",
    "spec.revisionHistoryLimit": 10,
    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted": "Retain",
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled": "Retain",
  });
  if (stringAt(out, "spec", "updateStrategy", "type") === "RollingUpdate") {
    out = withDefaults(out, { "spec.updateStrategy.rollingUpdate.partition": 0 });
  }
  out = mapPart(out, "spec", (spec) =>
    mapItems(spec, "volumeClaimTemplates", (claim) => ({
      ...withDefaults(claim, { "spec.volumeMode": "Filesystem", "status.phase": "Pending" }),
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
    })),
  );
  return mapPart(out, "spec.template", defaultTemplate);
}

/** DaemonSet. */
export function defaultDaemonSet(object: JsonObject): JsonObject {
  let out = withDefaults(object, { "spec.updateStrategy.type": "RollingUpdate", "spec.revisionHistoryLimit": 10 });
  if (stringAt(out, "spec", "updateStrategy", "type") === "RollingUpdate") {
    out = withDefaults(out, {
      "spec.updateStrategy.rollingUpdate.maxUnavailable": 1,
      "spec.updateStrategy.rollingUpdate.maxSurge": 0,
    });
  }
  return mapPart(out, "spec.template", defaultTemplate);
}

/** Job. */
export function defaultJob(object: JsonObject): JsonObject {
  return mapPart(object, "spec", defaultJobSpec);
}

function defaultJobSpec(spec: JsonObject): JsonObject {
  const hasNeither = valueAt(spec, "completions") === undefined && valueAt(spec, "parallelism") === undefined;
  let out = withDefaults(spec, {
    parallelism: 1,
    backoffLimit: 6,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: valueAt(spec, "podFailurePolicy") === undefined ? "TerminatingOrFailed" : "Failed",
  });
  if (hasNeither) out = withDefault(out, ["completions"], 1);
  return mapPart(out, "template", defaultJobTemplate);
}

/** A job's pods have no default restart policy: the user must say which. */
function defaultJobTemplate(template: JsonObject): JsonObject {
  const policy = valueAt(template, "spec", "restartPolicy");
  return withAt(defaultTemplate(template), ["spec", "restartPolicy"], policy);
}

/** CronJob. */
export function defaultCronJob(object: JsonObject): JsonObject {
  const out = withDefaults(object, {
    "spec.concurrencyPolicy": "Allow",
    "spec.suspend": false,
    "spec.successfulJobsHistoryLimit": 3,
    "spec.failedJobsHistoryLimit": 1,
  });
  return mapPart(out, "spec.jobTemplate.spec", (spec) => mapPart(spec, "template", defaultJobTemplate));
}

/** What the server itself writes into a new job: the selector and labels that bind its pods to it. */
export function bindJobPods(object: JsonObject): JsonObject {
  if (valueAt(object, "spec", "manualSelector") === true) return object;
  const uid = stringAt(object, "metadata", "uid") ?? "";
  const name = stringAt(object, "metadata", "name") ?? "";
  const labels: JsonObject = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  const template = ["spec", "template", "metadata", "labels"];
  const all = { ...objectAt(object, ...template), ...labels };
  const hasLabels = Object.keys(objectAt(object, "metadata", "labels")).length > 0;
  const labelled = hasLabels ? object : withAt(object, ["metadata", "labels"], all);
  const out = withAt(labelled, template, all);
  const bound = withAt(out, ["spec", "selector"], { matchLabels: { "batch.kubernetes.io/controller-uid": uid } });
  return withDefault(bound, ["spec", "manualSelector"], false);
}
