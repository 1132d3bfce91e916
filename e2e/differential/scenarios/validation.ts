import { deployment } from "../objects.ts";
import { get, patch, pathOf, post, put, withQuery } from "../requests.ts";
import type { Scenario } from "../step.ts";

export const VALIDATION_SCENARIOS: readonly Scenario[] = [
  {
    name: "Deployments: defaults, what is required, what may not change",
    steps: (namespace) => {
      const all = pathOf("apps/v1", namespace, "deployments");
      const one = `${all}/web`;
      const valid = deployment("web");
      const spec = valid["spec"] as Readonly<Record<string, unknown>>;
      const create = (changes: Readonly<Record<string, unknown>>): ReturnType<typeof post> =>
        post(all, { ...valid, metadata: { name: "bad" }, spec: { ...spec, ...changes } });
      const podOf = (pod: Readonly<Record<string, unknown>>): unknown =>
        (deployment("bad", {}, pod)["spec"] as Readonly<Record<string, unknown>>)["template"];
      const containers = (...list: readonly unknown[]): ReturnType<typeof post> =>
        post(all, deployment("bad", {}, { containers: list }));
      return [
        { name: "create", request: post(all, valid) },
        { name: "no selector", request: create({ selector: undefined }) },
        { name: "an empty selector", request: create({ selector: {} }) },
        {
          name: "a selector that misses the template",
          request: create({ selector: { matchLabels: { app: "other" } } }),
        },
        { name: "negative replicas", request: create({ replicas: -1 }) },
        { name: "no containers", request: create({ template: podOf({ containers: [] }) }) },
        { name: "a container without image", request: containers({ name: "main" }) },
        { name: "a container without name", request: containers({ image: "x" }) },
        { name: "a bad container name", request: containers({ name: "Main!", image: "x" }) },
        {
          name: "two containers of one name",
          request: containers({ name: "a", image: "x" }, { name: "a", image: "x" }),
        },
        { name: "a bad port", request: containers({ name: "a", image: "x", ports: [{ containerPort: 70_000 }] }) },
        { name: "a bad variable", request: containers({ name: "a", image: "x", env: [{ name: "", value: "1" }] }) },
        {
          name: "a mount without volume",
          request: containers({ name: "a", image: "x", volumeMounts: [{ name: "v", mountPath: "/v" }] }),
        },
        {
          name: "a request above its limit",
          request: containers({ name: "a", image: "x", resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }),
        },
        {
          name: "a quantity that is none",
          request: containers({ name: "a", image: "x", resources: { requests: { cpu: "lots" } } }),
          compare: "code",
        },
        {
          name: "a bad restart policy",
          request: create({
            template: {
              metadata: { labels: { app: "web" } },
              spec: { restartPolicy: "Never", containers: [{ name: "a", image: "x" }] },
            },
          }),
        },
        { name: "an unknown strategy", request: create({ strategy: { type: "Sometimes" } }) },
        {
          name: "the selector may not change",
          request: patch(one, "merge-patch", {
            spec: {
              selector: { matchLabels: { app: "web", v: "2" } },
              template: { metadata: { labels: { app: "web", v: "2" } } },
            },
          }),
        },
        {
          name: "an unknown field, strictly",
          request: post(withQuery(all, { fieldValidation: "Strict" }), { ...valid, spec: { ...spec, replica: 1 } }),
        },
        {
          name: "the generation after a label",
          request: patch(one, "merge-patch", { metadata: { labels: { l: "1" } } }),
        },
        { name: "the generation after a spec", request: patch(one, "merge-patch", { spec: { minReadySeconds: 3 } }) },
        {
          name: "status through the object is ignored",
          request: patch(one, "merge-patch", { status: { replicas: 9 } }),
        },
        {
          name: "spec through status is ignored",
          request: patch(`${one}/status`, "merge-patch", { spec: { minReadySeconds: 9 } }),
        },
        { name: "in the end", request: get(one) },
      ];
    },
  },
  {
    name: "Services, Jobs and others",
    steps: (namespace) => {
      const services = pathOf("v1", namespace, "services");
      const jobs = pathOf("batch/v1", namespace, "jobs");
      const service = (name: string, spec: unknown): unknown => ({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec,
      });
      const template = { spec: { restartPolicy: "Never", containers: [{ name: "a", image: "x" }] } };
      const job = (name: string, spec: Readonly<Record<string, unknown>>): unknown => ({
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name },
        spec: { suspend: true, template, ...spec },
      });
      return [
        {
          name: "a Service",
          request: post(services, service("web", { selector: { app: "web" }, ports: [{ port: 80 }] })),
        },
        {
          name: "a headless Service",
          request: post(
            services,
            service("headless", {
              clusterIP: "None",
              selector: { app: "web" },
              ports: [{ port: 80, targetPort: "http", name: "h" }],
            }),
          ),
        },
        { name: "a Service without ports", request: post(services, service("bad", { selector: { app: "web" } })) },
        {
          name: "two ports without names",
          request: post(services, service("bad", { ports: [{ port: 80 }, { port: 81 }] })),
        },
        { name: "a port out of range", request: post(services, service("bad", { ports: [{ port: 0 }] })) },
        { name: "an unknown type", request: post(services, service("bad", { type: "Magic", ports: [{ port: 80 }] })) },
        {
          name: "the address may not change",
          request: patch(`${services}/web`, "merge-patch", {
            spec: { clusterIP: "10.1.2.3", clusterIPs: ["10.1.2.3"] },
          }),
        },
        {
          name: "a replace keeps the address",
          request: put(`${services}/web`, service("web", { selector: { app: "web" }, ports: [{ port: 81 }] })),
        },
        { name: "a Job", request: post(jobs, job("j", {})), compare: ({ status }) => status },
        {
          name: "a Job's template may not change",
          request: patch(`${jobs}/j`, "merge-patch", { spec: { template: { spec: { priorityClassName: "x" } } } }),
          compare: "code",
        },
        {
          name: "a Job that restarts always",
          request: post(jobs, job("bad", { template: { spec: { ...template.spec, restartPolicy: "Always" } } })),
        },
        {
          name: "a Secret's stringData",
          request: post(pathOf("v1", namespace, "secrets"), {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "s" },
            stringData: { k: "text" },
          }),
        },
        {
          name: "a Secret of bad base64",
          request: post(pathOf("v1", namespace, "secrets"), {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "t" },
            data: { k: "***" },
          }),
          compare: "code",
        },
        {
          name: "a CronJob",
          request: post(pathOf("batch/v1", namespace, "cronjobs"), {
            apiVersion: "batch/v1",
            kind: "CronJob",
            metadata: { name: "c" },
            spec: { schedule: "0 0 1 1 *", suspend: true, jobTemplate: { spec: { template } } },
          }),
        },
        {
          name: "a CronJob of a bad schedule",
          request: post(pathOf("batch/v1", namespace, "cronjobs"), {
            apiVersion: "batch/v1",
            kind: "CronJob",
            metadata: { name: "d" },
            spec: { schedule: "whenever", jobTemplate: { spec: { template } } },
          }),
        },
        {
          name: "an Ingress",
          request: post(pathOf("networking.k8s.io/v1", namespace, "ingresses"), {
            apiVersion: "networking.k8s.io/v1",
            kind: "Ingress",
            metadata: { name: "i" },
            spec: {
              rules: [
                {
                  host: "web.example",
                  http: {
                    paths: [
                      { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } },
                    ],
                  },
                },
              ],
            },
          }),
        },
        {
          name: "a StatefulSet",
          request: post(pathOf("apps/v1", namespace, "statefulsets"), {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            metadata: { name: "s" },
            spec: {
              serviceName: "s",
              replicas: 0,
              selector: { matchLabels: { app: "s" } },
              template: { metadata: { labels: { app: "s" } }, spec: { containers: [{ name: "a", image: "x" }] } },
            },
          }),
        },
        {
          name: "a DaemonSet",
          request: post(pathOf("apps/v1", namespace, "daemonsets"), {
            apiVersion: "apps/v1",
            kind: "DaemonSet",
            metadata: { name: "d" },
            spec: {
              selector: { matchLabels: { app: "d" } },
              template: {
                metadata: { labels: { app: "d" } },
                spec: { nodeSelector: { none: "such" }, containers: [{ name: "a", image: "x" }] },
              },
            },
          }),
        },
        {
          name: "an HPA",
          request: post(pathOf("autoscaling/v2", namespace, "horizontalpodautoscalers"), {
            apiVersion: "autoscaling/v2",
            kind: "HorizontalPodAutoscaler",
            metadata: { name: "h" },
            spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
          }),
        },
        {
          name: "a PDB",
          request: post(pathOf("policy/v1", namespace, "poddisruptionbudgets"), {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: { name: "p" },
            spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
          }),
        },
      ];
    },
  },
];
