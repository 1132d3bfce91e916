import { isObject, objectAt, objectsAt, stringAt, valueAt, withAt, type JsonObject } from "../json/json.ts";
import { mapItems, mapPart, withDefaults } from "./set-defaults.ts";

const FILE_MODE = 0o644; // 420 as the server writes it
const VOLUME_MODES = ["secret", "configMap", "downwardAPI", "projected"];
/** Seconds a pod stays on a node that is not ready or unreachable. Source: the DefaultTolerationSeconds admission plugin. */
const TOLERATION_SECONDS = 300;

/** Defaults of a pod template. */
export function defaultTemplate(template: JsonObject): JsonObject {
  return mapPart(template, "spec", defaultPodSpec);
}

/** Defaults of a pod spec, wherever it stands. Source: SetDefaults_PodSpec and friends of Kubernetes 1.36. */
function defaultPodSpec(spec: JsonObject): JsonObject {
  let out = withDefaults(spec, {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
  });
  for (const list of ["containers", "initContainers", "ephemeralContainers"])
    out = mapItems(out, list, defaultContainer);
  const account = stringAt(out, "serviceAccountName");
  if (account !== undefined) out = withDefaults(out, { serviceAccount: account });
  return mapItems(out, "volumes", defaultVolume);
}

/** Defaults of a pod. */
export function defaultPod(pod: JsonObject): JsonObject {
  const out = withDefaults(mapPart(pod, "spec", defaultPodSpec), { "spec.enableServiceLinks": true });
  return mapPart(out, "spec", (spec) => mapItems(spec, "containers", requestWhatIsLimited));
}

/** What admission and the server add to a new pod, which nobody owns. The service account's token is not mounted. */
export function admitPod(pod: JsonObject): JsonObject {
  const account = stringAt(pod, "spec", "serviceAccountName") ?? "default";
  const given = objectsAt(pod, "spec", "tolerations");
  const added = ["not-ready", "unreachable"]
    .map((state) => `node.kubernetes.io/${state}`)
    .filter(
      (key) => !given.some((one) => one["key"] === key || (one["key"] === undefined && one["operator"] === "Exists")),
    )
    .map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: TOLERATION_SECONDS }));
  const out = withDefaults(pod, {
    "spec.serviceAccountName": account,
    "spec.serviceAccount": account,
    "spec.priority": 0,
    "spec.preemptionPolicy": "PreemptLowerPriority",
  });
  const tolerant = withAt(out, ["spec", "tolerations"], [...given, ...added]);
  return withAt(tolerant, ["status"], { phase: "Pending", qosClass: qosClass(objectAt(pod, "spec")) });
}

function defaultContainer(container: JsonObject): JsonObject {
  const image = stringAt(container, "image") ?? "";
  let out = withDefaults(container, {
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest(image) ? "Always" : "IfNotPresent",
  });
  out = mapItems(out, "ports", (port) => withDefaults(port, { protocol: "TCP" }));
  out = mapItems(out, "env", (variable) =>
    mapPart(variable, "valueFrom.fieldRef", (ref) => withDefaults(ref, { apiVersion: "v1" })),
  );
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) out = mapPart(out, probe, defaultProbe);
  for (const hook of ["lifecycle.postStart", "lifecycle.preStop"]) out = mapPart(out, hook, defaultHttpGet);
  return out;
}

function isLatest(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
}

function defaultProbe(probe: JsonObject): JsonObject {
  return defaultHttpGet(
    withDefaults(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  );
}

function defaultHttpGet(handler: JsonObject): JsonObject {
  return mapPart(handler, "httpGet", (get) => withDefaults(get, { path: "/", scheme: "HTTP" }));
}

function defaultVolume(volume: JsonObject): JsonObject {
  if (Object.keys(volume).length === 1) return { ...volume, emptyDir: {} };
  let out = volume;
  for (const source of VOLUME_MODES)
    out = mapPart(out, source, (part) => withDefaults(part, { defaultMode: FILE_MODE }));
  return mapPart(out, "hostPath", (part) => withDefaults(part, { type: "" }));
}

function requestWhatIsLimited(container: JsonObject): JsonObject {
  let out = container;
  for (const [name, amount] of Object.entries(objectAt(container, "resources", "limits"))) {
    if (valueAt(container, "resources", "requests", name) === undefined)
      out = withAt(out, ["resources", "requests", name], amount);
  }
  return out;
}

function qosClass(spec: JsonObject): string {
  const containers = ["containers", "initContainers"].flatMap((list) => {
    const items = spec[list];
    return Array.isArray(items) ? items.filter(isObject) : [];
  });
  const amounts = containers.flatMap((container) =>
    ["cpu", "memory"].map((name) => ({
      request: valueAt(container, "resources", "requests", name),
      limit: valueAt(container, "resources", "limits", name),
    })),
  );
  if (amounts.every(({ request, limit }) => request === undefined && limit === undefined)) return "BestEffort";
  return amounts.every(({ request, limit }) => limit !== undefined && request === limit) ? "Guaranteed" : "Burstable";
}
