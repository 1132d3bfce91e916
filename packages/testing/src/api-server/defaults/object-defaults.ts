import { isObject, numberAt, objectAt, objectsAt, stringAt, valueAt, withAt, type JsonObject } from "../json/json.ts";
import { defaultPod, defaultTemplate } from "./pod-defaults.ts";
import { type Defaulter, mapItems, mapPart, withDefaults } from "./set-defaults.ts";
import {
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultReplicationController,
  defaultStatefulSet,
} from "./workload-defaults.ts";

/** Defaults by `GROUP/Kind`. Source: the `defaults.go` files of Kubernetes 1.36. */
const DEFAULTERS: Readonly<Record<string, Defaulter>> = {
  "/Pod": defaultPod,
  "/PodTemplate": (object) => mapPart(object, "template", defaultTemplate),
  "/ReplicationController": defaultReplicationController,
  "/Service": defaultService,
  "/Secret": defaultSecret,
  "/Namespace": defaultNamespace,
  "/PersistentVolumeClaim": (object) =>
    withDefaults(object, { "spec.volumeMode": "Filesystem", "status.phase": "Pending" }),
  "/PersistentVolume": (object) =>
    withDefaults(object, {
      "spec.volumeMode": "Filesystem",
      "spec.persistentVolumeReclaimPolicy": "Retain",
      "status.phase": "Pending",
    }),
  "/Endpoints": (object) =>
    mapItems(object, "subsets", (subset) =>
      mapItems(subset, "ports", (port) => withDefaults(port, { protocol: "TCP" })),
    ),
  "apps/Deployment": defaultDeployment,
  "apps/ReplicaSet": defaultReplicaSet,
  "apps/StatefulSet": defaultStatefulSet,
  "apps/DaemonSet": defaultDaemonSet,
  "batch/Job": defaultJob,
  "batch/CronJob": defaultCronJob,
  "autoscaling/HorizontalPodAutoscaler": defaultAutoscaler,
  "networking.k8s.io/NetworkPolicy": defaultNetworkPolicy,
  "networking.k8s.io/IngressClass": (object) =>
    mapPart(object, "spec.parameters", (part) => withDefaults(part, { scope: "Cluster" })),
  "rbac.authorization.k8s.io/RoleBinding": defaultBinding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": defaultBinding,
  "storage.k8s.io/StorageClass": (object) =>
    withDefaults(object, { reclaimPolicy: "Delete", volumeBindingMode: "Immediate" }),
  "scheduling.k8s.io/PriorityClass": (object) => withDefaults(object, { preemptionPolicy: "PreemptLowerPriority" }),
  "discovery.k8s.io/EndpointSlice": (object) =>
    mapItems(object, "ports", (port) => withDefaults(port, { name: "", protocol: "TCP" })),
  "apiextensions.k8s.io/CustomResourceDefinition": defaultDefinition,
};

/** The defaults of a built-in kind; kinds without any stay as they are. */
export function defaulterOf(group: string, kind: string): Defaulter {
  return DEFAULTERS[`${group}/${kind}`] ?? ((object) => object);
}

function defaultService(object: JsonObject): JsonObject {
  let out = withDefaults(object, { "spec.sessionAffinity": "None", "spec.type": "ClusterIP" });
  if (stringAt(out, "spec", "sessionAffinity") === "ClientIP") {
    out = withDefaults(out, { "spec.sessionAffinityConfig.clientIP.timeoutSeconds": 10_800 });
  }
  const type = stringAt(out, "spec", "type");
  if (type !== "ExternalName") out = withDefaults(out, { "spec.internalTrafficPolicy": "Cluster" });
  if (type === "NodePort" || type === "LoadBalancer")
    out = withDefaults(out, { "spec.externalTrafficPolicy": "Cluster" });
  if (type === "LoadBalancer") out = withDefaults(out, { "spec.allocateLoadBalancerNodePorts": true });
  return mapPart(out, "spec", (spec) =>
    mapItems(spec, "ports", (port) => withDefaults(port, { protocol: "TCP", targetPort: numberAt(port, "port") ?? 0 })),
  );
}

/** `stringData` is written into `data`, encoded, and is not kept. */
function defaultSecret(object: JsonObject): JsonObject {
  const texts = Object.entries(objectAt(object, "stringData"));
  let out = withDefaults(object, { type: "Opaque" });
  for (const [key, text] of texts) {
    if (typeof text === "string") out = withAt(out, ["data", key], Buffer.from(text, "utf8").toString("base64"));
  }
  return withAt(out, ["stringData"], undefined);
}

function defaultNamespace(object: JsonObject): JsonObject {
  const name = stringAt(object, "metadata", "name") ?? "";
  const labelled = withAt(object, ["metadata", "labels"], {
    ...objectAt(object, "metadata", "labels"),
    "kubernetes.io/metadata.name": name,
  });
  return withDefaults(labelled, { "status.phase": "Active" });
}

function defaultAutoscaler(object: JsonObject): JsonObject {
  const target = {
    type: "Resource",
    resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
  };
  return withDefaults(object, { "spec.minReplicas": 1, "spec.metrics": [target] });
}

function defaultNetworkPolicy(object: JsonObject): JsonObject {
  const hasEgress = objectsAt(object, "spec", "egress").length > 0;
  const out = withDefaults(object, { "spec.policyTypes": hasEgress ? ["Ingress", "Egress"] : ["Ingress"] });
  const ports: Defaulter = (rule) => mapItems(rule, "ports", (port) => withDefaults(port, { protocol: "TCP" }));
  return mapPart(out, "spec", (spec) => mapItems(mapItems(spec, "ingress", ports), "egress", ports));
}

function defaultBinding(object: JsonObject): JsonObject {
  const group = "rbac.authorization.k8s.io";
  const out = mapPart(object, "roleRef", (ref) =>
    stringAt(ref, "apiGroup") === undefined || ref["apiGroup"] === "" ? { ...ref, apiGroup: group } : ref,
  );
  return mapItems(out, "subjects", (subject) =>
    subject["kind"] === "ServiceAccount" || stringAt(subject, "apiGroup") !== undefined
      ? subject
      : { ...subject, apiGroup: group },
  );
}

function defaultDefinition(object: JsonObject): JsonObject {
  const kind = stringAt(object, "spec", "names", "kind") ?? "";
  let out = withDefaults(object, {
    "spec.names.singular": kind.toLowerCase(),
    "spec.names.listKind": `${kind}List`,
    "spec.conversion": { strategy: "None" },
  });
  const stored = objectsAt(object, "spec", "versions").find((version) => version["storage"] === true);
  if (isObject(stored) && (valueAt(out, "status", "storedVersions") ?? null) === null) {
    out = withAt(out, ["status", "storedVersions"], [stringAt(stored, "name") ?? ""]);
  }
  return out;
}
