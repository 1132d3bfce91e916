import { expect, test } from "vitest";
import { placeNodes } from "./place-nodes.ts";
import { placeOf } from "./place.ts";

test("the first three clusters are of three clouds, and no two of twenty share a name", () => {
  const places = Array.from({ length: 20 }, (_, index) => placeOf(index));
  expect(places.slice(0, 3).map(({ provider }) => provider)).toEqual(["aws", "gcp", "azure"]);
  expect(new Set(places.map(({ name }) => name)).size).toBe(20);
});

test("nodes carry the labels and the provider id of their cloud", () => {
  const ids = [0, 1, 2].map((index) => placeNodes(placeOf(index), index, 2)[1]?.providerID);
  expect(ids[0]).toBe("aws:///us-east-1b/i-00000000000000001");
  expect(ids[1]).toBe("gce://flotilla-e2e/europe-west4-b/eemshaven-2");
  expect(ids[2]).toMatch(/^azure:\/\/\/subscriptions\/.*\/virtualMachineScaleSets\/hongkong\/virtualMachines\/1$/);
});
