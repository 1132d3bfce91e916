import { addAmounts, compareIds, digestOf, parseClusterId, scaleAmounts, ZERO_AMOUNTS } from "@flotilla/core";
import { expect, test } from "vitest";
import { createFleet } from "./create-fleet.ts";

const fleet = createFleet({ clusters: 500, seed: 7 });

test("the same seed gives the same fleet, another seed another", () => {
  expect(digestOf(createFleet({ clusters: 500, seed: 7 }))).toBe(digestOf(fleet));
  expect(digestOf(createFleet({ clusters: 500, seed: 8 }))).not.toBe(digestOf(fleet));
});

test("ids parse, are unique and sorted", () => {
  const ids = fleet.clusters.map(({ cluster }) => cluster.id);
  expect(ids.map((id) => parseClusterId(id)?.name)).toEqual(fleet.clusters.map(({ cluster }) => cluster.name));
  expect([...new Set(ids)].sort(compareIds)).toEqual(ids);
});

test("amounts add up in every member, and no node has more free than it has", () => {
  for (const { cluster, capacity, prices } of fleet.clusters) {
    if (capacity === null) continue;
    const { shapes, freeNodes, allocatable, requested } = capacity;
    const whole = shapes.map((shape) => scaleAmounts(shape.allocatable, shape.count)).reduce(addAmounts, ZERO_AMOUNTS);
    const free = freeNodes.map((node) => node.free).reduce(addAmounts, ZERO_AMOUNTS);
    expect({ id: cluster.id, allocatable }).toEqual({ id: cluster.id, allocatable: whole });
    expect({ id: cluster.id, sum: addAmounts(requested, free) }).toEqual({ id: cluster.id, sum: whole });
    expect(prices.nodePerHour).toHaveLength(shapes.length);
    for (const node of freeNodes) {
      expect(node.free.cpuMilli).toBeGreaterThanOrEqual(0);
      expect(node.free.cpuMilli).toBeLessThan(shapes[node.shape]!.allocatable.cpuMilli);
    }
  }
});

test("a fleet is as uneven as real ones: three clouds, unreachable members, unknown prices, taints", () => {
  const share = (has: (member: (typeof fleet.clusters)[number]) => boolean): number =>
    (fleet.clusters.filter(has).length * 100) / fleet.clusters.length;
  expect(new Set(fleet.clusters.map(({ cluster }) => cluster.provider))).toEqual(new Set(["aws", "gcp", "azure"]));
  expect(share(({ capacity }) => capacity === null)).toBeGreaterThan(0);
  expect(share(({ capacity }) => capacity === null)).toBeLessThan(4);
  expect(share(({ prices }) => !prices.controlPlanePerHour.known)).toBeGreaterThan(0);
  expect(share(({ cluster }) => cluster.taints.length > 0)).toBeGreaterThan(2);
  expect(share(({ capacity, cluster }) => (capacity === null) === (cluster.problem !== undefined))).toBe(100);
});

test("knobs are obeyed", () => {
  const plain = createFleet({ clusters: 200, seed: 1, unreachablePercent: 0, unpricedPercent: 0, taintedPercent: 0 });
  expect(plain.clusters.every(({ cluster, capacity }) => capacity !== null && cluster.taints.length === 0)).toBe(true);
  expect(plain.clusters.every(({ prices }) => prices.nodePerHour.every((price) => price.known))).toBe(true);
  const tight = createFleet({ clusters: 50, seed: 1, nodesPerClusterMax: 3 });
  expect(Math.max(...tight.clusters.map(({ capacity }) => capacity?.nodes ?? 0))).toBeLessThanOrEqual(3);
});
