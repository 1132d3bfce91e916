import type { KubeObject } from "@flotilla/core";
import { expect, test } from "vitest";
import { DEFAULT_PLACEMENT } from "./default-placement.ts";
import { matchOverridePolicies, matchPlacementPolicy } from "./match-policies.ts";
import type { OverridePolicy } from "./override-policy.ts";
import type { PlacementPolicy } from "./placement-policy.ts";
import type { WorkloadSelector } from "./workload-selector.ts";

const web: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
};
const kind = { apiVersion: "apps/v1", kind: "Deployment" };
const labels = { ...kind, labelSelector: { matchLabels: { app: "web" } } };
const name = { ...kind, name: "web" };

function placement(
  policyName: string,
  selector: WorkloadSelector,
  given: { readonly priority?: number; readonly namespace?: string } = {},
): PlacementPolicy {
  const { priority = 0, namespace } = given;
  const spec = { ...DEFAULT_PLACEMENT, workloads: [selector], priority };
  return namespace === undefined
    ? { kind: "ClusterPlacementPolicy", name: policyName, spec }
    : { kind: "PlacementPolicy", name: policyName, namespace, spec };
}

function winner(...policies: readonly PlacementPolicy[]): string | undefined {
  const both = [matchPlacementPolicy(web, policies), matchPlacementPolicy(web, policies.toReversed())];
  expect(both[0]).toBe(both[1]);
  return both[0]?.name;
}

test("priority, then the closer selector, then the namespaced one, then the name", () => {
  expect(winner(placement("a", name), placement("b", kind, { priority: 1 }))).toBe("b");
  expect(winner(placement("a", kind), placement("b", labels))).toBe("b");
  expect(winner(placement("a", labels), placement("b", name))).toBe("b");
  expect(winner(placement("a", kind), placement("b", kind, { namespace: "shop" }))).toBe("b");
  expect(winner(placement("a", name), placement("b", kind, { namespace: "shop" }))).toBe("a");
  expect(winner(placement("b", kind), placement("a", kind))).toBe("a");
});

test("a policy selects its own namespace, a cluster-wide one the namespace it names, or all", () => {
  expect(winner(placement("a", kind, { namespace: "other" }))).toBeUndefined();
  expect(winner(placement("a", { ...kind, namespace: "other" }))).toBeUndefined();
  expect(winner(placement("a", { ...kind, namespace: "shop" }))).toBe("a");
  const bare = { ...web, metadata: { name: "web" } };
  expect(matchPlacementPolicy(bare, [placement("a", kind, { namespace: "default" })])?.name).toBe("a");
});

test("kind, name and labels must all match", () => {
  expect(winner(placement("a", { ...kind, kind: "StatefulSet" }))).toBeUndefined();
  expect(winner(placement("a", { ...kind, apiVersion: "apps/v1beta1" }))).toBeUndefined();
  expect(winner(placement("a", { ...kind, name: "db" }))).toBeUndefined();
  expect(winner(placement("a", { ...name, labelSelector: { matchLabels: { app: "db" } } }))).toBeUndefined();
});

test("overrides apply from the loosest to the closest, cluster-wide before namespaced", () => {
  const override = (policyName: string, selector: WorkloadSelector, namespace?: string): OverridePolicy => ({
    ...(namespace === undefined ? { kind: "ClusterOverridePolicy" } : { kind: "OverridePolicy", namespace }),
    name: policyName,
    workloads: [selector],
    rules: [],
  });
  const policies = [
    override("e", name, "shop"),
    override("z", kind, "shop"),
    override("b", name),
    override("d", kind, "shop"),
    override("a", labels),
    override("x", kind, "other"),
  ];
  expect(matchOverridePolicies(web, policies).map((policy) => policy.name)).toEqual(["a", "b", "d", "z", "e"]);
});
