/** A Deployment of the size people write, as a server gives it back: about 1.5 kB of its own and the managed fields. */
export function sampleDeployment(name: string): Record<string, unknown> {
  const labels = { app: name, "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "shop" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default", labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
      template: {
        metadata: { labels, annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9090" } },
        spec: {
          containers: [
            {
              name: "web",
              image: "registry.example/shop/web:2026.11.1",
              args: ["--listen=:8080", "--metrics=:9090", "--log-format=json"],
              env: Array.from({ length: 8 }, (_, index) => ({ name: `SETTING_${index}`, value: `value-${index}` })),
              ports: [
                { name: "http", containerPort: 8080, protocol: "TCP" },
                { name: "metrics", containerPort: 9090, protocol: "TCP" },
              ],
              resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "512Mi" } },
              readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
              livenessProbe: { httpGet: { path: "/live", port: "http" }, periodSeconds: 10 },
              volumeMounts: [{ name: "config", mountPath: "/etc/shop" }],
            },
          ],
          volumes: [{ name: "config", configMap: { name: `${name}-config` } }],
          serviceAccountName: name,
        },
      },
    },
  };
}

/** What the server adds. */
export function asStored(object: Record<string, unknown>, resourceVersion: string): Record<string, unknown> {
  const metadata = object["metadata"] as Record<string, unknown>;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: "5f0c1f5e-8a3f-4c68-9d53-0f5f6f3a9b10",
      resourceVersion,
      generation: 4,
      creationTimestamp: "2026-11-01T10:00:00Z",
      managedFields: [
        {
          manager: "bench",
          operation: "Apply",
          apiVersion: "apps/v1",
          time: "2026-11-01T10:00:00Z",
          fieldsType: "FieldsV1",
          fieldsV1: { "f:metadata": { "f:labels": { "f:app": {} } }, "f:spec": { "f:replicas": {}, "f:selector": {} } },
        },
      ],
    },
  };
}

/** A running Pod of about 4 kB, as the reference measurements of informers use. Every one has a name and uid of its own. */
export function samplePod(index: number, resourceVersion: string): Record<string, unknown> {
  const suffix = String(index).padStart(6, "0");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: podMetadata(suffix, resourceVersion),
    spec: podSpec(index, suffix),
    status: podStatus(index),
  };
}

function podMetadata(suffix: string, resourceVersion: string): Record<string, unknown> {
  return {
    name: `web-${suffix}`,
    namespace: "default",
    uid: `00000000-0000-4000-8000-000000${suffix}`,
    resourceVersion,
    creationTimestamp: "2026-11-01T10:00:00Z",
    labels: { app: "web", "pod-template-hash": "6d4cf56db6", shard: suffix },
    ownerReferences: [
      { apiVersion: "apps/v1", kind: "ReplicaSet", name: "web-6d4cf56db6", uid: "0".repeat(36), controller: true },
    ],
    managedFields: ["kube-controller-manager", "kubelet"].map((manager) => ({
      manager,
      operation: "Update",
      apiVersion: "v1",
      time: "2026-11-01T10:00:00Z",
      fieldsType: "FieldsV1",
      fieldsV1: Object.fromEntries(Array.from({ length: 24 }, (_, field) => [`f:field${field}`, { "f:value": {} }])),
    })),
  };
}

function podSpec(index: number, suffix: string): Record<string, unknown> {
  const env = Array.from({ length: 20 }, (_, variable) => ({
    name: `SETTING_${variable}`,
    value: `value-${variable}-${suffix}`,
  }));
  return {
    nodeName: `node-${index % 500}`,
    serviceAccountName: "web",
    containers: [
      {
        name: "web",
        image: "registry.example/shop/web:2026.11.1",
        env,
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "512Mi" } },
        volumeMounts: [{ name: "token", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true }],
      },
    ],
    tolerations: [
      { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
    ],
  };
}

function podStatus(index: number): Record<string, unknown> {
  return {
    phase: "Running",
    podIP: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
      type,
      status: "True",
      lastProbeTime: null,
      lastTransitionTime: "2026-11-01T10:00:05Z",
    })),
    containerStatuses: [
      {
        name: "web",
        ready: true,
        started: true,
        restartCount: 0,
        image: "registry.example/shop/web:2026.11.1",
        imageID: `registry.example/shop/web@sha256:${"ab".repeat(32)}`,
        state: { running: { startedAt: "2026-11-01T10:00:04Z" } },
      },
    ],
  };
}
