import assert from "node:assert/strict";
import {
  isCloudError,
  type CloudErrorKind,
  type CloudProvider,
  type Cluster,
  type Ctx,
  type DiscoveryEvent,
} from "@flotilla/core";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CloudProviderHarness } from "./cloud-provider-harness.ts";

/** What a case of the CloudProvider kit works with. */
export interface ProviderBench {
  readonly provider: CloudProvider;
  readonly ctx: Ctx;
  readonly harness: CloudProviderHarness;
}

export type ProviderCheck = readonly [name: string, check: (bench: ProviderBench) => Promise<void>];

const CASE_DEADLINE_MS = 60_000;

export function providerCase(harness: CloudProviderHarness, [name, check]: ProviderCheck): ConformanceCase {
  return {
    name,
    async run({ signal }) {
      const ctx = { signal, deadlineMs: Date.now() + CASE_DEADLINE_MS };
      await check({ provider: await harness.create(), ctx, harness });
    },
  };
}

export async function discover({ discovery }: CloudProvider, ctx: Ctx): Promise<readonly DiscoveryEvent[]> {
  return Array.fromAsync(discovery.discover({}, ctx));
}

export function clustersOf(events: readonly DiscoveryEvent[]): readonly Cluster[] {
  const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
  return clusters.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The first cluster that can be used. */
export async function aUsableCluster({ provider, ctx }: ProviderBench): Promise<Cluster> {
  const usable = clustersOf(await discover(provider, ctx)).find(({ problem }) => problem === undefined);
  assert.ok(usable !== undefined, "the harness promised a cluster without a problem");
  return usable;
}

export async function assertProviderFails(work: Promise<unknown>, ...kinds: readonly CloudErrorKind[]): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(isCloudError(error), `a CloudError, not ${String(error)}`);
    assert.ok(kinds.includes(error.kind), `${kinds.join(" or ")}, not ${error.kind}: ${error.message}`);
    return true;
  });
}
