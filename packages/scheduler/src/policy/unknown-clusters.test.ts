import { aCluster } from "@flotilla/testing";
import { expect, test } from "vitest";
import { DEFAULT_PLACEMENT } from "./default-placement.ts";
import { namedByPolicies } from "./named-cluster.ts";
import { unknownClusters } from "./unknown-clusters.ts";

const dublin = aCluster({ name: "aws-dublin", aliasIds: ["aws/1/eu-west-1/dub"] });

function warningsOf(names: readonly string[], hasGaps = false): readonly string[] {
  return unknownClusters(
    names.map((name) => ({ name, where: "x" })),
    [dublin],
    { hasGaps },
  );
}

test("a name that no cluster has is told with the nearest one; names, ids and aliases are known", () => {
  expect(warningsOf(["aws-dublin", dublin.id, "dub", "aws/1/eu-west-1/dub"])).toEqual([]);
  expect(warningsOf(["aws-dubln", "elsewhere"])).toEqual([
    'x: no cluster that was found is called "aws-dubln" (did you mean "aws-dublin"?)',
    'x: no cluster that was found is called "elsewhere"',
  ]);
});

test("where something could not be looked at only a slip is told", () => {
  expect(warningsOf(["elsewhere", "aws-dubln"], true)).toEqual([expect.stringContaining("aws-dubln")]);
});

test("a list of strangers is cut short", () => {
  const names = Array.from({ length: 1000 }, (_, index) => `stranger-${index}`);
  expect(warningsOf(names)).toHaveLength(11);
  expect(warningsOf(names).at(-1)).toBe("and 990 more names of clusters that were not found");
});

test("policies name clusters by selection, exclusion, weights, limits and rules", () => {
  const by = (name: string): { readonly names: readonly string[] } => ({ names: [name] });
  const named = namedByPolicies({
    placements: [
      {
        kind: "PlacementPolicy",
        name: "web",
        namespace: "shop",
        spec: {
          ...DEFAULT_PLACEMENT,
          clusters: { ...by("a"), exclude: ["b"] },
          replicas: {
            ...DEFAULT_PLACEMENT.replicas,
            weights: [{ clusters: by("c"), weight: 1 }],
            limits: [{ clusters: by("a"), max: 1 }],
          },
        },
      },
    ],
    overrides: [{ kind: "ClusterOverridePolicy", name: "all", workloads: [], rules: [{}, { clusters: by("d") }] }],
  });
  expect(named).toEqual([
    ...["a", "b", "c"].map((name) => ({ name, where: "PlacementPolicy shop/web" })),
    { name: "d", where: "ClusterOverridePolicy all, rule 2" },
  ]);
});
