import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Offering } from "../provider/prices.ts";
import { createPriceList, type PriceListItem } from "./price-list.ts";
import type { Price } from "./price.ts";
import { formatUsd, known, monthly, parseUsd, unknownPrice } from "./usd.ts";

describe("amounts of money", () => {
  test("what is printed reads back exactly", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (microUsd) => {
        expect(parseUsd(formatUsd(microUsd))).toBe(microUsd);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["0.192 USD", 192_000],
    ["0.10 USD", 100_000],
    ["12 USD", 12_000_000],
    ["1.000001USD", 1_000_001],
    [" 0 USD ", 0],
    ["0.0000005 USD", 1],
    ["0.0000004999999 USD", 0],
    ["0.9999995 USD", 1_000_000],
    ["9007199254.740991 USD", Number.MAX_SAFE_INTEGER],
  ])("%j is %d micro-USD", (text, microUsd) => {
    expect(parseUsd(text)).toBe(microUsd);
  });

  test.each([
    "",
    "USD",
    "0.192",
    "0.192 EUR",
    "0.192 usd",
    "$0.192",
    "-1 USD",
    "+1 USD",
    "1e3 USD",
    "1,5 USD",
    ".5 USD",
    "5. USD",
    "9007199254.740992 USD",
    `${"9".repeat(30)} USD`,
  ])("%j is not an amount", (text) => {
    expect(parseUsd(text)).toBeUndefined();
  });

  test.each<[number, number | undefined, string]>([
    [192_000, undefined, "0.192 USD"],
    [100_000, undefined, "0.10 USD"],
    [1, undefined, "0.000001 USD"],
    [0, undefined, "0.00 USD"],
    [12_000_000, undefined, "12.00 USD"],
    [-192_000, undefined, "-0.192 USD"],
    [1_235_000, 2, "1.24 USD"],
    [1_234_999, 2, "1.23 USD"],
    [-1_235_000, 2, "-1.24 USD"],
    [-4_000, 2, "0.00 USD"],
    [999_999, 2, "1.00 USD"],
    [1_500_000, 0, "2 USD"],
    [123, 6, "0.000123 USD"],
    [123, 9, "0.000123 USD"],
  ])("%d with %s decimals prints %j", (microUsd, digits, text) => {
    expect(formatUsd(microUsd, digits)).toBe(text);
  });

  test.each([-1, 0.5, NaN, Infinity])("a price of %d micro-USD is a bug", (microUsd) => {
    expect(() => known(microUsd, "test", 0)).toThrow(RangeError);
  });

  test("a known price and an unknown one tell apart", () => {
    expect([known(5, "prices.yaml", 7), unknownPrice("not sold here")]).toEqual([
      { known: true, microUsd: 5, source: "prices.yaml", asOfMs: 7 },
      { known: false, reason: "not sold here" },
    ]);
  });

  test("a month has 730 hours", () => {
    expect(monthly(100_000)).toBe(73);
  });
});

describe("a price list", () => {
  const node = {
    kind: "node",
    provider: "aws",
    region: "eu-west-1",
    zone: "eu-west-1a",
    instanceType: "m5.large",
    purchase: "spot",
    clusterId: "aws/1/eu-west-1/prod",
    clusterName: "prod",
    labels: { tier: "gold" },
  } as const satisfies Offering;
  const controlPlane: Offering = {
    kind: "controlPlane",
    provider: "aws",
    region: "eu-west-1",
    clusterId: "aws/1/eu-west-1/prod",
  };
  const ctx = { signal: new AbortController().signal };
  const item = (microUsd: number, conditions: Partial<PriceListItem> = {}): PriceListItem => ({
    nodePerHour: microUsd,
    asOfMs: 7,
    ...conditions,
  });
  const quote = (items: readonly PriceListItem[], offering: Offering = node): Promise<Price> =>
    createPriceList(items, "prices.yaml").quote(offering, ctx);

  test("of several that apply the most specific wins, wherever it stands", async () => {
    const items = [
      item(1),
      item(2, { purchase: "spot" }),
      item(3, { region: "eu-west-1" }),
      item(4, { region: "eu-west-1", purchase: "spot" }),
      item(5, { instanceType: "m5.large" }),
      item(6, { instanceType: "m5.large", region: "eu-west-1" }),
      item(7, { clusters: { names: ["prod"] } }),
      item(8, { clusters: { names: ["prod"] }, instanceType: "m5.large" }),
    ];
    for (let count = 1; count <= items.length; count += 1) {
      const some = items.slice(0, count);
      expect([await quote(some), await quote(some.toReversed())]).toEqual([
        known(count, "prices.yaml", 7),
        known(count, "prices.yaml", 7),
      ]);
    }
  });

  test("between equals the first wins", async () => {
    expect(await quote([item(1, { region: "eu-west-1" }), item(2, { region: "eu-west-1" })])).toMatchObject({
      microUsd: 1,
    });
  });

  test.each<[string, Partial<PriceListItem>]>([
    ["another region", { region: "us-east-1" }],
    ["another machine", { instanceType: "m5.xlarge" }],
    ["another purchase", { purchase: "onDemand" }],
    ["another cluster", { clusters: { names: ["test"] } }],
    ["other labels", { clusters: { labelSelector: { matchLabels: { tier: "iron" } } } }],
    ["another scope", { clusters: { fields: [{ key: "scope", operator: "In", values: ["2"] }] } }],
    ["no cluster", { clusters: { none: true } }],
  ])("an item for %s does not apply", async (_name, conditions) => {
    expect(await quote([item(1, conditions)])).toMatchObject({ known: false });
  });

  test.each<[string, Partial<PriceListItem>]>([
    ["id", { clusters: { names: ["aws/1/eu-west-1/prod"] } }],
    ["label", { clusters: { labelSelector: { matchLabels: { tier: "gold" } } } }],
    ["scope", { clusters: { fields: [{ key: "scope", operator: "In", values: ["1"] }] } }],
    ["zone", { clusters: { fields: [{ key: "zone", operator: "In", values: ["eu-west-1a"] }] } }],
  ])("a cluster is chosen by its %s", async (_name, conditions) => {
    expect(await quote([item(1, conditions)])).toMatchObject({ microUsd: 1 });
  });

  test("without a zone no zone is matched", async () => {
    const zoned = [item(1, { clusters: { fields: [{ key: "zone", operator: "Exists" }] } })];
    const { zone: _zone, ...unzoned } = node;
    expect([
      await quote(zoned),
      await quote(zoned, unzoned),
      await quote(zoned, { ...node, zone: null }),
    ]).toMatchObject([{ known: true }, { known: false }, { known: false }]);
  });

  test("the member itself is believed before the parts of the offering", async () => {
    const cluster = {
      id: "aws/1/eu-west-1/prod",
      name: "prod",
      provider: "aws",
      scope: "1",
      region: "eu-west-1",
      zones: ["z"],
      kubernetesVersion: "v1.34.0",
      labels: {},
    };
    const conditions: Partial<PriceListItem> = {
      clusters: { fields: [{ key: "kubernetesVersion", operator: "Exists" }] },
    };
    expect(await quote([item(1, conditions)], { ...node, cluster })).toMatchObject({ microUsd: 1 });
    expect(await quote([item(1, conditions)])).toMatchObject({ known: false });
  });

  test("nodes and control planes are priced apart", async () => {
    const items = [
      item(5, { instanceType: "m5.large" }),
      { controlPlanePerHour: 100, region: "eu-west-1", asOfMs: 9 },
      { controlPlanePerHour: 1, asOfMs: 9 },
    ];
    expect(await quote(items, controlPlane)).toEqual(known(100, "prices.yaml", 9));
    expect(await quote(items)).toEqual(known(5, "prices.yaml", 7));
    expect(await quote([{ controlPlanePerHour: 1, instanceType: "m5.large", asOfMs: 9 }], controlPlane)).toMatchObject({
      known: false,
    });
  });

  test("zero is a price", async () => {
    expect(await quote([item(0)])).toEqual(known(0, "prices.yaml", 7));
  });

  test("what it does not know it says in words a person can act on", async () => {
    expect(await quote([])).toEqual(
      unknownPrice("prices.yaml has no price for m5.large in eu-west-1 (aws/1/eu-west-1/prod)"),
    );
    expect(await quote([], { ...controlPlane, region: null })).toEqual(
      unknownPrice("prices.yaml has no price for a control plane in an unknown region (aws/1/eu-west-1/prod)"),
    );
  });

  test("only a list that selects clusters depends on the member", () => {
    const dependsOnMember = (items: readonly PriceListItem[]): boolean | undefined =>
      createPriceList(items, "x").perCluster;
    expect([dependsOnMember([item(1)]), dependsOnMember([item(1), item(2, { clusters: {} })])]).toEqual([false, true]);
  });
});
