import {
  CloudError,
  createPriceList,
  formatClusterId,
  type CloudProvider,
  type Cluster,
  type Ctx,
  type DiscoveryEvent,
} from "@flotilla/core";
import { expect, test } from "vitest";
import { aCluster } from "../../builders/a-cluster.ts";
import { conformanceTitle } from "../conformance-case.ts";
import { cloudProviderConformance } from "./cloud-provider-conformance.ts";
import type { CloudProviderHarness } from "./cloud-provider-harness.ts";

const PRICED = { kind: "node", provider: "toy", region: "here", instanceType: "small", purchase: "onDemand" } as const;

/** The smallest provider that keeps every promise; the breakages below each break one. */
function aToyProvider(over: Partial<CloudProvider> = {}, clusters: readonly Cluster[] = toyClusters()): CloudProvider {
  return {
    id: "toy",
    name: "toy",
    discovery: {
      async *discover({ scopes = ["main"] }, { signal }): AsyncGenerator<DiscoveryEvent> {
        for (const scope of scopes) {
          for (const cluster of clusters) {
            signal.throwIfAborted();
            yield { type: "cluster", cluster };
          }
          signal.throwIfAborted();
          yield { type: "scopeDone", scope };
        }
      },
    },
    credentials: {
      async connect(ref, ctx: Ctx) {
        ctx.signal.throwIfAborted();
        if (!clusters.some(({ id }) => id === ref.id)) throw new CloudError("notFound", `no cluster ${ref.id}`);
        const tokens = { token: async () => ({ value: "toy-secret", expiresAtMs: null }), invalidate: () => {} };
        return { server: "https://toy.example", auth: { kind: "bearer", tokens } };
      },
    },
    prices: createPriceList([{ instanceType: "small", nodePerHour: 10, asOfMs: 1 }], "toy prices"),
    ...over,
  };
}

function toyClusters(): readonly Cluster[] {
  return ["a", "b"].map((name) => aCluster({ name, provider: "toy", id: idOf(name) }));
}

function idOf(name: string): string {
  return formatClusterId({ provider: "toy", scope: "main", group: "here", name });
}

function aHarness(create: () => CloudProvider): CloudProviderHarness {
  return {
    create: async () => create(),
    capabilities: ["prices"],
    absent: { id: idOf("absent") },
    priced: PRICED,
    createWithGap: async () =>
      aToyProvider({
        discovery: {
          async *discover() {
            yield { type: "cluster", cluster: aCluster() };
            yield {
              type: "gap",
              scope: "main",
              location: "there",
              error: new CloudError("denied", "may not list there"),
            };
          },
        },
      }),
  };
}

for (const { name, skip, run } of cloudProviderConformance(aHarness(() => aToyProvider()))) {
  test.skipIf(skip !== undefined)(`a sound provider: ${conformanceTitle({ name, skip })}`, ({ signal }) =>
    run({ signal }),
  );
}

const BREAKAGES: readonly (readonly [what: string, failing: string, broken: () => CloudProvider])[] = [
  ["an id of another provider", "every id parses", () => aToyProvider({}, [aCluster({ provider: "aws" })])],
  ["unsorted zones", "facts are well-formed", () => aToyProvider({}, [{ ...toyClusters()[0]!, zones: ["b", "a"] }])],
  [
    "a credential in a fact",
    "connect gives",
    () => aToyProvider({}, [{ ...toyClusters()[0]!, labels: { t: "toy-secret" } }]),
  ],
  ["a capability nobody promised", "it has an id", () => aToyProvider({ quotas: { list: async () => [] } })],
  [
    "an answer for a cluster that is not there",
    "connecting to a cluster that is not there",
    () =>
      aToyProvider({
        credentials: { connect: async () => ({ server: "https://toy.example", auth: { kind: "none" } }) },
      }),
  ],
  [
    "a price of zero for what it does not sell",
    "a price is a whole number",
    () => aToyProvider({ prices: { quote: async () => ({ known: true, microUsd: 0, source: "none", asOfMs: 1 }) } }),
  ],
];

test.for(BREAKAGES)("the kit finds %s", async ([, failing, broken], { signal }) => {
  const kit = cloudProviderConformance(aHarness(broken));
  const found = kit.find(({ name }) => name.startsWith(failing));
  await expect(found?.run({ signal })).rejects.toThrow(/./);
});

test("a skip names an existing case and shows its reason", () => {
  const harness = aHarness(() => aToyProvider());
  expect(() => cloudProviderConformance(harness, [{ reason: "why", cases: ["no such case"] }])).toThrow("no such case");
  const skipped = cloudProviderConformance(harness).filter(({ skip }) => skip !== undefined);
  expect(new Set(skipped.map(({ skip }) => skip))).toEqual(
    new Set(["the provider has no clusters", "the provider has no networks", "the provider has no quotas"]),
  );
});
