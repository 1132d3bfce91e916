import type { KubeObject, ObjectRef } from "@flotilla/core";

/** The simplest object there is: data, and no controller that touches it. */
export function aConfigMap(
  namespace: string,
  name: string,
  data: Readonly<Record<string, string>>,
  metadata: Readonly<Record<string, unknown>> = {},
): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace, ...metadata }, data };
}

export function configMapRef(namespace: string, name: string): ObjectRef {
  return { apiVersion: "v1", kind: "ConfigMap", namespace, name };
}

export function dataOf(object: KubeObject | undefined): unknown {
  return object?.["data"];
}

export function replicasOf(object: KubeObject | undefined): unknown {
  return (object?.["spec"] as { readonly replicas?: unknown } | undefined)?.replicas;
}
