import { matchesCluster, type KubeObject } from "@flotilla/core";
import * as fc from "fast-check";
import { aCluster } from "@flotilla/testing";
import { expect, test } from "vitest";
import { renderObject } from "../../override/render.ts";
import type { OverridePolicy, OverrideRule } from "../override-policy.ts";
import { tryOverrides } from "./try-overrides.ts";

const CLUSTERS = ["a", "b"].map((name) => aCluster({ name }));

function aDeployment(name = "web", container = "main"): KubeObject {
  const spec = { containers: [{ name: container, image: "nginx:1", args: ["-v"] }] };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop", labels: { app: name } },
    spec: { replicas: 3, template: { spec } },
  };
}

function aPolicy(rules: readonly OverrideRule[], name = "web"): OverridePolicy {
  return {
    kind: "OverridePolicy",
    name,
    namespace: "shop",
    workloads: [{ apiVersion: "apps/v1", kind: "Deployment" }],
    rules,
  };
}

/** Where it failed: policy, and path within it. */
function failed(rules: readonly OverrideRule[], objects: readonly KubeObject[] = [aDeployment()]): readonly string[] {
  return tryOverrides(objects, [aPolicy(rules)]).map(({ path }) => path.slice(2).join("."));
}

const onCluster = (name: string): Pick<OverrideRule, "clusters"> => ({ clusters: { names: [name] } });

test("a rule that fails on several workloads is told once, and each bad rule by itself", () => {
  const wrong: OverrideRule = { image: [{ tag: "v2" }, { container: "cc", tag: "v2" }] };
  const objects = [aDeployment("one"), aDeployment("two")];
  const failures = tryOverrides(objects, [aPolicy([wrong, wrong]), aPolicy([{ ...wrong }], "xtra")]);
  expect(failures.map(({ policy, path, ref, cluster }) => [policy.name, path[2], ref.name, cluster])).toEqual([
    ["web", 0, "one", null],
    ["xtra", 0, "one", null],
  ]);
});

test("a rule may rely on any rule before it, and on none", () => {
  const adds: OverrideRule = {
    mergePatch: { spec: { template: { spec: { containers: [{ name: "side", image: "x" }] } } } },
  };
  const usesAdded: OverrideRule = { image: [{ container: "side", tag: "v2" }] };
  const usesOld: OverrideRule = { image: [{ container: "main", tag: "v2" }] };
  expect(
    failed([
      { ...adds, ...onCluster("a") },
      { ...usesOld, ...onCluster("b") },
      { ...usesAdded, ...onCluster("a") },
    ]),
  ).toEqual([]);
  expect(failed([usesAdded, adds])).toEqual(["0.image.0"]);
});

test("a rule of one cluster is not refused for what the rules of another have done", () => {
  const removes: OverrideRule = { ...onCluster("a"), patch: [{ op: "remove", path: "/metadata/labels/app" }] };
  const adds: OverrideRule = { ...onCluster("b"), patch: [{ op: "add", path: "/metadata/annotations", value: {} }] };
  const needsBoth: OverrideRule = {
    ...onCluster("b"),
    patch: [
      { op: "add", path: "/metadata/annotations/x", value: "1" },
      { op: "replace", path: "/metadata/labels/app", value: "silver" },
    ],
  };
  expect(failed([removes, adds, needsBoth])).toEqual([]);
  expect(failed([removes, { ...adds, clusters: { names: ["b", "c"] } }, needsBoth])).toEqual([]);
  expect(failed([{ ...removes, clusters: {} }, adds, needsBoth])).toEqual(["2.patch.1"]);
});

test("a test is decided only where it comes out the same on every cluster", () => {
  const image = "/spec/template/spec/containers/0/image";
  const test = (path: string, value: unknown): OverrideRule => ({ patch: [{ op: "test", path, value }] });
  expect(failed([test(image, "nginx:2")])).toEqual(["0.patch.0"]);
  expect(failed([test("/spec/replicas", 2)])).toEqual([]);
  expect(failed([{ ...onCluster("a"), image: [{ tag: "2" }] }, test(image, "nginx:2")])).toEqual([]);
});

test("a rule that is refused renders on no cluster it is for", () => {
  const rule = fc.record<OverrideRule>(
    {
      clusters: fc.constantFrom({ names: ["a"] }, { names: ["b"] }, {}),
      image: fc.constant([{ container: "main", tag: "2" }]),
      env: fc.constant([{ container: "main", name: "R", value: "${cluster.name}" }]),
      patch: fc.array(
        fc.constantFrom(
          { op: "add", path: "/metadata/labels/x", value: "1" } as const,
          { op: "remove", path: "/metadata/labels/x" } as const,
          { op: "replace", path: "/metadata/labels/app", value: "2" } as const,
          { op: "remove", path: "/metadata/labels/app" } as const,
          { op: "add", path: "/metadata/annotations", value: {} } as const,
          { op: "add", path: "/metadata/annotations/z", value: "1" } as const,
          { op: "test", path: "/metadata/labels/app", value: "2" } as const,
          { op: "test", path: "/spec/replicas", value: 4 } as const,
          { op: "move", from: "/metadata/labels/x", path: "/metadata/labels/y" } as const,
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ["clusters"] },
  );
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (rules) => {
      const object = aDeployment();
      const overrides = [aPolicy(rules)];
      for (const { path } of tryOverrides([object], overrides)) {
        const rule = rules[Number(path[2])];
        const rendered = CLUSTERS.filter((cluster) => matchesCluster(rule?.clusters, cluster)).map((cluster) =>
          renderObject({ object, cluster, overrides, share: { replicas: 4 } }),
        );
        expect(rendered.map(({ ok }) => ok)).not.toContain(true);
      }
    }),
    { numRuns: 2000 },
  );
});
