import { aMember } from "@flotilla/testing";
import { expect, test } from "vitest";
import { clusterPricePerHour } from "./cluster-price.ts";

test("a cluster costs its nodes and its control plane", () => {
  const member = aMember({}, [
    { nodes: 3, microUsdPerHour: 200_000 },
    { nodes: 2, microUsdPerHour: 50_000 },
  ]);
  expect(clusterPricePerHour(member)).toMatchObject({ known: true, microUsd: 800_000, source: "test" });
});

test("one unknown part makes the whole unknown, with its reason", () => {
  const unpriced = aMember({}, [{ microUsdPerHour: 200_000 }, { microUsdPerHour: null }]);
  expect(clusterPricePerHour(unpriced)).toEqual({ known: false, reason: "the test gives none" });
  const member = aMember({}, [{}]);
  const fee = { known: false, reason: "no fee known" } as const;
  expect(clusterPricePerHour({ ...member, prices: { ...member.prices, controlPlanePerHour: fee } })).toEqual(fee);
  expect(clusterPricePerHour({ ...member, prices: { ...member.prices, nodePerHour: [] } })).toEqual({
    known: false,
    reason: "no price for standard-4",
  });
});

test("nodes that are not ready are paid for too, and of unknown type", () => {
  const member = aMember({}, [{ nodes: 2 }]);
  const capacity = { ...member.capacity!, nodes: 3 };
  expect(clusterPricePerHour({ ...member, capacity })).toMatchObject({
    known: false,
    reason: expect.stringMatching(/^1 of 3 nodes/),
  });
});

test("a cluster that could not be read has no price", () => {
  const member = { ...aMember(), capacity: null, capacityProblem: "may not list nodes" };
  expect(clusterPricePerHour(member)).toEqual({ known: false, reason: "may not list nodes" });
});
