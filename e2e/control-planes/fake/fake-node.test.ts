import { expect, test } from "vitest";
import { at, textAt } from "../../differential/text-at.ts";
import { fakeNode } from "./fake-node.ts";
import { placeOf } from "./place.ts";

test("the first three clusters are of three clouds, and no two of twenty share a name", () => {
  const places = Array.from({ length: 20 }, (_, index) => placeOf(index));
  expect(places.slice(0, 3).map(({ provider }) => provider)).toEqual(["aws", "gcp", "azure"]);
  expect(new Set(places.map(({ name }) => name)).size).toBe(20);
});

test("nodes carry the labels and the provider id of their cloud", () => {
  const ids = [0, 1, 2].map((index) => textAt(fakeNode(placeOf(index), index, 1), "spec", "providerID"));
  expect(ids[0]).toBe("aws:///us-east-1b/i-00000000000000001");
  expect(ids[1]).toBe("gce://flotilla-e2e/europe-west4-b/eemshaven-2");
  expect(ids[2]).toMatch(/^azure:\/\/\/subscriptions\/.*\/virtualMachineScaleSets\/hongkong\/virtualMachines\/1$/);
});

test("no two nodes of a fleet share an address or a pod range", () => {
  const nodes = [0, 1, 2].flatMap((cluster) =>
    [0, 1, 254, 255].map((node) => fakeNode(placeOf(cluster), cluster, node)),
  );
  for (const path of [
    ["spec", "podCIDR"],
    ["status", "addresses", "0", "address"],
  ])
    expect(new Set(nodes.map((node) => at(node, ...path))).size).toBe(12);
});
