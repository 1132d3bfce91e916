import assert from "node:assert/strict";
import { isCloudError, type Ctx, type Price } from "@flotilla/core";
import type { Capability } from "./cloud-provider-harness.ts";
import {
  assertProviderFails,
  aUsableCluster,
  discover,
  type ProviderBench,
  type ProviderCheck,
} from "./provider-case.ts";

const CAPABILITIES: readonly Capability[] = ["clusters", "networks", "vpn", "prices", "quotas", "operations"];

export const CREDENTIAL_CASES: readonly ProviderCheck[] = [
  [
    "it has an id and a name, and the capabilities that were promised",
    async ({ provider, harness }) => {
      assert.match(provider.id, /^[a-z0-9-]+$/);
      assert.ok(provider.name.length > 0);
      const present = CAPABILITIES.filter((name) => provider[name] !== undefined);
      assert.deepEqual(
        present,
        CAPABILITIES.filter((name) => harness.capabilities.includes(name)),
      );
    },
  ],
  ["connect gives an absolute address and a credential that can be had again", connects],
  [
    "connecting to a cluster that is not there is notFound",
    async ({ provider, ctx, harness }) => {
      await assertProviderFails(provider.credentials.connect(harness.absent, ctx), "notFound");
    },
  ],
  [
    "an aborted signal stops connect",
    async (bench) => {
      const cluster = await aUsableCluster(bench);
      const connecting = bench.provider.credentials.connect(cluster, { signal: AbortSignal.abort(new Error("stop")) });
      await assert.rejects(connecting, (error: Error) => isCloudError(error, "cancelled") || error.message === "stop");
    },
  ],
];

/** By the capability that they need. */
export const CAPABILITY_CASES: Readonly<Record<Exclude<Capability, "operations" | "vpn">, readonly ProviderCheck[]>> = {
  clusters: [
    [
      "clusters.get gives what discovery gave, and notFound for what is not there",
      async (bench) => {
        const { provider, ctx, harness } = bench;
        const found = await aUsableCluster(bench);
        assert.equal((await provider.clusters?.get(found, ctx))?.id, found.id);
        const absent = provider.clusters?.get(harness.absent, ctx);
        assert.ok(absent !== undefined);
        await assertProviderFails(absent, "notFound");
      },
    ],
  ],
  networks: [
    [
      "networks tells address ranges",
      async (bench) => {
        const { scope } = await aUsableCluster(bench);
        for (const network of (await bench.provider.networks?.list({ scope }, bench.ctx)) ?? []) {
          assert.equal(network.scope, scope);
          assert.ok(network.id.length > 0 && network.cidrs.every((cidr) => cidr.includes("/")));
        }
      },
    ],
  ],
  prices: [
    [
      "a price is a whole number with its source and age, and an unknown one says why",
      async ({ provider, ctx, harness }) => {
        if (harness.priced !== undefined) {
          const price = await provider.prices?.quote(harness.priced, ctx);
          assert.ok(price?.known === true, "the harness promised a price");
          assertPrice(price);
        }
        const unknown = await provider.prices?.quote(
          {
            kind: "node",
            provider: provider.id,
            region: "no-such-region",
            instanceType: "no-such-type",
            purchase: "onDemand",
          },
          ctx,
        );
        assert.ok(unknown?.known === false && unknown.reason.length > 0);
      },
    ],
  ],
  quotas: [
    [
      "quotas have limits, and null where the use is not told",
      async (bench) => {
        const { scope, region } = await aUsableCluster(bench);
        assert.ok(region !== null);
        for (const quota of (await bench.provider.quotas?.list({ scope, region }, bench.ctx)) ?? []) {
          assert.ok(quota.limit >= 0 && (quota.used === null || quota.used >= 0), quota.metric);
        }
      },
    ],
  ],
};

async function connects(bench: ProviderBench): Promise<void> {
  const { provider, ctx } = bench;
  const cluster = await aUsableCluster(bench);
  const access = await provider.credentials.connect(cluster, ctx);
  const url = new URL(access.server);
  const isLoopback = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  assert.ok(url.protocol === "https:" || (url.protocol === "http:" && isLoopback), access.server);
  assert.equal((await provider.credentials.connect(cluster, ctx)).server, access.server);
  if (access.auth.kind !== "bearer") return;
  const secrets = await tokensOf(access.auth.tokens, ctx);
  assert.ok(!isTold(await discover(provider, ctx), secrets), "discovery tells no credential");
}

async function tokensOf(
  tokens: { token(ctx: Ctx): Promise<{ readonly value: string }>; invalidate(): void },
  ctx: Ctx,
): Promise<readonly string[]> {
  const first = await tokens.token(ctx);
  tokens.invalidate();
  const second = await tokens.token(ctx);
  assert.ok(first.value.length > 0 && second.value.length > 0);
  return [first.value, second.value];
}

function isTold(facts: unknown, secrets: readonly string[]): boolean {
  const text = JSON.stringify(facts);
  return secrets.some((secret) => text.includes(secret));
}

function assertPrice(price: Price & { readonly known: true }): void {
  assert.ok(Number.isSafeInteger(price.microUsd) && price.microUsd >= 0);
  assert.ok(price.source.length > 0 && price.asOfMs > 0);
}
