import type { KubeObject } from "@flotilla/core";
import { aCluster } from "@flotilla/testing";
import { expect, test } from "vitest";
import { valueAt } from "../objects/json-access.ts";
import type { OverridePolicy, OverrideRule } from "../policy/override-policy.ts";
import { formatOverrideFailure } from "./override-failure.ts";
import { renderObject } from "./render.ts";

const aws = aCluster({ name: "a", provider: "aws" });

function aPolicy(rules: readonly OverrideRule[], name = "web"): OverridePolicy {
  return { kind: "OverridePolicy", name, namespace: "shop", workloads: [], rules };
}

const pod = {
  initContainers: [{ name: "init", image: "busybox" }],
  containers: [
    {
      name: "web",
      image: "nginx:1",
      args: ["-a", "-b", "-a"],
      env: [
        { name: "A", value: "1" },
        { name: "B", valueFrom: { fieldRef: {} } },
      ],
    },
    { name: "side", image: "envoy:1" },
  ],
};

const deployment: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", labels: { a: "1" } },
  spec: { replicas: 9, template: { spec: pod } },
};

function render(rules: readonly OverrideRule[], object: KubeObject = deployment, replicas = 3) {
  return renderObject({ object, cluster: aws, overrides: [aPolicy(rules)], share: { replicas } });
}

function rendered(rules: readonly OverrideRule[], object: KubeObject = deployment): KubeObject {
  const result = render(rules, object);
  if (!result.ok) throw new Error(formatOverrideFailure(result.failure));
  return result.object;
}

function container(object: KubeObject, index: number, list = "containers"): unknown {
  return valueAt(object, "spec", "template", "spec", list, index);
}

test("an object without rules gets its share and nothing else, and the template is not touched", () => {
  const before = structuredClone(deployment);
  const result = rendered([]);
  expect(valueAt(result, "spec", "replicas")).toBe(3);
  expect(valueAt(result, "spec", "template")).toBe(valueAt(deployment, "spec", "template"));
  expect(deployment).toEqual(before);
});

test("an image rule without a container changes all of them, init containers too; a named one only that", () => {
  const all = rendered([{ image: [{ registry: "r.example" }] }]);
  expect([container(all, 0, "initContainers"), container(all, 1)]).toMatchObject([
    { image: "r.example/busybox" },
    { image: "r.example/envoy:1" },
  ]);
  const one = rendered([{ image: [{ container: "init", tag: "2" }] }]);
  expect([container(one, 0, "initContainers"), container(one, 1)]).toMatchObject([
    { image: "busybox:2" },
    { image: "envoy:1" },
  ]);
});

test("env sets in place, replaces valueFrom and appends; args removes every equal one and then adds; command replaces", () => {
  const result = rendered([
    {
      env: [
        { container: "web", name: "B", value: "${cluster.name}" },
        { container: "web", name: "C", value: "3" },
      ],
      args: [{ container: "web", add: ["-c"], remove: ["-a"] }],
      command: [{ container: "side", value: ["run"] }],
    },
  ]);
  expect(container(result, 0)).toMatchObject({
    args: ["-b", "-c"],
    env: [
      { name: "A", value: "1" },
      { name: "B", value: "a" },
      { name: "C", value: "3" },
    ],
  });
  expect(valueAt(container(result, 0), "env", 1)).not.toHaveProperty("valueFrom");
  expect(container(result, 1)).toMatchObject({ command: ["run"] });
});

test("rules apply in order and only where their clusters match; parts in the contract's order", () => {
  const result = rendered([
    { labels: { add: { x: "first" } }, mergePatch: { metadata: { labels: { x: "second" } } } },
    { clusters: { fields: [{ key: "provider", operator: "In", values: ["gcp"] }] }, labels: { add: { x: "never" } } },
    {
      labels: { remove: ["a"], add: { y: "2" } },
      annotations: { add: { n: "v" } },
      patch: [{ op: "copy", from: "/metadata/labels/x", path: "/metadata/labels/z" }],
    },
  ]);
  expect(result.metadata).toMatchObject({ labels: { x: "second", y: "2", z: "second" }, annotations: { n: "v" } });
  expect(result.metadata.labels).not.toHaveProperty("a");
});

test("a CronJob's containers are reached, and its object is not divided", () => {
  const cronJob: KubeObject = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "nightly", namespace: "shop" },
    spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: pod } } } },
  };
  const result = rendered([{ image: [{ container: "web", tag: "2" }] }], cronJob);
  expect(valueAt(result, "spec", "jobTemplate", "spec", "template", "spec", "containers", 0, "image")).toBe("nginx:2");
  expect(valueAt(result, "spec", "replicas")).toBeUndefined();
});

test.each<[string, OverrideRule, readonly (string | number)[], string]>([
  ["an unknown container", { command: [{ container: "nope", value: [] }] }, ["command", 0], 'no container "nope"'],
  [
    "a path that is missing",
    {
      patch: [
        { op: "test", path: "/kind", value: "Deployment" },
        { op: "replace", path: "/spec/x/y", value: 1 },
      ],
    },
    ["patch", 1],
    "/spec/x/y",
  ],
  ["the name", { mergePatch: { metadata: { name: "other" } } }, [], "metadata.name"],
  [
    "the namespace by its removal",
    { patch: [{ op: "remove", path: "/metadata/namespace" }] },
    [],
    "metadata.namespace",
  ],
  ["the kind", { patch: [{ op: "replace", path: "/kind", value: "StatefulSet" }] }, [], "kind"],
  ["replicas", { mergePatch: { spec: { replicas: 4 } } }, [], "spec.replicas"],
  ["replicas by replacing spec", { patch: [{ op: "replace", path: "/spec", value: {} }] }, [], "spec.replicas"],
  ["the whole object", { patch: [{ op: "replace", path: "", value: 7 }] }, ["patch", 0], "leaves no object"],
  ["a bad image", { image: [{ container: "web", tag: "a b" }] }, ["image", 0], "not an image name"],
])("%s fails the whole object, naming policy, rule, path and cluster", (_, rule, path, message) => {
  const result = render([{ labels: { add: { done: "before" } } }, rule]);
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.failure.path).toEqual(["spec", "rules", 1, ...path]);
  const told = formatOverrideFailure(result.failure);
  expect(told).toContain(message);
  expect(told).toContain(`OverridePolicy shop/web, rule 2: Deployment shop/web for ${aws.id}`);
});

test("`missing` of each operation says what happens where the path is not there", () => {
  const result = rendered([
    {
      patch: [
        { op: "remove", path: "/spec/paused", missing: "ignore" },
        { op: "replace", path: "/spec/minReadySeconds", value: 5, missing: "add" },
      ],
    },
  ]);
  expect(valueAt(result, "spec", "minReadySeconds")).toBe(5);
});

test("an image rule for an object without containers is an error", () => {
  const service: KubeObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop" },
    spec: {},
  };
  const result = renderObject({ object: service, cluster: aws, overrides: [aPolicy([{ image: [{ tag: "2" }] }])] });
  expect(result.ok ? "" : result.failure.message).toBe("a Service has no containers");
});

test("what the server owns is not sent back, what the user wrote in spec is", () => {
  const exported: KubeObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      namespace: "shop",
      uid: "u",
      resourceVersion: "7",
      generation: 2,
      creationTimestamp: "t",
      managedFields: [],
      labels: { a: "1" },
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", mine: "1" },
    },
    spec: { clusterIP: "None" },
    status: { loadBalancer: {} },
  };
  const result = renderObject({ object: exported, cluster: aws, overrides: [] });
  expect(result.ok ? result.object : null).toEqual({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "shop", labels: { a: "1" }, annotations: { mine: "1" } },
    spec: { clusterIP: "None" },
  });
});

test("stringData becomes data and wins over it", () => {
  const secret: KubeObject = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "shop" },
    data: { a: "b2xk", b: "Yg==" },
    stringData: { a: "né" },
  };
  const result = renderObject({ object: secret, cluster: aws, overrides: [] });
  expect(result.ok ? result.object : null).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "shop" },
    data: { a: Buffer.from("né").toString("base64"), b: "Yg==" },
  });
});
