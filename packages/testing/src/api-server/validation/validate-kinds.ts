import type { Cause } from "../http/status-error.ts";
import { parseAmount } from "../schema/parse-amount.ts";
import {
  equalJson,
  show,
  isObject,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  valueAt,
  withAt,
  without,
  type JsonObject,
} from "../json/json.ts";
import { duplicate, forbiddenField, invalidValue, required, unsupported } from "./causes.ts";
import { containerName, cronSchedule, jobTemplate, valueKeys } from "./validate-values.ts";
import { isEmptySelector, selects, validateLabels } from "./validate-metadata.ts";

/** What is wrong with an object by its kind's own rules; `old` is its state before an update. */
export type KindValidator = (object: JsonObject, old: JsonObject | undefined) => Cause[];

/** `Always`, the default of pods, counts as not chosen. */
const JOB_POLICIES = ["OnFailure", "Never"];

const VALIDATORS: Readonly<Record<string, KindValidator>> = {
  "/Pod": validatePod,
  "/Service": validateService,
  "/ConfigMap": (object, old) => [
    ...validateFrozen(object, old, ["data", "binaryData"]),
    ...valueKeys(object, ["data", "binaryData"]),
  ],
  "/Secret": validateSecret,
  "/PersistentVolumeClaim": validateClaim,
  "apps/Deployment": validateDeployment,
  "apps/ReplicaSet": (object, old) => validateWorkload(object, old, ["Always"]),
  "apps/DaemonSet": (object, old) => validateWorkload(object, old, ["Always"]),
  "apps/StatefulSet": validateStatefulSet,
  "batch/Job": validateJob,
  "batch/CronJob": (object) => [
    ...cronSchedule(object),
    ...restartPolicy(objectAt(object, "spec", "jobTemplate", "spec"), "spec.jobTemplate.spec", JOB_POLICIES),
  ],
  "rbac.authorization.k8s.io/RoleBinding": validateBinding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": validateBinding,
  "autoscaling/HorizontalPodAutoscaler": validateAutoscaler,
};

/** The own rules of a built-in kind; kinds without any accept everything. */
export function validatorOf(group: string, kind: string): KindValidator {
  return VALIDATORS[`${group}/${kind}`] ?? (() => []);
}

function immutable(object: JsonObject, old: JsonObject | undefined, path: readonly string[]): Cause[] {
  if (old === undefined) return [];
  const after = valueAt(object, ...path);
  return equalJson(after, valueAt(old, ...path)) ? [] : [invalidValue(path.join("."), after, "field is immutable")];
}

function notNegative(object: JsonObject, path: readonly string[]): Cause[] {
  const value = numberAt(object, ...path);
  return value === undefined || value >= 0
    ? []
    : [invalidValue(path.join("."), value, "must be greater than or equal to 0")];
}

function validateWorkload(object: JsonObject, old: JsonObject | undefined, policies: readonly string[]): Cause[] {
  const selector = valueAt(object, "spec", "selector");
  const labels = valueAt(object, "spec", "template", "metadata", "labels");
  const causes: Cause[] = [...notNegative(object, ["spec", "replicas"])];
  if (isObject(selector) && isEmptySelector(selector))
    causes.push(invalidValue("spec.selector", selector, "empty selector is invalid for deployment"));
  if (!isObject(selector) || !selects(selector, objectAt(object, "spec", "template", "metadata", "labels"))) {
    causes.push(invalidValue("spec.template.metadata.labels", labels, "`selector` does not match template `labels`"));
  }
  causes.push(
    ...validateLabels(objectAt(object, "spec", "template", "metadata", "labels"), "spec.template.labels"),
    ...restartPolicy(objectAt(object, "spec"), "spec", policies),
    ...podSpecCauses(objectAt(object, "spec", "template", "spec"), "spec.template.spec"),
  );
  return [...causes, ...immutable(object, old, ["spec", "selector"])];
}

function validateDeployment(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const strategy = objectAt(object, "spec", "strategy");
  const isMixed = strategy["type"] === "Recreate" && strategy["rollingUpdate"] !== undefined;
  const mixed = forbiddenField(
    "spec.strategy.rollingUpdate",
    "may not be specified when strategy `type` is 'Recreate'",
  );
  return [...validateWorkload(object, old, ["Always"]), ...(isMixed ? [mixed] : [])];
}

function restartPolicy(spec: JsonObject, path: string, allowed: readonly string[]): Cause[] {
  const field = `${path}.template.spec.restartPolicy`;
  const policy = stringAt(spec, "template", "spec", "restartPolicy") ?? "";
  const isOpen = policy === "" || (policy === "Always" && allowed === JOB_POLICIES);
  if (isOpen) return [required(field, `valid values: ${allowed.map((one) => JSON.stringify(one)).join(", ")}`)];
  return allowed.includes(policy) ? [] : [unsupported(field, policy, allowed)];
}

function validateStatefulSet(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const causes = validateWorkload(object, undefined, ["Always"]);
  if (old === undefined) return causes;
  const mutable = [
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds",
  ];
  const same = equalJson(without(objectAt(object, "spec"), ...mutable), without(objectAt(old, "spec"), ...mutable));
  if (same) return causes;
  const names =
    "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
  return [
    ...causes,
    forbiddenField("spec", `updates to statefulset spec for fields other than ${names} are forbidden`),
  ];
}

function validateJob(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const counts = ["parallelism", "completions", "backoffLimit"].flatMap((name) => notNegative(object, ["spec", name]));
  const causes = [...counts, ...restartPolicy(objectAt(object, "spec"), "spec", JOB_POLICIES)];
  causes.push(...podSpecCauses(objectAt(object, "spec", "template", "spec"), "spec.template.spec"));
  if (old === undefined) return causes;
  const isIndexed = stringAt(object, "spec", "completionMode") === "Indexed";
  const frozen = [["spec", "selector"], ["spec", "completionMode"], ...(isIndexed ? [] : [["spec", "completions"]])];
  return [...causes, ...frozen.flatMap((path) => immutable(object, old, path)), ...jobTemplate(object, old)];
}

function validatePod(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const causes = podSpecCauses(objectAt(object, "spec"), "spec");
  if (old === undefined || equalJson(mutablePart(object), mutablePart(old))) return causes;
  const why =
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
  return [...causes, forbiddenField("spec", why)];
}

/** A pod's spec without what may change after its creation. */
function mutablePart(pod: JsonObject): JsonObject {
  let spec = without(
    objectAt(pod, "spec"),
    "activeDeadlineSeconds",
    "tolerations",
    "terminationGracePeriodSeconds",
    "nodeName",
  );
  for (const list of ["containers", "initContainers"]) {
    const items = objectsAt(spec, list).map((container) => without(container, "image"));
    if (items.length > 0) spec = withAt(spec, [list], items);
  }
  return spec;
}

function podSpecCauses(spec: JsonObject, path: string): Cause[] {
  const names = new Set<string>();
  const volumes = new Set(objectsAt(spec, "volumes").map((volume) => stringAt(volume, "name") ?? ""));
  return objectsAt(spec, "containers").flatMap((container, index) => {
    const at = `${path}.containers[${index}]`;
    const name = stringAt(container, "name") ?? "";
    const causes: Cause[] = (stringAt(container, "image") ?? "") === "" ? [required(`${at}.image`)] : [];
    causes.push(...containerName(name, `${at}.name`));
    if (name !== "" && names.has(name)) causes.push(duplicate(`${at}.name`, name));
    names.add(name);
    causes.push(...containerCauses(container, volumes, at));
    return [
      ...causes,
      ...objectsAt(container, "ports").flatMap((port, number) =>
        containerPort(port, `${at}.ports[${number}].containerPort`),
      ),
    ];
  });
}

/** A container's own values: amounts it asks for within those it is limited to, and mounts of volumes that are there. */
function containerCauses(container: JsonObject, volumes: ReadonlySet<string>, at: string): Cause[] {
  const limits = objectAt(container, "resources", "limits");
  const requests = Object.entries(objectAt(container, "resources", "requests"));
  const excess = requests.flatMap(([name, amount]): Cause[] => {
    const limit = limits[name];
    const isWithin = limit === undefined || parseAmount(name, amount) <= parseAmount(name, limit);
    return isWithin
      ? []
      : [
          invalidValue(
            `${at}.resources.requests`,
            amount,
            `must be less than or equal to ${name} limit of ${show(limit)}`,
          ),
        ];
  });
  const mounts = objectsAt(container, "volumeMounts").flatMap((mount, index): Cause[] => {
    const name = stringAt(mount, "name") ?? "";
    if (name === "" || volumes.has(name)) return [];
    return [
      {
        reason: "FieldValueNotFound",
        message: `Not found: ${JSON.stringify(name)}`,
        field: `${at}.volumeMounts[${index}].name`,
      },
    ];
  });
  return [...excess, ...mounts];
}

function containerPort(port: JsonObject, field: string): Cause[] {
  return port["containerPort"] === 0 ? [required(field)] : portRange(port["containerPort"], field);
}

function portRange(value: unknown, field: string): Cause[] {
  const inRange = typeof value === "number" && value >= 1 && value <= 65_535;
  return inRange
    ? []
    : [invalidValue(field, typeof value === "number" ? value : 0, "must be between 1 and 65535, inclusive")];
}

function validateService(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const ports = objectsAt(object, "spec", "ports");
  const type = stringAt(object, "spec", "type");
  const isHeadless = stringAt(object, "spec", "clusterIP") === "None";
  const causes: Cause[] = ports.length === 0 && type !== "ExternalName" && !isHeadless ? [required("spec.ports")] : [];
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`;
    if (ports.length > 1 && (stringAt(port, "name") ?? "") === "") causes.push(required(`${at}.name`));
    causes.push(...portRange(port["port"], `${at}.port`));
    if (typeof port["targetPort"] !== "string") causes.push(...portRange(port["targetPort"], `${at}.targetPort`));
  }
  if (type === "ExternalName" && stringAt(object, "spec", "externalName") === undefined)
    causes.push(required("spec.externalName"));
  const wasExternal = old !== undefined && stringAt(old, "spec", "type") === "ExternalName";
  if (
    old !== undefined &&
    type !== "ExternalName" &&
    !wasExternal &&
    stringAt(old, "spec", "clusterIP") !== undefined
  ) {
    const [before, after] = [stringAt(old, "spec", "clusterIP"), stringAt(object, "spec", "clusterIP")];
    if (before !== after) causes.push(invalidValue("spec.clusterIPs[0]", [after ?? ""], "may not change once set"));
  }
  return causes;
}

function validateFrozen(object: JsonObject, old: JsonObject | undefined, fields: readonly string[]): Cause[] {
  if (old === undefined || old["immutable"] !== true) return [];
  const why = "field is immutable when `immutable` is set";
  const causes = fields
    .filter((field) => !equalJson(object[field], old[field]))
    .map((field) => forbiddenField(field, why));
  return object["immutable"] === true ? causes : [forbiddenField("immutable", why), ...causes];
}

function validateSecret(object: JsonObject, old: JsonObject | undefined): Cause[] {
  const frozen = [...validateFrozen(object, old, ["data"]), ...valueKeys(object, ["data"])];
  if (object["type"] !== "kubernetes.io/tls" || old !== undefined)
    return [...frozen, ...immutable(object, old, ["type"])];
  const missing = ["tls.crt", "tls.key"].filter((key) => valueAt(object, "data", key) === undefined);
  return [...frozen, ...missing.map((key) => required(`data[${key}]`))];
}

function validateClaim(object: JsonObject, old: JsonObject | undefined): Cause[] {
  if (old === undefined)
    return stringAt(object, "spec", "resources", "requests", "storage") === undefined
      ? [required("spec.resources[storage]")]
      : [];
  const fixed = (claim: JsonObject): JsonObject =>
    without(objectAt(claim, "spec"), "resources", "volumeName", "volumeAttributesClassName");
  const why =
    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
  return equalJson(fixed(object), fixed(old)) ? [] : [forbiddenField("spec", why)];
}

function validateBinding(object: JsonObject, old: JsonObject | undefined): Cause[] {
  if (old === undefined || equalJson(object["roleRef"], old["roleRef"])) return [];
  return [invalidValue("roleRef", object["roleRef"], "cannot change roleRef")];
}

function validateAutoscaler(object: JsonObject): Cause[] {
  const [min, max] = [numberAt(object, "spec", "minReplicas") ?? 1, numberAt(object, "spec", "maxReplicas") ?? 0];
  if (max < 1) return [invalidValue("spec.maxReplicas", max, "must be greater than 0")];
  return max >= min ? [] : [invalidValue("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`")];
}
