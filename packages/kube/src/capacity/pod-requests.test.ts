import { describe, expect, test } from "vitest";
import { podRequests } from "./pod-requests.ts";
import { toAmounts } from "./to-amounts.ts";

const Mi = 1024 * 1024;
const asking = (cpu: string, memory: string, more: object = {}): object => ({
  resources: { requests: { cpu, memory } },
  ...more,
});

function requests(pod: object): { cpu: number | undefined; memory: number | undefined } {
  const found = podRequests(pod as Readonly<Record<string, unknown>>);
  return { cpu: found.get("cpu"), memory: found.get("memory") };
}

describe("what a pod takes of its node", () => {
  test("is the sum of its containers", () => {
    expect(requests({ spec: { containers: [asking("100m", "16Mi"), asking("0.05", "16Mi")] } })).toEqual({
      cpu: 150,
      memory: 32 * Mi,
    });
  });

  test("is at least the largest init container, resource by resource", () => {
    const spec = {
      containers: [asking("100m", "64Mi")],
      initContainers: [asking("500m", "8Mi"), asking("200m", "32Mi")],
    };
    expect(requests({ spec })).toEqual({ cpu: 500, memory: 64 * Mi });
  });

  test("counts sidecars with the containers, and with the init containers after them only", () => {
    const sidecar = asking("100m", "10Mi", { restartPolicy: "Always" });
    const spec = {
      containers: [asking("200m", "20Mi")],
      initContainers: [asking("250m", "1Mi"), sidecar, asking("250m", "1Mi")],
    };
    // Running: 200 + 100. Starting: 250; 100; 100 + 250.
    expect(requests({ spec })).toEqual({ cpu: 350, memory: 30 * Mi });
    const before = { containers: [asking("200m", "20Mi")], initContainers: [asking("320m", "1Mi"), sidecar] };
    expect(requests({ spec: before })).toEqual({ cpu: 320, memory: 30 * Mi });
  });

  test("is what the pod as a whole asks for, where it does, and overhead comes on top", () => {
    const spec = {
      resources: { requests: { cpu: "1" } },
      overhead: { cpu: "10m", memory: "1Mi" },
      containers: [asking("200m", "20Mi")],
    };
    expect(requests({ spec })).toEqual({ cpu: 1010, memory: 21 * Mi });
  });

  test("is the largest of wanted, allocated and used while a container is resized", () => {
    const spec = { containers: [asking("100m", "20Mi", { name: "a" })] };
    const containerStatuses = [
      { name: "a", allocatedResources: { cpu: "300m" }, resources: { requests: { memory: "30Mi" } } },
    ];
    expect(requests({ spec, status: { containerStatuses } })).toEqual({ cpu: 300, memory: 30 * Mi });
  });

  test("is nothing for a pod that asks for nothing", () => {
    expect(requests({ spec: { containers: [{}] } })).toEqual({ cpu: undefined, memory: undefined });
    expect(requests({})).toEqual({ cpu: undefined, memory: undefined });
  });

  test("names extended resources, and leaves out storage, huge pages and zeros", () => {
    const all = {
      "nvidia.com/gpu": "2",
      "example.com/none": "0",
      "ephemeral-storage": "1Gi",
      "hugepages-2Mi": "4Mi",
      cpu: "1",
    };
    const found = podRequests({ spec: { containers: [{ resources: { requests: all } }] } });
    expect(toAmounts(found, 1)).toEqual({ cpuMilli: 1000, memoryBytes: 0, pods: 1, extended: { "nvidia.com/gpu": 2 } });
  });
});
