import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aCluster } from "@flotilla/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerName } from "./provider-entry.ts";
import { readConfig } from "./read-config.ts";
import { resolveConfig } from "./resolve-config.ts";

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "flotilla-config-"));
  mkdirSync(path.join(cwd, "sub"));
  writeFileSync(
    path.join(cwd, "sub", "flotilla.yaml"),
    `apiVersion: flotilla.dev/v1alpha1
kind: Config
metadata: { name: prod }
spec:
  providers: [{ use: "@flotilla/kube" }, { use: ./my/cloud.ts, name: other, options: { a: 1 } }]
  clusters:
    - { clusters: { names: [a] }, labels: { tier: gold }, region: eu-west-1, zones: [z2, z1], alias: first }
    - { clusters: { labelSelector: { matchLabels: { tier: gold } } }, taints: [{ key: k, effect: NoSchedule }] }
    - { clusters: { names: [a] }, labels: { tier: silver } }
  priceFiles: [prices.yaml]
`,
  );
  writeFileSync(
    path.join(cwd, "sub", "prices.yaml"),
    `apiVersion: flotilla.dev/v1alpha1
kind: PriceList
items:
  - { instanceType: m, region: r, nodePerHour: "0.192 USD", asOf: 2026-11-01 }
  - { clusters: { names: [a] }, controlPlanePerHour: "0.10 USD", asOf: 2026-11-02 }
`,
  );
});
afterAll(() => {
  rmSync(cwd, { recursive: true });
});

const ctx = { signal: new AbortController().signal };
const node = { kind: "node", provider: "aws", region: "r", purchase: "onDemand" } as const;

test("providers, prices and corrections of a configuration, relative to its own folder", async () => {
  const config = await readConfig("sub/flotilla.yaml", cwd);
  expect([config.fleet, config.file]).toEqual(["prod", "sub/flotilla.yaml"]);
  expect(
    config.providers.map(({ use, name, options, baseDir }) => [use, name, options, path.relative(cwd, baseDir)]),
  ).toEqual([
    ["@flotilla/kube", "kube", undefined, "sub"],
    ["./my/cloud.ts", "other", { a: 1 }, "sub"],
  ]);
  const [prices] = config.priceLists;
  expect(await prices?.quote({ ...node, instanceType: "m" }, ctx)).toEqual({
    known: true,
    microUsd: 192_000,
    source: path.join("sub", "prices.yaml"),
    asOfMs: Date.UTC(2026, 10, 1),
  });
  expect((await prices?.quote({ ...node, instanceType: "other" }, ctx))?.known).toBe(false);
});

test("an absolute price file is that file", async () => {
  const prices = path.join(cwd, "sub", "prices.yaml");
  const text = readFileSync(path.join(cwd, "sub", "flotilla.yaml"), "utf8");
  writeFileSync(path.join(cwd, "absolute.yaml"), text.replace("[prices.yaml]", `["${prices}"]`));
  const { priceLists } = await readConfig("absolute.yaml", cwd);
  expect(await priceLists[0]?.quote({ ...node, instanceType: "m" }, ctx)).toMatchObject({ source: prices });
});

test("corrections see the cluster as it was found, apply in order, and twice is once", async () => {
  const { adjust } = await readConfig("sub/flotilla.yaml", cwd);
  const found = aCluster({ name: "a", region: null, zones: [], labels: { own: "1" } });
  const once = adjust(found);
  expect(once).toMatchObject({
    region: "eu-west-1",
    zones: ["z1", "z2"],
    alias: "first",
    labels: { own: "1", tier: "silver" },
    // The second entry selects by a label that was not found but given.
    taints: found.taints,
  });
  const gold = adjust(aCluster({ name: "b", labels: { tier: "gold" } }));
  expect(gold.taints).toEqual([{ key: "k", effect: "NoSchedule" }]);
  expect(adjust(gold)).toEqual(gold);
});

test("the digest moves with the configuration, with a price and with the chosen contexts, not with the order of these", async () => {
  const digestOf = async (options: Parameters<typeof resolveConfig>[0]): Promise<string> =>
    (await resolveConfig(options, { cwd, env: {} }, "read")).digest;
  const before = await digestOf({ config: "sub/flotilla.yaml" });
  expect(await digestOf({ config: path.join(cwd, "sub", "flotilla.yaml") })).toBe(before);
  writeFileSync(
    path.join(cwd, "sub", "prices.yaml"),
    'apiVersion: flotilla.dev/v1alpha1\nkind: PriceList\nitems: [{ nodePerHour: "1 USD", asOf: 2026-11-01 }]\n',
  );
  expect(await digestOf({ config: "sub/flotilla.yaml" })).not.toBe(before);
  expect(await digestOf({ context: ["b", "a", "a"] })).toBe(await digestOf({ context: ["a", "b"] }));
  expect(await digestOf({ context: ["a"] })).not.toBe(await digestOf({}));
});

test("the configuration of the environment is used unless contexts are chosen", async () => {
  const env = { FLOTILLA_CONFIG: "sub/flotilla.yaml" };
  expect((await resolveConfig({}, { cwd, env }, "change")).fleet).toBe("prod");
  expect((await resolveConfig({ context: ["a"] }, { cwd, env }, "change")).file).toBe(null);
});

test("a provider is called after its module", () => {
  const names = ["@flotilla/provider-aws", "@flotilla/kube", "./my/cloud.ts", "plain", "/abs/provider-x.mjs"];
  expect(names.map((use) => providerName({ use }))).toEqual(["aws", "kube", "cloud", "plain", "x"]);
});
