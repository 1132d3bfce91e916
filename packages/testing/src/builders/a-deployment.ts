import type { KubeObject } from "@flotilla/core";

export interface DeploymentOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  /** Requests of the one container, in Kubernetes notation. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Deployment with one container: the workload that most tests place. */
export function aDeployment(options: DeploymentOptions = {}): KubeObject {
  const { name = "web", namespace = "default", replicas = 1, cpu = "10m", memory = "16Mi" } = options;
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, ...(options.labels === undefined ? {} : { labels: options.labels }) },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name, image: options.image ?? "registry.example/web:1", resources: { requests: { cpu, memory } } },
          ],
        },
      },
    },
  };
}
