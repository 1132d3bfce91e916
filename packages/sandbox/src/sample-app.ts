/** How many replicas the sample asks for. */
export const SAMPLE_REPLICAS = 9;

/** A workload with everything it needs and the two policies that say where and how: something to try the commands on. */
export function sampleApp(replicas: number = SAMPLE_REPLICAS): string {
  return `# A web shop, and where it should run.
apiVersion: v1
kind: ConfigMap
metadata: { name: shop-settings, namespace: shop }
data: { greeting: "hello" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: shop, labels: { app: shop } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: shop
          image: registry.example/shop:1.4.0
          envFrom: [{ configMapRef: { name: shop-settings } }]
          ports: [{ name: http, containerPort: 8080 }]
          resources: { requests: { cpu: 500m, memory: 1Gi } }
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: shop }
spec:
  selector: { app: shop }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: { name: shop, namespace: shop }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, name: shop }]
  clusters:
    fields: [{ key: region, operator: In, values: [eu-west-1, europe-west4, westeurope, us-west1] }]
  spread: [{ by: provider, minGroups: 2, maxSharePercent: 60 }]   # no cloud carries more than 60 %
  replicas: { divideBy: Cost }                                    # cheapest first, within the spread
  regions: { prefer: [europe-west4, eu-west-1, westeurope] }
---
apiVersion: flotilla.dev/v1alpha1
kind: OverridePolicy
metadata: { name: shop, namespace: shop }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, name: shop }]
  rules:
    - env: [{ container: shop, name: REGION, value: "\${cluster.region}" }]
    - clusters: { fields: [{ key: provider, operator: In, values: [aws] }] }
      image: [{ container: shop, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com }]
`;
}
