import { writeFile } from "node:fs/promises";
import path from "node:path";

/** What a node costs in the suites' price list, by instance type: enough to tell the clusters apart. */
const PRICES: readonly (readonly [instanceType: string, region: string, perHour: string])[] = [
  ["m6i.xlarge", "us-east-1", "0.192 USD"],
  ["n2-standard-8", "europe-west4", "0.4279 USD"],
  ["Standard_D4s_v5", "eastasia", "0.264 USD"],
];

const CONTROL_PLANE_PER_HOUR = "0.10 USD";

export interface ConfigurationOptions {
  /** The file's name without `.yaml`. */
  readonly name?: string;
  /** Regions by cluster name, for users who may not read nodes. */
  readonly regions?: Readonly<Record<string, string>>;
}

/** Writes `flotilla.yaml` and `prices.yaml` for a fleet of a kubeconfig's contexts; returns the configuration's path. */
export async function writeConfiguration(
  folder: string,
  kubeconfigPath: string,
  options: ConfigurationOptions = {},
): Promise<string> {
  const { name = "flotilla", regions = {} } = options;
  const config = {
    apiVersion: "flotilla.dev/v1alpha1",
    kind: "Config",
    metadata: { name: "e2e" },
    spec: {
      clusters: Object.entries(regions).map(([cluster, region]) => ({ clusters: { names: [cluster] }, region })),
      providers: [{ use: "@flotilla/kube", name: "real", options: { kubeconfig: kubeconfigPath, timeoutSeconds: 5 } }],
      priceFiles: ["./prices.yaml"],
    },
  };
  const asOf = "2026-11-01";
  const nodes = PRICES.map(([instanceType, region, nodePerHour]) => ({ instanceType, region, nodePerHour, asOf }));
  const controlPlanes = { clusters: {}, controlPlanePerHour: CONTROL_PLANE_PER_HOUR, asOf };
  const items = [...nodes, controlPlanes];
  const prices = { apiVersion: "flotilla.dev/v1alpha1", kind: "PriceList", items };
  const file = path.join(folder, `${name}.yaml`);
  await writeFile(file, JSON.stringify(config, undefined, 2));
  await writeFile(path.join(folder, "prices.yaml"), JSON.stringify(prices, undefined, 2));
  return file;
}

export interface ShopOptions {
  readonly replicas: number;
  readonly image?: string;
  readonly cpu?: string;
  /** Go duration between scheduling and ready. */
  readonly readyAfter?: string;
  readonly policy?: string;
  readonly namespace?: string;
}

/** The application of the suites: a Deployment with what it refers to, a Service, a placement and an override policy. */
export function shop(options: ShopOptions): string {
  const { replicas, image = "registry.example/shop:1.4.0", cpu = "500m", readyAfter, namespace = "shop" } = options;
  const policy = options.policy ?? "  spread: [{ by: provider, minGroups: 2, maxSharePercent: 60 }]\n";
  const annotations = readyAfter === undefined ? "" : `, annotations: { flotilla.dev/test-ready-after: ${readyAfter} }`;
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: ${namespace} }
data: { greeting: hello }
---
apiVersion: v1
kind: Secret
metadata: { name: key, namespace: ${namespace} }
stringData: { password: canary-5f0e7a1c }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: ${namespace} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop }${annotations} }
    spec:
      containers:
        - name: shop
          image: ${image}
          envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: key } }]
          ports: [{ name: http, containerPort: 8080 }]
          resources: { requests: { cpu: ${cpu}, memory: 1Gi } }
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: ${namespace} }
spec:
  selector: { app: shop }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: { name: shop, namespace: ${namespace} }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, name: shop }]
${policy}---
apiVersion: flotilla.dev/v1alpha1
kind: OverridePolicy
metadata: { name: shop, namespace: ${namespace} }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, name: shop }]
  rules:
    - env: [{ container: shop, name: REGION, value: "\${cluster.region}" }]
    - clusters: { fields: [{ key: provider, operator: In, values: [aws] }] }
      image: [{ container: shop, registry: mirror.example }]
`;
}

export async function writeApp(folder: string, options: ShopOptions): Promise<void> {
  await writeFile(path.join(folder, "app.yaml"), shop(options));
}
