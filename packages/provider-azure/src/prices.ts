import {
  type Clock,
  createPriceCache,
  known,
  type Offering,
  type Price,
  type PriceQuestion,
  type Prices,
  unknownPrice,
} from "@flotilla/core";
import type { AzureSession } from "./azure-session.ts";
import { CONTROL_PLANE_PER_HOUR, FALLBACK_AS_OF_MS, FALLBACK_SOURCE, fallbackNodePrice } from "./price-fallback.ts";
import { openPricesClient, type RetailItem } from "./prices-client.ts";
import { normalRegion } from "./region-name.ts";

/** List prices change a few times a year; spot prices by the day. */
const LIST_KEPT_MS = 12 * 60 * 60_000;
const SPOT_KEPT_MS = 30 * 60_000;
const SOURCE = "azure-retail-prices";

/** Prices of Azure machines and AKS control planes: the retail price API, else the dated table. */
export function createAzurePrices(open: () => Promise<AzureSession>, clock: Clock): Prices {
  const cache = createPriceCache(clock);
  return {
    async quote(offering, ctx) {
      if (offering.provider !== "azure") return unknownPrice(`azure has no price for ${offering.provider}`);
      if (offering.region === null) return unknownPrice("the region is unknown");
      const question = questionOf(await open(), offering, normalRegion(offering.region));
      return "known" in question ? question : cache.get(question, ctx);
    },
  };
}

/** What to ask Azure, or the price where there is nothing to ask. */
function questionOf(session: AzureSession, offering: Offering, region: string): PriceQuestion | Price {
  if (offering.kind === "controlPlane") {
    return controlPlaneQuestion(session, region, (offering.supportTier ?? "Free").toLowerCase());
  }
  const { instanceType, purchase } = offering;
  if (instanceType === null) return unknownPrice("the machine type is unknown");
  if (purchase === "unknown") return unknownPrice("it is unknown whether the machine is bought on demand or as spot");
  return nodeQuestion(session, { region, instanceType, purchase });
}

function nodeQuestion(
  session: AzureSession,
  wanted: { readonly region: string; readonly instanceType: string; readonly purchase: "onDemand" | "spot" },
): PriceQuestion {
  const { region, instanceType, purchase } = wanted;
  return {
    key: `${purchase} ${region} ${instanceType}`,
    keptMs: purchase === "spot" ? SPOT_KEPT_MS : LIST_KEPT_MS,
    ...fallbackOf(purchase === "onDemand" ? fallbackNodePrice(region, instanceType) : undefined),
    ask: async (ctx) => {
      const client = await openPricesClient(session);
      const items = await client.listItems(
        {
          serviceName: "Virtual Machines",
          armRegionName: region,
          armSkuName: instanceType,
          priceType: "Consumption",
        },
        region,
        ctx,
      );
      const lines = items.filter((item) => isSold(item, instanceType) && isSpot(item) === (purchase === "spot"));
      return (
        toPrice(inForce(lines, session.clock.nowMs()), session) ??
        unknownPrice(`the price list has no ${purchase} ${instanceType} in ${region}`)
      );
    },
  };
}

/** Changes are announced beside what still holds: of the lines that have begun, the latest. */
function inForce(lines: readonly RetailItem[], nowMs: number): RetailItem | undefined {
  return lines
    .filter(({ effectiveAtMs }) => effectiveAtMs === null || effectiveAtMs <= nowMs)
    .toSorted((a, b) => (b.effectiveAtMs ?? 0) - (a.effectiveAtMs ?? 0))[0];
}

/** Linux, by the hour, in dollars: what is left without licences, reservations and the low-priority offer of before. */
function isSold(item: RetailItem, instanceType: string): boolean {
  return (
    item.armSkuName === instanceType &&
    item.type === "Consumption" &&
    item.unitOfMeasure === "1 Hour" &&
    item.currencyCode === "USD" &&
    !/windows|cloud services|dedicated host/i.test(item.productName) &&
    !/low priority/i.test(`${item.skuName} ${item.meterName}`)
  );
}

function isSpot(item: RetailItem): boolean {
  return /\bspot\b/i.test(`${item.skuName} ${item.meterName}`);
}

/** What the price list calls each paid tier. */
const METERS: Readonly<Record<string, RegExp>> = {
  standard: /uptime sla/i,
  premium: /long term support/i,
};

function controlPlaneQuestion(session: AzureSession, region: string, tier: string): PriceQuestion | Price {
  const fallback = Object.hasOwn(CONTROL_PLANE_PER_HOUR, tier) ? CONTROL_PLANE_PER_HOUR[tier] : undefined;
  const meter = Object.hasOwn(METERS, tier) ? METERS[tier] : undefined;
  if (fallback === undefined) return unknownPrice(`the tier ${tier} of AKS is not one that is known`);
  // A free tier has no line in the list.
  if (meter === undefined) return known(fallback, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
  return {
    key: `control-plane ${region} ${tier}`,
    keptMs: LIST_KEPT_MS,
    ...fallbackOf(fallback),
    ask: async (ctx) => {
      const client = await openPricesClient(session);
      const items = await client.listItems(
        { serviceName: "Azure Kubernetes Service", armRegionName: region, priceType: "Consumption" },
        region,
        ctx,
      );
      const lines = items.filter(
        ({ meterName, unitOfMeasure, currencyCode }) =>
          meter.test(meterName) && unitOfMeasure === "1 Hour" && currencyCode === "USD",
      );
      return (
        toPrice(inForce(lines, session.clock.nowMs()), session) ??
        unknownPrice(`the price list has no ${tier} control plane in ${region}`)
      );
    },
  };
}

function fallbackOf(microUsd: number | undefined): Pick<PriceQuestion, "fallback"> {
  return microUsd === undefined ? {} : { fallback: known(microUsd, FALLBACK_SOURCE, FALLBACK_AS_OF_MS) };
}

/** A line that says 0 is a placeholder: that is no price. */
function toPrice(item: RetailItem | undefined, session: AzureSession): Price | undefined {
  const microUsd = item === undefined ? 0 : Math.round(item.retailPrice * 1_000_000);
  return Number.isSafeInteger(microUsd) && microUsd > 0 ? known(microUsd, SOURCE, session.clock.nowMs()) : undefined;
}
