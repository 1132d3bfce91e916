import type { Ctx } from "@flotilla/core";
import { allPages, type Progress, startOfList } from "./all-pages.ts";
import { type GcpSession, send } from "./gcp-session.ts";
import { ONCE, restClientConfig } from "./generated-clients.ts";

/** What is read of a SKU of the public catalogue. */
export interface BillingSku {
  readonly skuId?: string | null;
  readonly description?: string | null;
  readonly category?: {
    readonly resourceFamily?: string | null;
    readonly usageType?: string | null;
  } | null;
  readonly serviceRegions?: readonly string[] | null;
  readonly pricingInfo?:
    | readonly {
        readonly pricingExpression?: {
          readonly usageUnit?: string | null;
          readonly tieredRates?: readonly BillingTier[] | null;
        } | null;
      }[]
    | null;
}

/** A price from an amount on: whole units and billionths, as `google.type.Money` has it. */
export interface BillingTier {
  readonly startUsageAmount?: number | null;
  readonly unitPrice?: {
    readonly currencyCode?: string | null;
    /** A 64-bit number, which arrives as text. */
    readonly units?: string | number | { toString(): string } | null;
    readonly nanos?: number | null;
  } | null;
}

/** The one call of Cloud Billing that is made. */
export interface BillingClient {
  /**
   * Every SKU of a service, in USD. Whoever gives up before the end leaves the pages to the next one: a list that takes longer
   * than people wait for a price is read all the same.
   */
  listSkus(serviceId: string, ctx: Ctx): Promise<readonly BillingSku[]>;
}

/** The service's own maximum. */
const PAGE_SIZE = 5000;
/**
 * Compute Engine has more than 32,000 SKUs, of which no more than a fifth of the text is read: without the rest they come before
 * those who wait for a price give up.
 */
const READ =
  "nextPageToken,skus(skuId,description,category(resourceFamily,usageType),serviceRegions,pricingInfo(pricingExpression(usageUnit,tieredRates)))";
const HOW = { ...ONCE, otherArgs: { headers: { "x-goog-fieldmask": READ } } };

const LIST_SKUS = {
  service: "billing",
  action: "ListSkus",
  scope: "-",
  members: ["skus", "nextPageToken"],
  mayBeEmpty: true,
} as const;

/** Loads the SDK's catalogue client alone. */
export function openBillingClient(session: GcpSession): Promise<BillingClient> {
  return session.client("billing", () => load(session));
}

/** What was read of a list whose reader gave up; page tokens do not last for ever, and prices change. */
const PROGRESS_KEPT_MS = 10 * 60_000;

interface Unfinished {
  readonly progress: Progress<BillingSku>;
  readonly untilMs: number;
}

async function load(session: GcpSession): Promise<BillingClient> {
  const { CloudCatalogClient } = await import("@google-cloud/billing/build/src/v1/cloud_catalog_client.js");
  const client = new CloudCatalogClient(restClientConfig(session, "billing") as never);
  const unfinished = new Map<string, Unfinished>();
  const read = async (serviceId: string, pageToken: string | undefined, ctx: Ctx) => {
    const base = { parent: `services/${serviceId}`, pageSize: PAGE_SIZE, currencyCode: "USD" };
    const request = pageToken === undefined ? base : { ...base, pageToken };
    const [skus, , page] = await send(session, LIST_SKUS, () => client.listSkus(request, HOW as never), ctx);
    return { items: skus, nextToken: page?.nextPageToken ?? undefined };
  };
  return {
    async listSkus(serviceId, ctx) {
      const nowMs = session.clock.nowMs();
      const left = unfinished.get(serviceId);
      unfinished.delete(serviceId);
      const progress: Progress<BillingSku> = left !== undefined && nowMs < left.untilMs ? left.progress : startOfList();
      try {
        const what = `gcp billing ListSkus of ${serviceId}`;
        return await allPages(what, (pageToken) => read(serviceId, pageToken, ctx), progress);
      } catch (error) {
        if (ctx.signal.aborted) unfinished.set(serviceId, { progress, untilMs: nowMs + PROGRESS_KEPT_MS });
        throw error;
      }
    },
  };
}
