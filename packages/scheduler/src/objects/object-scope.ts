import type { KubeObject } from "@flotilla/core";
import { groupOf } from "./object-ref.ts";
import { textAt } from "./json-access.ts";

/** Cluster-scoped kinds that every Kubernetes server has. Source: `kubectl api-resources --namespaced=false`, v1.36. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  "/Namespace",
  "/Node",
  "/PersistentVolume",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "certificates.k8s.io/CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "networking.k8s.io/IngressClass",
  "networking.k8s.io/IPAddress",
  "networking.k8s.io/ServiceCIDR",
  "node.k8s.io/RuntimeClass",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "resource.k8s.io/DeviceClass",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/CSINode",
  "storage.k8s.io/StorageClass",
  "storage.k8s.io/VolumeAttachment",
  "storage.k8s.io/VolumeAttributesClass",
]);

/** Groups that Kubernetes itself serves and whose other kinds are all namespaced. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(["", "apps", "batch", "autoscaling", "policy", "extensions"]);

export type ObjectScope = "Cluster" | "Namespaced";

/** What is known of a kind's scope without asking a server; `undefined`: a custom kind. */
export function builtInScope(apiVersion: string, kind: string): ObjectScope | undefined {
  const group = groupOf(apiVersion);
  if (CLUSTER_SCOPED.has(`${group}/${kind}`)) return "Cluster";
  return BUILT_IN_GROUPS.has(group) || group.endsWith(".k8s.io") ? "Namespaced" : undefined;
}

/** Scopes that the CustomResourceDefinitions of a stream declare, by `group/Kind`. */
export function declaredScopes(objects: readonly KubeObject[]): ReadonlyMap<string, ObjectScope> {
  const scopes = new Map<string, ObjectScope>();
  for (const object of objects) {
    if (object.kind !== "CustomResourceDefinition") continue;
    const group = textAt(object, "spec", "group") ?? "";
    const kind = textAt(object, "spec", "names", "kind") ?? "";
    scopes.set(`${group}/${kind}`, textAt(object, "spec", "scope") === "Cluster" ? "Cluster" : "Namespaced");
  }
  return scopes;
}
