import { expect, test } from "vitest";
import { busiestCluster, expectFleet, expectPlaced, expectReady } from "./expectations.ts";

function aPlan(replicas: Readonly<Record<string, number>>) {
  const placements = Object.entries(replicas).map(([cluster, count]) => ({ cluster, replicas: count }));
  return {
    planId: "p",
    workloads: [{ replicas: 9, unplaced: 0, placements }],
    cost: { perMonthUsd: 1, evenSplitPerMonthUsd: 1 },
  };
}

test("a fleet of which a cluster is missing, unpriced or well, or nothing hidden, is not the story's", () => {
  const aCluster = (name: string, phase = "ready", pricePerHourUsd: number | null = 1) => ({
    id: name,
    name,
    phase,
    pricePerHourUsd,
  });
  const gaps = [{ provider: "aws", region: "me-south-1", kind: "policy" }];
  const sick = aCluster("b", "degraded");
  expect(() => expectFleet({ clusters: [aCluster("a"), sick], gaps }, 3)).toThrow("2 of 3 clusters");
  expect(() => expectFleet({ clusters: [aCluster("a", "ready", null), sick], gaps }, 2)).toThrow("1 of 2 clusters");
  const silent = { ...aCluster("a"), problem: { message: "no answer" } };
  expect(() => expectFleet({ clusters: [silent, sick], gaps }, 2)).toThrow("1 of 2 clusters");
  expect(() => expectFleet({ clusters: [aCluster("a"), aCluster("b")], gaps }, 2)).toThrow("0 clusters are degraded");
  expect(() => expectFleet({ clusters: [aCluster("a"), sick], gaps: [] }, 2)).toThrow("0 parts of the fleet");
  expect(expectFleet({ clusters: [aCluster("a"), sick], gaps }, 2).clusters).toHaveLength(2);
});

test("a plan that leaves replicas out, or uses the lost cluster, is not the story's", () => {
  expect(() => expectPlaced(aPlan({ a: 5, b: 3 }), 9)).toThrow("places 8 of 9");
  expect(() => expectPlaced(aPlan({ a: 5, b: 4 }), 9, "a")).toThrow("still places replicas on a");
  expect(expectPlaced(aPlan({ a: 5, b: 4 }), 9, "c").planId).toBe("p");
});

test("the busiest cluster has the most replicas, the first by id among equals", () => {
  expect(busiestCluster(aPlan({ b: 4, c: 5, a: 5 }))).toBe("a");
  expect(() => busiestCluster(aPlan({}))).toThrow("places nothing");
});

test("ready means all of them", () => {
  const status = (ready: number) => ({ workloads: [{ replicas: { desired: 9, ready }, health: "healthy" }] });
  expect(() => expectReady(status(8), 9)).toThrow("8 of 9");
  expect(expectReady(status(9), 9).workloads).toHaveLength(1);
});
