import type { KubeObject, ObjectRef } from "@flotilla/core";
import { isMap, listAt, mapAt, textAt, valueAt } from "../objects/json-access.ts";
import { podTemplateOf } from "../objects/pod-template.ts";

/** A name that an object mentions; `optional` ones may be missing. */
export interface Reference {
  readonly ref: ObjectRef;
  readonly optional: boolean;
}

/**
 * What the pods of a workload need by name: ConfigMaps and Secrets (volumes, projected volumes, env, envFrom, image pull), the
 * ServiceAccount, PersistentVolumeClaims and classes. Every Kubernetes server makes `default` ServiceAccounts and
 * `kube-root-ca.crt`, so these are not told. Source: core/v1 PodSpec.
 */
export function podReferences(workload: KubeObject): readonly Reference[] {
  const spec = valueAt(podTemplateOf(workload), "spec");
  if (!isMap(spec)) return [];
  const { namespace } = workload.metadata;
  const containers = [...listAt(spec, "containers"), ...listAt(spec, "initContainers")];
  const found = [
    ...listAt(spec, "volumes").flatMap((volume) => volumeReferences(volume)),
    ...containers.flatMap((container) => environmentReferences(container)),
    ...listAt(spec, "imagePullSecrets").map((item) => named("Secret", textAt(item, "name"))),
    named("ServiceAccount", textAt(spec, "serviceAccountName") ?? textAt(spec, "serviceAccount")),
    ...listAt(workload, "spec", "volumeClaimTemplates").map((claim) => storageClass(claim)),
  ];
  const classes = [
    classReference("scheduling.k8s.io/v1", "PriorityClass", textAt(spec, "priorityClassName")),
    classReference("node.k8s.io/v1", "RuntimeClass", textAt(spec, "runtimeClassName")),
  ];
  return compact([...found.map((item) => within(item, namespace)), ...classes]).filter(
    (item) => !isMadeByServer(item.ref),
  );
}

/** What an object that is not a workload needs by name: an Ingress its TLS secrets, a claim its class, an account its secrets. */
export function objectReferences(object: KubeObject): readonly Reference[] {
  const { namespace } = object.metadata;
  switch (object.kind) {
    case "Ingress":
      return compact([
        ...listAt(object, "spec", "tls").map((tls) => within(named("Secret", textAt(tls, "secretName")), namespace)),
        classReference("networking.k8s.io/v1", "IngressClass", textAt(object, "spec", "ingressClassName")),
      ]);
    case "ServiceAccount":
      return compact(
        [...listAt(object, "secrets"), ...listAt(object, "imagePullSecrets")].map((item) =>
          within(named("Secret", textAt(item, "name")), namespace),
        ),
      );
    case "PersistentVolumeClaim":
      return compact([storageClass(object)]);
    case "RoleBinding":
    case "ClusterRoleBinding":
      return compact([roleReference(object)]);
    default:
      return [];
  }
}

function volumeReferences(volume: unknown): readonly (Reference | undefined)[] {
  const csiSecret = textAt(volume, "csi", "nodePublishSecretRef", "name");
  return [
    named("ConfigMap", textAt(volume, "configMap", "name"), valueAt(volume, "configMap", "optional")),
    named("Secret", textAt(volume, "secret", "secretName"), valueAt(volume, "secret", "optional")),
    named("PersistentVolumeClaim", textAt(volume, "persistentVolumeClaim", "claimName")),
    named("Secret", csiSecret),
    ...listAt(volume, "projected", "sources").flatMap((source) => [
      named("ConfigMap", textAt(source, "configMap", "name"), valueAt(source, "configMap", "optional")),
      named("Secret", textAt(source, "secret", "name"), valueAt(source, "secret", "optional")),
    ]),
  ];
}

function environmentReferences(container: unknown): readonly (Reference | undefined)[] {
  const fromKeys = listAt(container, "env").map((entry) => mapAt(entry, "valueFrom"));
  return [
    ...fromKeys.flatMap((from) => [
      named("ConfigMap", textAt(from, "configMapKeyRef", "name"), valueAt(from, "configMapKeyRef", "optional")),
      named("Secret", textAt(from, "secretKeyRef", "name"), valueAt(from, "secretKeyRef", "optional")),
    ]),
    ...listAt(container, "envFrom").flatMap((from) => [
      named("ConfigMap", textAt(from, "configMapRef", "name"), valueAt(from, "configMapRef", "optional")),
      named("Secret", textAt(from, "secretRef", "name"), valueAt(from, "secretRef", "optional")),
    ]),
  ];
}

function roleReference(binding: KubeObject): Reference | undefined {
  const kind = textAt(binding, "roleRef", "kind");
  const name = textAt(binding, "roleRef", "name");
  if (kind === undefined || name === undefined) return undefined;
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const { namespace } = binding.metadata;
  const isLocal = kind === "Role" && namespace !== undefined;
  return { ref: isLocal ? { apiVersion, kind, namespace, name } : { apiVersion, kind, name }, optional: false };
}

function storageClass(claim: unknown): Reference | undefined {
  return classReference("storage.k8s.io/v1", "StorageClass", textAt(claim, "spec", "storageClassName"));
}

function named(kind: string, name: string | undefined, optional?: unknown): Reference | undefined {
  if (name === undefined || name === "") return undefined;
  return { ref: { apiVersion: "v1", kind, name }, optional: optional === true };
}

function classReference(apiVersion: string, kind: string, name: string | undefined): Reference | undefined {
  return name === undefined || name === "" ? undefined : { ref: { apiVersion, kind, name }, optional: false };
}

/** In the workload's namespace; a class stays without one. */
function within(reference: Reference | undefined, namespace: string | undefined): Reference | undefined {
  if (reference === undefined || namespace === undefined || reference.ref.apiVersion !== "v1") return reference;
  const { apiVersion, kind, name } = reference.ref;
  return { ...reference, ref: { apiVersion, kind, namespace, name } };
}

function isMadeByServer({ kind, name }: ObjectRef): boolean {
  if (kind === "PriorityClass") return name.startsWith("system-");
  return (kind === "ServiceAccount" && name === "default") || (kind === "ConfigMap" && name === "kube-root-ca.crt");
}

function compact(references: readonly (Reference | undefined)[]): readonly Reference[] {
  return references.filter((reference) => reference !== undefined);
}
