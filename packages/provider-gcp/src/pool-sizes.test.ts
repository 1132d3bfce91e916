import fc from "fast-check";
import { expect, test } from "vitest";
import { toNodePool, zonesOfPool } from "./node-pool-model.ts";
import { poolSizes } from "./pool-sizes.ts";

const ZONES = ["r-a", "r-b", "r-c"];
const NO_GROUPS = new Map<string, number>();
const group = (zone: string, name: string) =>
  `https://www.googleapis.com/compute/v1/projects/p/zones/${zone}/instanceGroupManagers/${name}`;

test("a pool of 3 per zone in three zones is 9", () => {
  expect(poolSizes({ nodePools: [{ initialNodeCount: 3 }] }, ZONES, NO_GROUPS)).toEqual([9]);
  expect(poolSizes({ nodePools: [{ initialNodeCount: 3, locations: ["r-b"] }] }, ZONES, NO_GROUPS)).toEqual([3]);
});

test("the instance groups know better, and only if all of them are known", () => {
  const instanceGroupUrls = [group("r-a", "g"), group("r-b", "g")];
  const cluster = { nodePools: [{ initialNodeCount: 1, instanceGroupUrls, locations: ["r-a", "r-b"] }] };
  expect(
    poolSizes(
      cluster,
      ZONES,
      new Map([
        ["r-a/g", 4],
        ["r-b/g", 5],
      ]),
    ),
  ).toEqual([9]);
  expect(poolSizes(cluster, ZONES, new Map([["r-a/g", 4]]))).toEqual([2]);
  expect(
    poolSizes(
      cluster,
      ZONES,
      new Map([
        ["r-a/g", 0],
        ["r-b/g", 0],
      ]),
    ),
  ).toEqual([0]);
});

test("the cluster's own count corrects one pool, or the one that is autoscaled", () => {
  expect(poolSizes({ currentNodeCount: 4, nodePools: [{ initialNodeCount: 3 }] }, ["r-a"], NO_GROUPS)).toEqual([4]);
  const fixed = { initialNodeCount: 1 };
  const scaled = { initialNodeCount: 1, autoscaling: { enabled: true } };
  expect(poolSizes({ currentNodeCount: 8, nodePools: [fixed, scaled] }, ZONES, NO_GROUPS)).toEqual([3, 5]);
  expect(poolSizes({ currentNodeCount: 3, nodePools: [fixed, scaled] }, ZONES, NO_GROUPS)).toEqual([3, 0]);
});

test("where nobody can know, nobody says", () => {
  const scaled = { initialNodeCount: 1, autoscaling: { enabled: true } };
  expect(poolSizes({ currentNodeCount: 8, nodePools: [scaled, scaled] }, ZONES, NO_GROUPS)).toEqual([null, null]);
  expect(
    poolSizes({ currentNodeCount: 8, nodePools: [{ initialNodeCount: 1 }, { initialNodeCount: 1 }] }, ZONES, NO_GROUPS),
  ).toEqual([null, null]);
  expect(poolSizes({ currentNodeCount: 1, nodePools: [{ initialNodeCount: 1 }, scaled] }, ZONES, NO_GROUPS)).toEqual([
    null,
    null,
  ]);
});

test("without groups and without a count an autoscaled pool may be of any size, also of none", () => {
  const fixed = { initialNodeCount: 1 };
  const scaled = { initialNodeCount: 3, autoscaling: { enabled: true } };
  expect(poolSizes({ nodePools: [scaled] }, ZONES, NO_GROUPS)).toEqual([null]);
  expect(poolSizes({ currentNodeCount: 0, nodePools: [fixed, scaled] }, ZONES, NO_GROUPS)).toEqual([3, null]);
  const known = { ...scaled, instanceGroupUrls: [group("r-a", "g")] };
  expect(poolSizes({ nodePools: [known, scaled] }, ZONES, new Map([["r-a/g", 4]]))).toEqual([4, null]);
});

test("sizes that are all known add up to the cluster's count, where it tells one", () => {
  const pool = fc.record({
    initialNodeCount: fc.integer({ min: 0, max: 5 }),
    autoscaling: fc.record({ enabled: fc.boolean() }),
  });
  fc.assert(
    fc.property(
      fc.array(pool, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
      (nodePools, currentNodeCount) => {
        const sizes = poolSizes({ nodePools, currentNodeCount }, ZONES, NO_GROUPS);
        const known = sizes.filter((size) => size !== null);
        return (
          known.length < sizes.length ||
          (known.every((size) => size >= 0) && known.reduce((a, b) => a + b, 0) === currentNodeCount)
        );
      },
    ),
  );
});

test("limits are totals whichever way they were given, and zones are sorted", () => {
  const zones = zonesOfPool({ locations: ["r-c", "r-a"] }, ZONES);
  expect(zones).toEqual(["r-a", "r-c"]);
  const limits = (autoscaling: object) => {
    const { nodesMin, nodesMax } = toNodePool({ autoscaling }, zones, 0);
    return [nodesMin, nodesMax];
  };
  expect(limits({ enabled: true, minNodeCount: 1, maxNodeCount: 4 })).toEqual([2, 8]);
  expect(limits({ enabled: true, totalMinNodeCount: 1, totalMaxNodeCount: 5 })).toEqual([1, 5]);
  expect(limits({ enabled: true, maxNodeCount: 4 })).toEqual([0, 8]);
  expect(limits({ minNodeCount: 1, maxNodeCount: 4 })).toEqual([null, null]);
});

test.for([
  [{ spot: true }, "spot"],
  [{ preemptible: true }, "spot"],
  [{ flexStart: true, spot: false }, "unknown"],
  [{}, "onDemand"],
] as const)("a pool with %o is paid %s", ([config, purchase]) => {
  expect(toNodePool({ config }, ZONES, 1).purchase).toBe(purchase);
});
