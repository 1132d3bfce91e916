import { matchesLabels, type KubeObject, type ObjectRef } from "@flotilla/core";
import { isMap, listAt, mapAt, textAt, valueAt } from "../objects/json-access.ts";
import { podTemplateOf } from "../objects/pod-template.ts";

/**
 * Whether an object points at a workload, so that it belongs where the workload's replicas are: a Service,
 * PodDisruptionBudget or NetworkPolicy by selector, an autoscaler by `scaleTargetRef` or `targetRef`, a Service by a
 * StatefulSet's `serviceName`, a binding by the pods' ServiceAccount.
 */
export function pointsAtWorkload(object: KubeObject, workload: KubeObject): boolean {
  switch (object.kind) {
    case "Service":
      return (
        sameNamespace(object, workload) && (isGoverningService(object, workload) || selectsByMap(object, workload))
      );
    case "PodDisruptionBudget":
      return sameNamespace(object, workload) && selectsBySelector(valueAt(object, "spec", "selector"), workload);
    case "NetworkPolicy":
      return sameNamespace(object, workload) && selectsBySelector(valueAt(object, "spec", "podSelector"), workload);
    case "RoleBinding":
    case "ClusterRoleBinding":
      return listAt(object, "subjects").some((subject) => isAccountOf(subject, object, workload));
    default:
      return sameNamespace(object, workload) && isScaleTarget(object, workload);
  }
}

/** Names of the Services that an object sends traffic to: an Ingress's backends, a route's `backendRefs`. */
export function backendServices(object: KubeObject): readonly ObjectRef[] {
  const names = [...serviceNames(mapAt(object, "spec"), 0)];
  const { namespace } = object.metadata;
  if (namespace === undefined) return [];
  return names.map((name) => ({ apiVersion: "v1", kind: "Service", namespace, name }));
}

/** Routes nest rules and backends a few levels deep; nothing that names a Service lies below this. */
const BACKEND_DEPTH_MAX = 8;

function* serviceNames(value: unknown, depth: number): Iterable<string> {
  if (depth > BACKEND_DEPTH_MAX) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* serviceNames(item, depth + 1);
  } else if (isMap(value)) {
    for (const [key, part] of Object.entries(value)) {
      if (key === "service" && textAt(part, "name") !== undefined) yield textAt(part, "name") ?? "";
      else if (key === "backendRefs") yield* backendNames(part);
      else yield* serviceNames(part, depth + 1);
    }
  }
}

function* backendNames(refs: unknown): Iterable<string> {
  for (const ref of listAt(refs)) {
    const name = textAt(ref, "name");
    if (name !== undefined && (textAt(ref, "kind") ?? "Service") === "Service") yield name;
  }
}

function sameNamespace(a: KubeObject, b: KubeObject): boolean {
  return a.metadata.namespace === b.metadata.namespace;
}

function podLabels(workload: KubeObject): Readonly<Record<string, string>> {
  return mapAt(podTemplateOf(workload), "metadata", "labels") as Readonly<Record<string, string>>;
}

function isGoverningService(service: KubeObject, workload: KubeObject): boolean {
  return workload.kind === "StatefulSet" && textAt(workload, "spec", "serviceName") === service.metadata.name;
}

/** A Service without a selector points at nothing we know of. */
function selectsByMap(service: KubeObject, workload: KubeObject): boolean {
  const selector = mapAt(service, "spec", "selector") as Readonly<Record<string, string>>;
  return Object.keys(selector).length > 0 && matchesLabels({ matchLabels: selector }, podLabels(workload));
}

function selectsBySelector(selector: unknown, workload: KubeObject): boolean {
  if (!isMap(selector)) return false;
  return matchesLabels(selector, podLabels(workload));
}

function isScaleTarget(object: KubeObject, workload: KubeObject): boolean {
  return ["scaleTargetRef", "targetRef"].some((field) => {
    const target = mapAt(object, "spec", field);
    return target["kind"] === workload.kind && target["name"] === workload.metadata.name;
  });
}

function isAccountOf(subject: unknown, binding: KubeObject, workload: KubeObject): boolean {
  if (textAt(subject, "kind") !== "ServiceAccount") return false;
  const spec = mapAt(podTemplateOf(workload), "spec");
  const account = spec["serviceAccountName"] ?? spec["serviceAccount"];
  const namespace = textAt(subject, "namespace") ?? binding.metadata.namespace;
  return account !== undefined && textAt(subject, "name") === account && namespace === workload.metadata.namespace;
}
