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

/** A Deployment whose pods ask for a little of everything. */
export function aDeployment(namespace: string, name: string, replicas: number): KubeObject {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "web", image: "registry.example/web:1", resources: { requests: { cpu: "10m", memory: "16Mi" } } },
          ],
        },
      },
    },
  };
}

export function dataOf(object: KubeObject | undefined): unknown {
  return object?.["data"];
}

export function replicasOf(object: KubeObject | undefined): unknown {
  return (object?.["spec"] as { readonly replicas?: unknown } | undefined)?.replicas;
}
