import { configMap, deployment } from "../objects.ts";
import { apply, get, patch, pathOf, post, put, withQuery } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { textAt } from "../text-at.ts";

const revision = (answer: Answer): Readonly<Record<string, string>> => ({
  revision: textAt(answer.json, "metadata", "resourceVersion"),
});

export const APPLY_SCENARIOS: readonly Scenario[] = [
  {
    name: "server-side apply of a ConfigMap by two managers",
    steps: (namespace) => {
      const one = pathOf("v1", namespace, "configmaps", "shared");
      const force = withQuery(one, { force: "true" });
      const body = (data: Readonly<Record<string, string>>): unknown => configMap("shared", data);
      return [
        { name: "a creates", request: apply(one, "e2e-a", body({ x: "1", y: "1" })), remember: revision },
        { name: "a repeats", request: apply(one, "e2e-a", body({ x: "1", y: "1" })) },
        {
          name: "the repetition wrote nothing",
          request: get(one),
          compare: ({ json }) => textAt(json, "metadata", "resourceVersion") !== "",
        },
        { name: "b wants another value", request: apply(one, "e2e-b", body({ x: "2", z: "2" })) },
        { name: "b agrees on one and adds one", request: apply(one, "e2e-b", body({ x: "1", z: "2" })) },
        { name: "a changes what b shares", request: apply(one, "e2e-a", body({ x: "3", y: "1" })) },
        { name: "a forces it", request: apply(force, "e2e-a", body({ x: "3", y: "1" })) },
        { name: "a drops y", request: apply(one, "e2e-a", body({ x: "3" })) },
        {
          name: "b drops all",
          request: apply(one, "e2e-b", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared" } }),
        },
        { name: "someone updates x", request: patch(one, "merge-patch", { data: { x: "9" } }, "e2e-editor") },
        { name: "a meets the update", request: apply(one, "e2e-a", body({ x: "3" })) },
        {
          name: "labels belong to whoever applied them",
          request: apply(one, "e2e-c", {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "shared", labels: { team: "c" } },
          }),
        },
        { name: "in the end", request: get(one) },
      ];
    },
  },
  {
    name: "server-side apply that is refused",
    steps: (namespace) => {
      const one = pathOf("v1", namespace, "configmaps", "a");
      const headers = { "content-type": "application/apply-patch+yaml" };
      const body = configMap("a", { k: "1" });
      return [
        { name: "without a manager", request: { method: "PATCH", path: one, headers, body } },
        {
          name: "with managed fields",
          request: apply(one, "e2e-a", configMap("a", {}, { managedFields: [] })),
          compare: "code",
        },
        {
          name: "with somebody's managed fields",
          request: apply(one, "e2e-a", configMap("a", {}, { managedFields: [{ manager: "x", operation: "Apply" }] })),
        },
        { name: "under another name", request: apply(one, "e2e-a", configMap("b", {})) },
        { name: "under another namespace", request: apply(one, "e2e-a", configMap("a", {}, { namespace: "default" })) },
        { name: "of another kind", request: apply(one, "e2e-a", { ...body, kind: "Secret" }), compare: "code" },
        { name: "that is no YAML", request: apply(one, "e2e-a", "{a: ["), compare: "code" },
        { name: "with an unknown field", request: apply(one, "e2e-a", { ...body, dta: {} }), compare: "refused" },
        {
          name: "in a missing namespace",
          request: apply(pathOf("v1", `${namespace}-no`, "configmaps", "a"), "e2e-a", body),
        },
        { name: "as a dry run", request: apply(withQuery(one, { dryRun: "All" }), "e2e-a", body) },
        { name: "nothing was made", request: get(one) },
        {
          name: "with a revision of nothing",
          request: apply(one, "e2e-a", configMap("a", {}, { resourceVersion: "1" })),
        },
      ];
    },
  },
  {
    name: "server-side apply merges lists by their keys",
    steps: (namespace) => {
      const one = pathOf("apps/v1", namespace, "deployments", "web");
      const container = (name: string, rest: Readonly<Record<string, unknown>> = {}): unknown => ({
        name,
        image: `example/${name}:1`,
        ...rest,
      });
      const withPod = (pod: Readonly<Record<string, unknown>>): unknown => deployment("web", {}, pod);
      const onlyContainers = (...containers: readonly unknown[]): unknown => ({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web" },
        spec: { template: { spec: { containers } } },
      });
      const ports = [
        { containerPort: 80, name: "http" },
        { containerPort: 53, protocol: "UDP" },
      ];
      const env = [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ];
      return [
        {
          name: "a creates",
          request: apply(one, "e2e-a", withPod({ containers: [container("main", { ports, env })] })),
        },
        { name: "b adds a container", request: apply(one, "e2e-b", onlyContainers(container("side"))) },
        {
          name: "b adds a variable to a's container",
          request: apply(
            one,
            "e2e-b",
            onlyContainers(container("side"), { name: "main", env: [{ name: "C", value: "3" }] }),
          ),
        },
        {
          name: "b wants another image",
          request: apply(one, "e2e-b", onlyContainers({ name: "main", image: "example/other:2" })),
        },
        {
          name: "a drops a variable and a port",
          request: apply(
            one,
            "e2e-a",
            withPod({ containers: [container("main", { ports: ports.slice(0, 1), env: env.slice(1) })] }),
          ),
        },
        {
          name: "b drops its container",
          request: apply(one, "e2e-b", onlyContainers({ name: "main", env: [{ name: "C", value: "4" }] })),
        },
        {
          name: "two containers of one name",
          request: apply(one, "e2e-a", withPod({ containers: [container("main"), container("main")] })),
          compare: "refused",
        },
        {
          name: "volumes and mounts",
          request: apply(
            one,
            "e2e-a",
            withPod({
              containers: [container("main", { volumeMounts: [{ name: "v", mountPath: "/v" }] })],
              volumes: [{ name: "v", emptyDir: {} }],
            }),
          ),
        },
        {
          name: "tolerations are one value",
          request: apply(one, "e2e-b", {
            ...(onlyContainers() as object),
            spec: { template: { spec: { tolerations: [{ key: "k", operator: "Exists" }] } } },
          }),
        },
        {
          name: "a takes tolerations of its own",
          request: apply(one, "e2e-a", withPod({ tolerations: [{ key: "other", operator: "Exists" }] })),
        },
        { name: "in the end", request: get(one) },
      ];
    },
  },
  {
    name: "who owns the replicas",
    steps: (namespace) => {
      const all = pathOf("apps/v1", namespace, "deployments");
      const one = `${all}/web`;
      const scale = (replicas: number): unknown => ({
        apiVersion: "autoscaling/v1",
        kind: "Scale",
        metadata: { name: "web", namespace },
        spec: { replicas },
      });
      return [
        { name: "a creates", request: apply(one, "e2e-a", deployment("web", { replicas: 2 })) },
        { name: "scale, read", request: get(`${one}/scale`) },
        { name: "scale, replaced", request: put(`${one}/scale`, scale(3)), compare: ({ status }) => status },
        { name: "a meets the scaler", request: apply(one, "e2e-a", deployment("web", { replicas: 2 })) },
        { name: "a gives the replicas up", request: apply(one, "e2e-a", deployment("web", { replicas: undefined })) },
        {
          name: "scale, patched",
          request: patch(`${one}/scale`, "merge-patch", { spec: { replicas: 2 } }, "e2e-scaler"),
        },
        { name: "scale, applied", request: apply(`${one}/scale`, "e2e-hpa", scale(2)) },
        { name: "a negative scale", request: patch(`${one}/scale`, "merge-patch", { spec: { replicas: -1 } }) },
        { name: "scale of nothing", request: get(`${all}/none/scale`) },
        { name: "in the end", request: get(one) },
      ];
    },
  },
  {
    name: "updates own fields too",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const one = `${all}/a`;
      return [
        { name: "create", request: post(all, configMap("a", { x: "1", y: "1" }, { labels: { l: "1" } })) },
        { name: "replace", request: put(one, configMap("a", { x: "2", y: "1" }, { labels: { l: "1" } })) },
        {
          name: "another replaces",
          request: put(withQuery(one, { fieldManager: "e2e-other" }), configMap("a", { x: "2", y: "5" })),
        },
        { name: "a applies over them", request: apply(one, "e2e-a", configMap("a", { x: "7", y: "5" })) },
        {
          name: "a forces",
          request: apply(withQuery(one, { force: "true" }), "e2e-a", configMap("a", { x: "7", y: "5" })),
        },
        {
          name: "managers are forgotten on request",
          request: patch(one, "merge-patch", { metadata: { managedFields: [{}] } }, "e2e-other"),
        },
        { name: "and come back", request: apply(one, "e2e-b", configMap("a", { z: "1" })) },
      ];
    },
  },
];
