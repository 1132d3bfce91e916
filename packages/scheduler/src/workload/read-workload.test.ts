import type { KubeObject } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { podSpecPath, podTemplatePath } from "./pod-template.ts";
import { readWorkload } from "./read-workload.ts";

const MIB = 1024 ** 2;

function aPod(spec: Readonly<Record<string, unknown>>): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
}

const container = (requests: object, more: object = {}): object => ({ name: "c", resources: { requests }, ...more });

function requestsOf(spec: Readonly<Record<string, unknown>>): unknown {
  const reading = readWorkload(aPod(spec));
  expect(reading?.problems).toEqual([]);
  return reading?.workload.pod.requests;
}

describe("how many", () => {
  const template = { template: { spec: { containers: [] } } };
  test.each<readonly [string, string, object, number, string]>([
    ["apps/v1", "Deployment", { replicas: 3, ...template }, 3, "Replicas"],
    ["apps/v1", "Deployment", template, 1, "Replicas"],
    ["apps/v1", "StatefulSet", { replicas: 0, ...template }, 0, "Replicas"],
    ["apps/v1", "ReplicaSet", { replicas: 2, ...template }, 2, "Replicas"],
    ["v1", "ReplicationController", { replicas: 2, ...template }, 2, "Replicas"],
    ["batch/v1", "Job", { parallelism: 5, completions: 3, ...template }, 3, "Replicas"],
    ["batch/v1", "Job", { parallelism: 5, ...template }, 5, "Replicas"],
    ["batch/v1", "Job", { completions: 4, ...template }, 1, "Replicas"],
    ["apps/v1", "DaemonSet", template, 1, "PerCluster"],
    ["batch/v1", "CronJob", { jobTemplate: { spec: { parallelism: 2, ...template } } }, 2, "Single"],
    ["v1", "Pod", { containers: [] }, 1, "Single"],
  ])("%s %s %j is %i", (apiVersion, kind, spec, replicas, division) => {
    const object: KubeObject = { apiVersion, kind, metadata: { name: "w", namespace: "n", labels: { a: "b" } }, spec };
    expect(readWorkload(object)).toMatchObject({
      workload: { ref: { apiVersion, kind, namespace: "n", name: "w" }, labels: { a: "b" }, replicas, division },
      problems: [],
    });
    const path = podSpecPath(object);
    expect([podTemplatePath(object), path?.at(-1)]).toEqual([path?.slice(0, -1), "spec"]);
  });

  test("an object without pods is no workload", () => {
    expect(readWorkload({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } })).toBeUndefined();
    expect(readWorkload({ apiVersion: "example.com/v1", kind: "Deployment", metadata: { name: "c" } })).toBeUndefined();
  });
});

describe("what one pod asks for", () => {
  test("containers are summed, and a limit stands in for a missing request", () => {
    const limited = { name: "d", resources: { limits: { cpu: "1", memory: "1Mi" }, requests: { cpu: "100m" } } };
    expect(requestsOf({ containers: [container({ cpu: "250m", memory: "64Mi" }), limited, { name: "e" }] })).toEqual({
      cpuMilli: 350,
      memoryBytes: 65 * MIB,
      pods: 1,
    });
  });

  test("the largest init container counts where it is more than all that runs", () => {
    const containers = [container({ cpu: "200m", memory: "64Mi" })];
    const initContainers = [container({ cpu: "1", memory: "1Mi" }), container({ cpu: "50m", memory: "32Mi" })];
    expect(requestsOf({ containers, initContainers })).toEqual({ cpuMilli: 1000, memoryBytes: 64 * MIB, pods: 1 });
  });

  test("a sidecar runs with the containers, and with the init containers after it", () => {
    const containers = [container({ cpu: "200m" })];
    const sidecar = container({ cpu: "100m" }, { restartPolicy: "Always" });
    const before = container({ cpu: "250m" });
    const after = container({ cpu: "350m" });
    expect(requestsOf({ containers, initContainers: [before, sidecar] })).toMatchObject({ cpuMilli: 300 });
    expect(requestsOf({ containers, initContainers: [sidecar, after] })).toMatchObject({ cpuMilli: 450 });
  });

  test("pod-level requests replace the sum for what they name, and overhead comes on top", () => {
    const spec = {
      containers: [container({ cpu: "200m", memory: "64Mi", "example.com/fpga": 1 })],
      resources: { requests: { cpu: "500m", "example.com/fpga": 7 } },
      overhead: { cpu: "10m", memory: "1Mi" },
    };
    expect(requestsOf(spec)).toEqual({
      cpuMilli: 510,
      memoryBytes: 65 * MIB,
      pods: 1,
      extended: { "example.com/fpga": 1 },
    });
  });

  test("devices and huge pages are counted, local disk is not", () => {
    const requests = { "nvidia.com/gpu": "2", "hugepages-2Mi": "4Mi", "ephemeral-storage": "10Gi" };
    expect(requestsOf({ containers: [container(requests)] })).toEqual({
      cpuMilli: 0,
      memoryBytes: 0,
      pods: 1,
      extended: { "nvidia.com/gpu": 2, "hugepages-2Mi": 4 * MIB },
    });
  });
});

test("where a pod may run is read as the member's scheduler reads it", () => {
  const nodeSelectorTerms = [
    {
      matchExpressions: [
        { key: "disk", operator: "In", values: ["ssd"] },
        { key: "gpu", operator: "Exists" },
      ],
    },
  ];
  const spec = {
    containers: [],
    nodeSelector: { zone: "a" },
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
    tolerations: [{ key: "k", effect: "NoSchedule" }, { operator: "Exists" }],
  };
  expect(readWorkload(aPod(spec))?.workload.pod).toMatchObject({
    nodeSelector: { zone: "a" },
    nodeTerms: [
      {
        matchExpressions: [
          { key: "disk", operator: "In", values: ["ssd"] },
          { key: "gpu", operator: "Exists", values: [] },
        ],
      },
    ],
    tolerations: [{ key: "k", operator: "Equal", effect: "NoSchedule" }, { operator: "Exists" }],
  });
});

test("what cannot be read is told with its path, all at once", () => {
  const object: KubeObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "w" },
    spec: {
      replicas: "three",
      template: {
        spec: {
          containers: [container({ cpu: "1 core", memory: -1 }), container({ cpu: true })],
          initContainers: "none",
          tolerations: [{ operator: "Maybe" }],
        },
      },
    },
  };
  const problems = readWorkload(object)?.problems ?? [];
  expect(problems.map(({ path, message }) => `${path.slice(1).join(".")}: ${message}`)).toEqual([
    "replicas: expected a whole number, 0 or more",
    'template.spec.containers.0.resources.requests.cpu: "1 core" is not a quantity; write one such as "500m", "2" or "1Gi"',
    'template.spec.containers.0.resources.requests.memory: "-1" is negative; a request is 0 or more',
    'template.spec.containers.1.resources.requests.cpu: expected a quantity such as "500m" or "1Gi"',
    "template.spec.initContainers: expected a list",
    "template.spec.tolerations.0.operator: expected Equal, Exists",
  ]);
});

test("a Deployment without a pod spec is told", () => {
  const object: KubeObject = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "w" }, spec: {} };
  expect(readWorkload(object)?.problems).toEqual([
    { path: ["spec", "template", "spec"], message: "a pod spec is missing" },
  ]);
});
