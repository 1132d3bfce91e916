import { formatProblem, isInputError } from "@flotilla/core";
import { readDocuments } from "@flotilla/documents";
import { describe, expect, test } from "vitest";
import { DEFAULT_PLACEMENT } from "./default-placement.ts";
import { POLICY_KINDS, policyJsonSchema } from "./json-schemas.ts";
import { parsePolicies, type Policies } from "./parse-policies.ts";

async function parse(text: string, scoreNames: readonly string[] = []): Promise<Policies> {
  return parsePolicies(await readDocuments({ file: "app.yaml", text }), { scoreNames });
}

/** Each problem as one line, without what is known at that place. */
async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parse(text);
  } catch (error) {
    if (isInputError(error)) return error.problems.map(formatProblem);
    throw error;
  }
  return [];
}

const placement = (spec: string): string => `apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: { name: web, namespace: shop }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
${spec}`;

const override = (rule: string): string => `apiVersion: flotilla.dev/v1alpha1
kind: OverridePolicy
metadata: { name: web }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment }]
  rules:
    - ${rule}`;

test("what a policy does not say is as DEFAULT_PLACEMENT says it", async () => {
  const { placements } = await parse(placement(""));
  expect((await parse(placement("  score: {}\n  spread: []\n  regions: { prefer: [] }"))).placements[0]?.spec).toEqual({
    ...placements[0]?.spec,
    regions: { prefer: [] },
  });
  const workloads = [{ apiVersion: "apps/v1", kind: "Deployment", name: "web" }];
  expect(placements).toEqual([
    { kind: "PlacementPolicy", name: "web", namespace: "shop", spec: { ...DEFAULT_PLACEMENT, workloads } },
  ]);
});

test("everything a placement can say is read as written, and manifests are left alone", async () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
---
apiVersion: flotilla.dev/v1alpha1
kind: ClusterPlacementPolicy
metadata: { name: all }
spec:
  workloads: [{ apiVersion: apps/v1, kind: Deployment, namespace: shop, labelSelector: { matchLabels: { a: b } } }]
  priority: 7
  clusters:
    names: [a]
    exclude: []
    labelSelector: { matchExpressions: [{ key: tier, operator: In, values: [gold] }] }
    fields: [{ key: region, operator: NotIn, values: [eu-west-1] }]
  tolerations: [{ key: team, operator: Equal, value: data, effect: NoSchedule }]
  spread: [{ by: provider, minGroups: 2, maxGroups: 3, maxSharePercent: 50 }, { by: "label:rack", minGroups: 1 }]
  replicas:
    mode: Divide
    divideBy: Cost
    weights: [{ clusters: { names: [a] }, weight: 2.5 }]
    limits: [{ clusters: {}, min: 1, max: 6 }]
    partial: false
  score: { capacity: 30, cost: 50, carbon: 20 }
  regions: { near: { region: eu-west-1 } }
  unknownPrice: Fail
  unknownCapacity: Neutral`;
  const [policy] = (await parse(text, ["carbon"])).placements;
  expect(policy).toMatchObject({
    kind: "ClusterPlacementPolicy",
    spec: {
      priority: 7,
      spread: [
        { by: "provider", minGroups: 2, maxGroups: 3, maxSharePercent: 50 },
        { by: "label:rack", minGroups: 1 },
      ],
      replicas: { divideBy: "Cost", partial: false, weights: [{ weight: 2.5 }], limits: [{ min: 1, max: 6 }] },
      score: { capacity: 30, cost: 50, carbon: 20 },
      regions: { near: { region: "eu-west-1" } },
      unknownPrice: "Fail",
    },
  });
  expect(policy).not.toHaveProperty("namespace");
});

describe("a placement that is refused says where and why", () => {
  test.each([
    [
      "  replicas: { divdeBy: Cost }",
      /^app\.yaml:6:15: spec\.replicas\.divdeBy: unknown field.*did you mean "divideBy"/,
    ],
    ["  priority: high", /^app\.yaml:6:13: spec\.priority: .*number.*found string/],
    ["  replicas: { mode: divide }", /^app\.yaml:6:21: spec\.replicas\.mode: .*did you mean "Divide"/],
    ["  replicas: { limits: [{ min: 3, max: 2 }] }", /^app\.yaml:6:31: .*min 3 is more than max 2/],
    ["  spread: [{ by: zone, minGroups: 3, maxGroups: 2 }]", /^app\.yaml:6:35: .*minGroups 3 is more than maxGroups 2/],
    ["  spread: [{ by: zone }, { by: zone }]", /^app\.yaml:6:32: .*constrained twice/],
    ["  spread: [{ by: rack }]", /^app\.yaml:6:18: .*"label:KEY"/],
    ["  spread: [{ by: providr }]", /^app\.yaml:6:18: spec\.spread\[0\]\.by: .*did you mean "provider"/],
    ["  spread: [{ by: zone, maxSharePercent: 101 }]", /^app\.yaml:6:41: .*100/],
    ["  spread: [{ by: zone, maxSharePercent: 0 }]", /^app\.yaml:6:41: .*1/],
    ["  spread: [{ by: zone, maxSharePercent: 9 }]\n  replicas: { mode: Duplicate }", /^app\.yaml:6:41: .*Duplicate/],
    ["  replicas: { weights: [{ weight: -1 }] }", /^app\.yaml:6:35: .*0/],
    ["  score: { cpacity: 1 }", /^app\.yaml:6:12: spec\.score\.cpacity: unknown score.*did you mean "capacity"/],
    ["  score: { cost: -1 }", /^app\.yaml:6:18: .*0/],
    ["  regions: { near: { region: eu-wst-1 } }", /^app\.yaml:6:30: .*did you mean "eu-west-1"/],
    ["  regions: { prefer: [a], near: { region: eu-west-1 } }", /^app\.yaml:6:33: .*either prefer or near/],
    ["  clusters: { fields: [{ key: region, operator: In }] }", /^app\.yaml:6:24: .*In needs at least one value/],
    ["  clusters: { fields: [{ key: regin, operator: Exists }] }", /^app\.yaml:6:31: .*did you mean "region"/],
    ["  clusters: { fields: [{ key: name, operator: Gt, values: [a, b] }] }", /Gt needs exactly one value/],
    ["  tolerations: [{ key: a, operator: Exists, value: b }]", /^app\.yaml:6:52: .*takes no value/],
    ["  tolerations: [{ value: b }]", /needs operator: Exists/],
  ])("%s", async (spec, expected) => {
    expect(await problemsOf(placement(spec))).toEqual([expect.stringMatching(expected)]);
  });
});

test("selecting in another namespace needs the cluster-wide kind", async () => {
  const text = placement("").replace("name: web }]", "name: web, namespace: other }]");
  expect(await problemsOf(text)).toEqual([expect.stringMatching(/^app\.yaml:5:78: .*namespace "shop".*only there/)]);
});

test("two policies of one name are refused at the second, and all problems are told at once", async () => {
  const twice = `${placement("")}\n---\n${placement("  priority: 1.5")}\n---\n${placement("")}`;
  expect(await problemsOf(twice)).toEqual([
    expect.stringMatching(/^app\.yaml:13:13: spec\.priority/),
    expect.stringMatching(/^app\.yaml:17:19: metadata\.name: PlacementPolicy "web" is there already, at app\.yaml:3/),
  ]);
});

test("a misspelt kind of our group is refused, and other files' kinds are not", async () => {
  const stray = "apiVersion: flotilla.dev/v1alpha1\nkind: PlacmentPolicy\nmetadata: { name: a }";
  expect(await problemsOf(stray)).toEqual([expect.stringMatching(/^app\.yaml:2:7: .*did you mean "PlacementPolicy"/)]);
  expect(await problemsOf("apiVersion: flotilla.dev/v1alpha1\nkind: PriceList")).toEqual([]);
  expect(await problemsOf("apiVersion: example.com/v1\nkind: PlacementPolicy")).toEqual([]);
});

describe("an override that is refused names the policy and the rule", () => {
  test.each([
    [
      "patch: [{ op: replace, path: /metadata/name, value: a }]",
      /^app\.yaml:7:36: .*OverridePolicy web, rule 1: .*identity \(metadata\.name\)/,
    ],
    ["patch: [{ op: remove, path: /metadata/namespace }]", /identity \(metadata\.namespace\)/],
    ["patch: [{ op: replace, path: /metadata, value: {} }]", /metadata as a whole/],
    ["patch: [{ op: replace, path: '', value: {} }]", /the object as a whole/],
    ["patch: [{ op: move, from: /kind, path: /x }]", /identity \(kind\)/],
    ["patch: [{ op: replace, path: /spec/replicas, value: 2 }]", /replicas \(spec\.replicas\)/],
    ["patch: [{ op: add, path: /spec, value: {} }]", /spec as a whole/],
    ["patch: [{ op: add, path: spec/x, value: 1 }]", /is not a JSON Pointer/],
    ["patch: [{ op: add, path: /a~2b, value: 1 }]", /is not a JSON Pointer/],
    ["patch: [{ op: replace, path: /a }]", /replace needs a value/],
    ["patch: [{ op: remove, path: /a, value: 1 }]", /remove takes no value/],
    ["patch: [{ op: copy, path: /a }]", /copy needs from/],
    ["patch: [{ op: add, path: /a, value: 1, missing: add }]", /only replace and remove/],
    ["mergePatch: { spec: { replicas: 3 } }", /^app\.yaml:7:29: .*rule 1: .*replicas/],
    ["mergePatch: { metadata: { namespace: x } }", /identity \(metadata\.namespace\)/],
    ["mergePatch: { metadata: null }", /metadata as a whole/],
    ["mergePatch: { spec: null }", /spec as a whole/],
    ["mergePatch: { apiVersion: { a: b } }", /identity \(apiVersion\)/],
    ["image: [{ container: web }]", /needs registry, repository, tag or digest/],
    ["image: [{ tag: 'a b' }]", /^app\.yaml:7:22: spec\.rules\[0\]\.image\[0\]\.tag: expected a tag/],
    ["image: [{ digest: 'sha256:abc' }]", /sha256/],
    ["image: [{ repository: Team/Web }]", /lower-case path/],
    ["image: [{ registry: 'http://x' }]", /expected a host/],
    ["labels: { add: { 'a b': c } }", /not a valid key/],
  ])("%s", async (rule, expected) => {
    expect(await problemsOf(override(rule))).toEqual([expect.stringMatching(expected)]);
  });
});

test.each([
  "patch: [{ op: test, path: /metadata/name, value: web }]",
  "patch: [{ op: copy, from: /metadata/name, path: /spec/x }]",
  "patch: [{ op: replace, path: /spec/template/spec/replicas, value: 1 }]",
  "patch: [{ op: add, path: /metadata/labels/a, value: null }]",
  "mergePatch: { metadata: { labels: { a: b } }, spec: { paused: true } }",
  "image: [{ registry: 'localhost:5000', repository: a/b_c.d, tag: v1 }]",
  "labels: { add: { example.com/tier: gold }, remove: [] }",
])("an override may say %s", async (rule) => {
  expect(await problemsOf(override(rule))).toEqual([]);
});

test.each(POLICY_KINDS)("the JSON Schema of %s names every field and forbids others", (kind) => {
  const schema = policyJsonSchema(kind);
  expect(schema).toMatchObject({ type: "object", additionalProperties: false, properties: { kind: { const: kind } } });
});
