import {
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringsAt,
  valueAt,
  type Json,
  type JsonObject,
  show,
} from "../json/json.ts";
import {
  age,
  ageOf,
  type Column,
  column,
  containerNames,
  count,
  formatLabels,
  formatSelector,
  humanDuration,
  images,
  nameCell,
  selectorText,
} from "./columns.ts";
import { nodeColumns } from "./node-columns.ts";
import { podColumns } from "./pod-columns.ts";

const NAME = column("Name", nameCell);
const AGE = column("Age", age);
const CREATED = column("Created At:date", (object) => stringAt(object, "metadata", "creationTimestamp") ?? "");
const TEMPLATE = [column("Containers*", containerNames), column("Images*", images)];
const SELECTOR = column("Selector*", selectorText);

/** Text at a path, or what stands for none. */
function text(none: string, ...path: readonly string[]): Column["cell"] {
  return (object) => stringAt(object, ...path) ?? none;
}

function any(none: Json, ...path: readonly string[]): Column["cell"] {
  return (object) => valueAt(object, ...path) ?? none;
}

const ready: Column["cell"] = (object) =>
  `${numberAt(object, "status", "readyReplicas") ?? 0}/${numberAt(object, "spec", "replicas") ?? 0}`;
const REPLICAS = [
  column("Desired:integer", count("spec", "replicas")),
  column("Current:integer", count("status", "replicas")),
  column("Ready:integer", count("status", "readyReplicas")),
];
const EVENT = [
  column("Last Seen", (object, nowMs) =>
    ageOf(stringAt(object, "lastTimestamp") ?? stringAt(object, "metadata", "creationTimestamp"), nowMs),
  ),
  column("Type", text("", "type")),
  column("Reason", text("", "reason")),
  column(
    "Object",
    (object) =>
      `${(stringAt(object, "involvedObject", "kind") ?? "").toLowerCase()}/${stringAt(object, "involvedObject", "name") ?? ""}`,
  ),
  column("Subobject*", text("", "involvedObject", "fieldPath")),
  column("Source*", text("", "source", "component")),
  column("Message", text("", "message")),
  column("First Seen*", (object, nowMs) =>
    ageOf(stringAt(object, "firstTimestamp") ?? stringAt(object, "metadata", "creationTimestamp"), nowMs),
  ),
  column("Count*", any(1, "count")),
  column("Name*", nameCell),
];
const SUBJECTS = [
  column(
    "Role",
    (object) => `${stringAt(object, "roleRef", "kind") ?? ""}/${stringAt(object, "roleRef", "name") ?? ""}`,
  ),
  AGE,
  ...["User", "Group", "ServiceAccount"].map((kind) =>
    column(`${kind}s*`, (object) =>
      objectsAt(object, "subjects")
        .filter((subject) => subject["kind"] === kind)
        .map((subject) =>
          [stringAt(subject, "namespace"), stringAt(subject, "name")].filter((part) => part !== undefined).join("/"),
        )
        .join(","),
    ),
  ),
];

/** Columns by `GROUP/Kind`. Source: the printers of Kubernetes 1.36. */
export const KIND_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  "/Pod": podColumns,
  "/Node": nodeColumns,
  "/Namespace": [NAME, column("Status", text("", "status", "phase")), AGE],
  "/ConfigMap": [NAME, column("Data", (object) => keys(object, "data") + keys(object, "binaryData")), AGE],
  "/Secret": [NAME, column("Type", text("", "type")), column("Data", (object) => keys(object, "data")), AGE],
  "/Service": [
    NAME,
    column("Type", text("", "spec", "type")),
    column("Cluster-IP", text("<none>", "spec", "clusterIP")),
    column("External-IP", externalAddress),
    column("Port(s)", servicePorts),
    AGE,
    column("Selector*", (object) => formatLabels(stringsAt(object, "spec", "selector"))),
  ],
  "/Endpoints": [NAME, column("Endpoints", endpointList), AGE],
  "/Event": EVENT,
  "/LimitRange": [NAME, CREATED],
  "/PersistentVolumeClaim": [
    NAME,
    column("Status", text("", "status", "phase")),
    column("Volume", text("", "spec", "volumeName")),
    column("Capacity", text("", "status", "capacity", "storage")),
    column("Access Modes", accessModes),
    column("StorageClass", text("", "spec", "storageClassName")),
    column("VolumeAttributesClass", text("<unset>", "spec", "volumeAttributesClassName")),
    AGE,
    column("VolumeMode*", text("", "spec", "volumeMode")),
  ],
  "/ReplicationController": [
    NAME,
    ...REPLICAS,
    AGE,
    ...TEMPLATE,
    column("Selector*", (object) => formatLabels(stringsAt(object, "spec", "selector"))),
  ],
  "apps/Deployment": [
    NAME,
    column("Ready", ready),
    column("Up-to-date", count("status", "updatedReplicas")),
    column("Available", count("status", "availableReplicas")),
    AGE,
    ...TEMPLATE,
    SELECTOR,
  ],
  "apps/ReplicaSet": [NAME, ...REPLICAS, AGE, ...TEMPLATE, SELECTOR],
  "apps/StatefulSet": [NAME, column("Ready", ready), AGE, ...TEMPLATE],
  "apps/DaemonSet": [
    NAME,
    column("Desired:integer", count("status", "desiredNumberScheduled")),
    column("Current:integer", count("status", "currentNumberScheduled")),
    column("Ready:integer", count("status", "numberReady")),
    column("Up-to-date:integer", count("status", "updatedNumberScheduled")),
    column("Available:integer", count("status", "numberAvailable")),
    column("Node Selector", (object) => formatLabels(stringsAt(object, "spec", "template", "spec", "nodeSelector"))),
    AGE,
    ...TEMPLATE,
    SELECTOR,
  ],
  "apps/ControllerRevision": [NAME, column("Controller", owner), column("Revision", count("revision")), AGE],
  "batch/Job": [
    NAME,
    column("Status", jobStatus),
    column(
      "Completions",
      (object) =>
        `${numberAt(object, "status", "succeeded") ?? 0}/${numberAt(object, "spec", "completions") ?? numberAt(object, "spec", "parallelism") ?? 1}`,
    ),
    column("Duration", jobDuration),
    AGE,
    ...TEMPLATE,
    SELECTOR,
  ],
  "batch/CronJob": [
    NAME,
    column("Schedule", text("", "spec", "schedule")),
    column("Timezone", text("<none>", "spec", "timeZone")),
    column("Suspend:boolean", any(false, "spec", "suspend")),
    column("Active:integer", (object) => listAt(object, "status", "active").length),
    column("Last Schedule", (object, nowMs) => {
      const last = stringAt(object, "status", "lastScheduleTime");
      return last === undefined ? "<none>" : ageOf(last, nowMs);
    }),
    AGE,
    column("Containers*", (object) => containerNames(objectAt(object, "spec", "jobTemplate"))),
    column("Images*", (object) => images(objectAt(object, "spec", "jobTemplate"))),
    column("Selector*", (object) => selectorText(objectAt(object, "spec", "jobTemplate"))),
  ],
  "autoscaling/HorizontalPodAutoscaler": [
    NAME,
    column(
      "Reference",
      (object) =>
        `${stringAt(object, "spec", "scaleTargetRef", "kind") ?? ""}/${stringAt(object, "spec", "scaleTargetRef", "name") ?? ""}`,
    ),
    column("Targets", autoscalerTargets),
    column("MinPods", (object) => String(numberAt(object, "spec", "minReplicas") ?? "<unset>")),
    column("MaxPods", count("spec", "maxReplicas")),
    column("Replicas", count("status", "currentReplicas")),
    AGE,
  ],
  "policy/PodDisruptionBudget": [
    NAME,
    column("Min Available", (object) => show(valueAt(object, "spec", "minAvailable") ?? "N/A")),
    column("Max Unavailable", (object) => show(valueAt(object, "spec", "maxUnavailable") ?? "N/A")),
    column("Allowed Disruptions:integer", count("status", "disruptionsAllowed")),
    AGE,
  ],
  "networking.k8s.io/Ingress": [
    NAME,
    column("Class", text("<none>", "spec", "ingressClassName")),
    column(
      "Hosts",
      (object) =>
        objectsAt(object, "spec", "rules")
          .map((rule) => stringAt(rule, "host") ?? "*")
          .join(",") || "*",
    ),
    column("Address", addresses),
    column("Ports", (object) => (listAt(object, "spec", "tls").length > 0 ? "80, 443" : "80")),
    AGE,
  ],
  "networking.k8s.io/NetworkPolicy": [
    NAME,
    column("Pod-Selector", (object) => formatSelector(objectAt(object, "spec", "podSelector"))),
    AGE,
  ],
  "rbac.authorization.k8s.io/Role": [NAME, CREATED],
  "rbac.authorization.k8s.io/ClusterRole": [NAME, CREATED],
  "rbac.authorization.k8s.io/RoleBinding": [NAME, ...SUBJECTS],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [NAME, ...SUBJECTS],
  "storage.k8s.io/StorageClass": [
    NAME,
    column("Provisioner", text("", "provisioner")),
    column("ReclaimPolicy", text("Delete", "reclaimPolicy")),
    column("VolumeBindingMode", text("<unset>", "volumeBindingMode")),
    column("AllowVolumeExpansion", any(false, "allowVolumeExpansion")),
    AGE,
  ],
  "scheduling.k8s.io/PriorityClass": [
    NAME,
    column("Value:integer", count("value")),
    column("Global-Default:boolean", any(false, "globalDefault")),
    AGE,
    column("PreemptionPolicy", text("", "preemptionPolicy")),
  ],
  "coordination.k8s.io/Lease": [NAME, column("Holder", text("", "spec", "holderIdentity")), AGE],
  "discovery.k8s.io/EndpointSlice": [
    NAME,
    column("AddressType", text("", "addressType")),
    column(
      "Ports",
      (object) =>
        objectsAt(object, "ports")
          .map((port) => String(numberAt(port, "port") ?? ""))
          .join(",") || "<unset>",
    ),
    column(
      "Endpoints",
      (object) =>
        objectsAt(object, "endpoints")
          .flatMap((one) => listAt(one, "addresses").map(show))
          .join(",") || "<unset>",
    ),
    AGE,
  ],
  "apiextensions.k8s.io/CustomResourceDefinition": [NAME, CREATED],
};

function keys(object: JsonObject, field: string): number {
  return Object.keys(objectAt(object, field)).length;
}

function owner(object: JsonObject): Json {
  const controller = objectsAt(object, "metadata", "ownerReferences").find((one) => one["controller"] === true);
  return controller === undefined
    ? "<none>"
    : `${show(controller["kind"]).toLowerCase()}.apps/${show(controller["name"])}`;
}

function addresses(object: JsonObject): Json {
  return objectsAt(object, "status", "loadBalancer", "ingress")
    .map((one) => stringAt(one, "ip") ?? stringAt(one, "hostname") ?? "")
    .join(",");
}

function externalAddress(object: JsonObject): Json {
  switch (stringAt(object, "spec", "type") ?? "") {
    case "LoadBalancer":
      return addresses(object) === "" ? "<pending>" : addresses(object);
    case "ExternalName":
      return stringAt(object, "spec", "externalName") ?? "";
    default:
      return listAt(object, "spec", "externalIPs").map(show).join(",") || "<none>";
  }
}

function servicePorts(object: JsonObject): Json {
  const ports = objectsAt(object, "spec", "ports").map((port) => {
    const nodePort = numberAt(port, "nodePort");
    return `${numberAt(port, "port") ?? 0}${nodePort === undefined ? "" : `:${nodePort}`}/${stringAt(port, "protocol") ?? "TCP"}`;
  });
  return ports.join(",") || "<none>";
}

function endpointList(object: JsonObject): Json {
  const all = objectsAt(object, "subsets").flatMap((subset) =>
    objectsAt(subset, "addresses").flatMap((address) =>
      objectsAt(subset, "ports").map((port) => `${show(address["ip"])}:${show(port["port"])}`),
    ),
  );
  return all.join(",") || "<none>";
}

function accessModes(object: JsonObject): Json {
  const short: Readonly<Record<string, string>> = {
    ReadWriteOnce: "RWO",
    ReadOnlyMany: "ROX",
    ReadWriteMany: "RWX",
    ReadWriteOncePod: "RWOP",
  };
  return listAt(object, "status", "accessModes")
    .map((mode) => short[show(mode)] ?? show(mode))
    .join(",");
}

function jobStatus(object: JsonObject): Json {
  const isTrue = (type: string): boolean =>
    objectsAt(object, "status", "conditions").some((one) => one["type"] === type && one["status"] === "True");
  for (const [type, name] of [
    ["Complete", "Complete"],
    ["Failed", "Failed"],
    ["Suspended", "Suspended"],
  ] as const)
    if (isTrue(type)) return name;
  return valueAt(object, "metadata", "deletionTimestamp") === undefined ? "Running" : "Terminating";
}

function jobDuration(object: JsonObject, nowMs: number): Json {
  const [started, ended] = [stringAt(object, "status", "startTime"), stringAt(object, "status", "completionTime")];
  return started === undefined
    ? ""
    : humanDuration((ended === undefined ? nowMs : Date.parse(ended)) - Date.parse(started));
}

function autoscalerTargets(object: JsonObject): Json {
  const metrics = objectsAt(object, "spec", "metrics").map((metric) => {
    const target = objectAt(metric, "resource", "target");
    const wanted = numberAt(target, "averageUtilization");
    return `${stringAt(metric, "resource", "name") ?? "metric"}: <unknown>/${wanted === undefined ? (stringAt(target, "averageValue") ?? "<auto>") : `${wanted}%`}`;
  });
  return metrics.join(", ") || "<none>";
}
