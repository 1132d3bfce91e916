/** Objects the scenarios send: small, with a namespace only where the path does not say it. */
export interface ConfigMapBody {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, string>>;
}

export function configMap(
  name: string,
  data: Readonly<Record<string, string>>,
  metadata: Readonly<Record<string, unknown>> = {},
): ConfigMapBody {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data };
}

/** A Deployment with one container called `main`; `spec` and `pod` are laid over its fields. */
export function deployment(
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
  pod: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 0, // nothing that a controller does may come between two requests
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "example/main:1" }], ...pod } },
      ...spec,
    },
  };
}
