import { type CloudErrorKind, type Ctx, isCloudError, type Quota, type Quotas } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";
import type { AzureSession } from "./azure-session.ts";
import { openComputeClient } from "./compute-client.ts";
import { openNetworkClient } from "./network-client.ts";
import { normalRegion } from "./region-name.ts";
import type { UsagePage } from "./usage-page.ts";

/** Limits and use of one region: of cores as a whole, of each machine family and of spot machines; of networks and addresses. */
export function createAzureQuotas(open: () => Promise<AzureSession>): Quotas {
  return {
    async list({ scope, region }, ctx) {
      const session = await open();
      // Quotas belong to the subscription, whichever of its resource groups asks.
      const [subscription = ""] = scope.split("/");
      const place = { subscription, region: normalRegion(region) };
      const [compute, network] = await Promise.all([
        computeQuotas(session, place, ctx),
        networkQuotas(session, place, ctx),
      ]);
      return [...compute, ...network];
    },
  };
}

interface QuotaPlace {
  readonly subscription: string;
  readonly region: string;
}

async function computeQuotas(
  session: AzureSession,
  { subscription, region }: QuotaPlace,
  ctx: Ctx,
): Promise<readonly Quota[]> {
  const client = await openComputeClient(session, subscription);
  return allQuotas(`azure compute.usage.list in ${region}`, (link) => client.listUsage(region, link, ctx), familyOf);
}

/** Machine families are named so; the rest counts across them. */
function familyOf(metric: string): string {
  return metric.endsWith("Family") ? metric : "compute";
}

/** What nobody may read here, or what the region does not have, stays away for long, and takes nothing else with it. */
const CLOSED: ReadonlySet<CloudErrorKind> = new Set([
  "denied",
  "disabled",
  "policy",
  "invalid",
  "offering",
  "notFound",
]);

async function networkQuotas(
  session: AzureSession,
  { subscription, region }: QuotaPlace,
  ctx: Ctx,
): Promise<readonly Quota[]> {
  const client = openNetworkClient(session, subscription);
  const read = (link: string | undefined): Promise<UsagePage> => client.listUsage(region, link, ctx);
  try {
    return await allQuotas(`azure network.usages.list in ${region}`, read, () => "network");
  } catch (error) {
    if (isCloudError(error) && CLOSED.has(error.kind)) return [];
    throw error;
  }
}

async function allQuotas(
  what: string,
  read: (link: string | undefined) => Promise<UsagePage>,
  family: (metric: string) => string,
): Promise<readonly Quota[]> {
  const quotas: Quota[] = [];
  await eachPage(what, async (link) => {
    const { usages, nextLink } = await read(link);
    quotas.push(...usages.map(({ name, ...usage }): Quota => ({ metric: name, family: family(name), ...usage })));
    return nextLink;
  });
  return quotas;
}
