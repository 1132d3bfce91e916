import { aCluster } from "@flotilla/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClusterSelector, FieldRequirement, LabelSelector } from "./cluster-selector.ts";
import { compareIds } from "./compare-ids.ts";
import { compareVersions } from "./compare-versions.ts";
import { formatLabelSelector, parseLabelSelector } from "./label-selector-text.ts";
import { matchesCluster } from "./matches-cluster.ts";
import { matchesField } from "./matches-field.ts";
import { matchesLabels } from "./matches-labels.ts";
import type { Taint, Toleration } from "./taint.ts";
import { toleratesTaint, untoleratedTaint } from "./tolerates-taint.ts";

const cluster = aCluster({
  id: "aws/1/eu-west-1/prod",
  name: "prod",
  scope: "1",
  region: "eu-west-1",
  zones: ["eu-west-1a", "eu-west-1b"],
  kubernetesVersion: "v1.34.1",
  labels: { tier: "gold", empty: "" },
});
const unknown = aCluster({ region: null, zones: [], kubernetesVersion: null, labels: {} });

describe("a cluster selector", () => {
  test.each<[string, ClusterSelector | undefined, boolean]>([
    ["absent", undefined, true],
    ["empty", {}, true],
    ["of empty parts", { names: [], exclude: [], fields: [], labelSelector: {} }, true],
    ["none", { none: true }, false],
    ["none with a matching name", { none: true, names: ["prod"] }, false],
    ["not none", { none: false }, true],
    ["its bare name", { names: ["other", "prod"] }, true],
    ["its id", { names: ["aws/1/eu-west-1/prod"] }, true],
    ["its id, spelt otherwise", { names: ["aws/1/eu-west-1/%70rod"] }, true],
    ["another id of that name", { names: ["aws/2/eu-west-1/prod"] }, false],
    ["another name", { names: ["pro"] }, false],
    ["exclusion beats inclusion", { names: ["prod"], exclude: ["prod"] }, false],
    ["exclusion by id", { exclude: ["aws/1/eu-west-1/prod"] }, false],
    ["exclusion of another", { exclude: ["other"] }, true],
    ["all parts hold", { names: ["prod"], labelSelector: { matchLabels: { tier: "gold" } } }, true],
    ["the label part fails", { names: ["prod"], labelSelector: { matchLabels: { tier: "iron" } } }, false],
    ["the field part fails", { names: ["prod"], fields: [{ key: "region", operator: "In", values: ["x"] }] }, false],
    [
      "one of two fields fails",
      {
        fields: [
          { key: "region", operator: "Exists" },
          { key: "region", operator: "DoesNotExist" },
        ],
      },
      false,
    ],
  ])("%s", (_name, selector, expected) => {
    expect(matchesCluster(selector, cluster)).toBe(expected);
  });

  test("a member is known by its aliases too, by id and by name", () => {
    const member = { ...cluster, aliasIds: ["kubeconfig/local/-/ctx"] };
    expect(["ctx", "kubeconfig/local/-/ctx"].map((name) => matchesCluster({ names: [name] }, member))).toEqual([
      true,
      true,
    ]);
    expect(matchesCluster({ exclude: ["ctx"] }, member)).toBe(false);
    expect(matchesCluster({ names: ["ctx"] }, cluster)).toBe(false);
  });

  test("an Azure id is found in any case", () => {
    const azure = aCluster({ id: "azure/sub/group/prod", name: "prod" });
    expect(matchesCluster({ names: ["azure/SUB/Group/Prod"] }, azure)).toBe(true);
  });
});

describe("a field requirement", () => {
  test.each<[FieldRequirement, boolean, boolean]>([
    [{ key: "region", operator: "In", values: ["eu-west-1", "x"] }, true, false],
    [{ key: "region", operator: "In", values: [] }, false, false],
    [{ key: "region", operator: "NotIn", values: ["eu-west-1"] }, false, true],
    [{ key: "region", operator: "NotIn", values: ["x"] }, true, true],
    [{ key: "region", operator: "Exists" }, true, false],
    [{ key: "region", operator: "DoesNotExist" }, false, true],
    [{ key: "zone", operator: "In", values: ["eu-west-1b"] }, true, false],
    [{ key: "zone", operator: "NotIn", values: ["eu-west-1b"] }, false, true],
    [{ key: "zone", operator: "NotIn", values: ["eu-west-1c"] }, true, true],
    [{ key: "zone", operator: "Exists" }, true, false],
    [{ key: "kubernetesVersion", operator: "In", values: ["1.34.1"] }, true, false],
    [{ key: "kubernetesVersion", operator: "In", values: ["1.34"] }, false, false],
    [{ key: "kubernetesVersion", operator: "Gt", values: ["1.34"] }, true, false],
    [{ key: "kubernetesVersion", operator: "Gt", values: ["1.34.1"] }, false, false],
    [{ key: "kubernetesVersion", operator: "Lt", values: ["1.34.1"] }, false, false],
    [{ key: "kubernetesVersion", operator: "Lt", values: ["v1.35"] }, true, false],
    [{ key: "kubernetesVersion", operator: "Gt", values: [] }, false, false],
    [{ key: "kubernetesVersion", operator: "Gt", values: ["1.1", "1.2"] }, false, false],
    [{ key: "scope", operator: "Gt", values: ["0"] }, true, false],
    [{ key: "scope", operator: "Lt", values: ["10"] }, true, false],
    [{ key: "scope", operator: "Lt", values: ["1"] }, false, false],
    [{ key: "scope", operator: "Gt", values: ["-1.5"] }, true, false],
    [{ key: "scope", operator: "Lt", values: [""] }, false, false],
    [{ key: "name", operator: "Gt", values: ["a"] }, false, false],
    [{ key: "provider", operator: "In", values: ["aws"] }, true, true],
  ])("%o holds for a known cluster: %s, for one of unknown facts: %s", (requirement, known, other) => {
    expect([matchesField(requirement, cluster), matchesField(requirement, unknown)]).toEqual([known, other]);
  });
});

describe("a label selector", () => {
  test.each<[string, LabelSelector | undefined, boolean]>([
    ["absent", undefined, true],
    ["empty", {}, true],
    ["equal", { matchLabels: { tier: "gold" } }, true],
    ["one of two differs", { matchLabels: { tier: "gold", zone: "x" } }, false],
    ["the empty value is a value", { matchLabels: { empty: "" } }, true],
    ["an absent label is not the empty value", { matchLabels: { absent: "" } }, false],
    ["In", { matchExpressions: [{ key: "tier", operator: "In", values: ["iron", "gold"] }] }, true],
    ["In of an absent label", { matchExpressions: [{ key: "x", operator: "In", values: ["gold"] }] }, false],
    ["NotIn", { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["gold"] }] }, false],
    ["NotIn of an absent label", { matchExpressions: [{ key: "x", operator: "NotIn", values: ["gold"] }] }, true],
    ["Exists", { matchExpressions: [{ key: "empty", operator: "Exists" }] }, true],
    ["Exists of an absent label", { matchExpressions: [{ key: "x", operator: "Exists" }] }, false],
    ["DoesNotExist", { matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, false],
    ["DoesNotExist of an absent label", { matchExpressions: [{ key: "x", operator: "DoesNotExist" }] }, true],
    ["a label every object seems to have", { matchExpressions: [{ key: "constructor", operator: "Exists" }] }, false],
    [
      "equality and expression together",
      { matchLabels: { tier: "gold" }, matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] },
      false,
    ],
  ])("%s", (_name, selector, expected) => {
    expect(matchesLabels(selector, cluster.labels)).toBe(expected);
  });

  test.each<[string, boolean]>([
    ["", true],
    ["tier=gold", true],
    ["tier==gold", true],
    ["tier = gold", true],
    ["tier!=gold", false],
    ["absent!=gold", true],
    ["tier in (iron, gold)", true],
    ["tier notin (iron,gold)", false],
    ["tier", true],
    ["!tier", false],
    ["! absent", true],
    ["empty=", true],
    ["empty in (,x)", true],
    ["tier=gold,tier=iron", false],
    ["tier in (gold,iron),!absent,empty", true],
  ])("the text %j selects: %s", (text, expected) => {
    const selector = parseLabelSelector(text);
    expect(selector).toBeDefined();
    expect(matchesLabels(selector, cluster.labels)).toBe(expected);
  });

  test.each([
    ",",
    "a,,b",
    "a=b c",
    "=x",
    "a in gold",
    "a in (b",
    "a in (b))",
    "-a",
    "a/b/c=d",
    "a=-b",
    "a>1",
    "UPPER.example/x y",
    "x".repeat(64),
    "x".repeat(9000),
  ])("%j is not a selector", (text) => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });

  test("written out and read again it selects the same", () => {
    const key = fc.constantFrom("a", "example.com/b", "c-d_e.f");
    const value = fc.constantFrom("", "x", "Y-1");
    const values = fc.array(value, { minLength: 1, maxLength: 3 });
    const expression = fc.oneof(
      fc.record({ key, operator: fc.constantFrom("In" as const, "NotIn" as const), values }),
      fc.record({ key, operator: fc.constantFrom("Exists" as const, "DoesNotExist" as const) }),
    );
    const labels = fc.dictionary(key, value);
    fc.assert(
      fc.property(labels, fc.array(expression, { maxLength: 3 }), labels, (matchLabels, matchExpressions, target) => {
        const selector = { matchLabels, matchExpressions };
        const again = parseLabelSelector(formatLabelSelector(selector));
        expect(again).toBeDefined();
        expect(matchesLabels(again, target)).toBe(matchesLabels(selector, target));
      }),
      { numRuns: 500 },
    );
  });
});

describe("versions", () => {
  test("are ordered as Kubernetes and its vendors mean them", () => {
    const ordered = [
      "",
      "latest",
      "v1.9.0",
      "1.10",
      "v1.33.9-gke.9999",
      "v1.34.0-alpha.1",
      "v1.34.0-beta.0",
      "v1.34.0-rc.1",
      "v1.34.0-rc.2",
      "v1.34.0-rc.10",
      "1.34",
      "v1.34.0-gke.100",
      "v1.34.0-gke.1200",
      "v1.34.1",
      "v1.34.1+k3s1",
      "v1.34.1+k3s2",
      "1.34.10",
      "2",
    ];
    expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
    for (const [index, version] of ordered.slice(1).entries()) {
      expect(compareVersions(version, ordered[index] ?? "")).toBe(1);
      expect(compareVersions(ordered[index] ?? "", version)).toBe(-1);
    }
  });

  test.each([
    ["1.34", "v1.34.0"],
    ["v1.34.1", "1.34.1"],
    ["1.034", "1.34"],
    ["v1.34.0-gke.1", "1.34.0-gke.01"],
  ])("%s is %s", (a, b) => {
    expect([compareVersions(a, b), compareVersions(b, a)]).toEqual([0, 0]);
  });

  test("the order is total on anything", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^v?\d{1,2}(\.\d{1,2}){0,3}([-+](rc|gke|alpha)\.?\d{0,2})?$/));
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const sign = (value: number): number => Math.sign(value) + 0;
        expect(sign(compareVersions(a, b)) + sign(compareVersions(b, a))).toBe(0);
        const isChain = compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0;
        expect(isChain && compareVersions(a, c) > 0).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

test("ids are ordered by code, not by any language", () => {
  expect(["b", "a", "Z", "é", "10", "9", "a"].sort(compareIds)).toEqual(["10", "9", "Z", "a", "a", "b", "é"]);
});

describe("tolerations", () => {
  const taint: Taint = { key: "gpu", value: "yes", effect: "NoSchedule" };
  test.each<[string, Toleration, boolean]>([
    ["of the same key and value", { key: "gpu", value: "yes" }, true],
    ["of another value", { key: "gpu", value: "no" }, false],
    ["without a value", { key: "gpu" }, false],
    ["of any value", { key: "gpu", operator: "Exists" }, true],
    ["of the same effect", { key: "gpu", value: "yes", effect: "NoSchedule" }, true],
    ["of another effect", { key: "gpu", value: "yes", effect: "NoExecute" }, false],
    ["of another key", { key: "cpu", operator: "Exists" }, false],
    ["of everything", { operator: "Exists" }, true],
    ["of everything with one effect", { operator: "Exists", effect: "NoExecute" }, false],
    ["of no key", { operator: "Equal", value: "yes" }, false],
    ["of nothing", {}, false],
  ])("%s", (_name, toleration, expected) => {
    expect(toleratesTaint([toleration], taint)).toBe(expected);
  });

  test("a taint without a value is one with the empty value", () => {
    expect(toleratesTaint([{ key: "gpu" }], { key: "gpu", effect: "NoSchedule" })).toBe(true);
  });

  test("the first taint that keeps work away is told; a mere preference does not", () => {
    const soft: Taint = { key: "soft", effect: "PreferNoSchedule" };
    const hard: Taint = { key: "hard", effect: "NoExecute" };
    expect([
      untoleratedTaint([], [soft]),
      untoleratedTaint([], [soft, taint, hard]),
      untoleratedTaint([{ key: "gpu", operator: "Exists" }], [soft, taint, hard]),
      untoleratedTaint([{ operator: "Exists" }], [soft, taint, hard]),
    ]).toEqual([undefined, taint, hard, undefined]);
  });
});
