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
import { canonicalMachineType } from "./machine-type.ts";
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
    // A member's kind decides what its nodes cost.
    perCluster: true,
    async quote(offering, ctx) {
      if (offering.provider !== "azure") return unknownPrice(`azure has no price for ${offering.provider}`);
      if (offering.region === null) return unknownPrice("the region is unknown");
      const question = questionOf(await open(), offering, normalRegion(offering.region));
      return "key" in question ? cache.get(question, ctx) : question;
    },
  };
}

/** What to ask Azure, or the price where there is nothing to ask. */
function questionOf(session: AzureSession, offering: Offering, region: string): PriceQuestion | Price {
  if (offering.kind === "controlPlane") return controlPlaneQuestion(session, region, offering.supportTier);
  const { instanceType, purchase, nodeLabels, cluster } = offering;
  // The list has a meter per class of machines and no word on which machine is of which class.
  if (cluster?.supportTier === "Automatic") {
    return unknownPrice(
      "nodes of AKS Automatic cost a surcharge per vCPU beside the machine; a price file can tell it",
    );
  }
  if (instanceType === null) return unknownPrice("the machine type is unknown");
  if (purchase === "unknown") return unknownPrice("it is unknown whether the machine is bought on demand or as spot");
  const os = nodeLabels?.["kubernetes.io/os"] === "windows" ? "windows" : "linux";
  return nodeQuestion(session, { region, instanceType: canonicalMachineType(instanceType), purchase, os });
}

interface WantedNode {
  readonly region: string;
  readonly instanceType: string;
  readonly purchase: "onDemand" | "spot";
  readonly os: "linux" | "windows";
}

function nodeQuestion(session: AzureSession, wanted: WantedNode): PriceQuestion {
  const { region, instanceType, purchase, os } = wanted;
  const terms = { serviceName: "Virtual Machines", armRegionName: region, armSkuName: instanceType };
  const isInTable = purchase === "onDemand" && os === "linux";
  return {
    key: `${purchase} ${os} ${region} ${instanceType}`,
    keptMs: purchase === "spot" ? SPOT_KEPT_MS : LIST_KEPT_MS,
    ...fallbackOf(isInTable ? fallbackNodePrice(region, instanceType) : undefined),
    ask: async (ctx) => {
      const client = await openPricesClient(session);
      const items = await client.listItems({ ...terms, priceType: "Consumption" }, region, ctx);
      const lines = items.filter((item) => isMachine(item, wanted));
      return (
        toPrice(lines, session) ?? unknownPrice(`the price list has no ${purchase} ${os} ${instanceType} in ${region}`)
      );
    },
  };
}

/** What the price list calls each paid tier. */
const METERS: Readonly<Record<string, RegExp>> = {
  standard: /^(standard )?uptime sla$/i,
  premium: /^(standard |premium )?long term support$/i,
  automatic: /^automatic hosted control plane$/i,
};

function controlPlaneQuestion(
  session: AzureSession,
  region: string,
  supportTier: string | undefined,
): PriceQuestion | Price {
  // Nothing is free because nobody looked: a member of a kubeconfig on Azure's machines tells no tier.
  if (supportTier === undefined) return unknownPrice("the tier of the control plane is unknown");
  const tier = supportTier.toLowerCase();
  const microUsd = Object.hasOwn(CONTROL_PLANE_PER_HOUR, tier) ? CONTROL_PLANE_PER_HOUR[tier] : undefined;
  const meter = Object.hasOwn(METERS, tier) ? METERS[tier] : undefined;
  if (microUsd === undefined) return unknownPrice(`the tier ${tier} of AKS is not one that is known`);
  // A free tier has no line in the list.
  if (meter === undefined) return known(microUsd, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
  const terms = { serviceName: "Azure Kubernetes Service", armRegionName: region, priceType: "Consumption" };
  return {
    key: `control-plane ${region} ${tier}`,
    keptMs: LIST_KEPT_MS,
    ...fallbackOf(microUsd),
    ask: async (ctx) => {
      const client = await openPricesClient(session);
      const items = await client.listItems(terms, region, ctx);
      const lines = items.filter((item) => isHourly(item) && meter.test(item.meterName));
      return toPrice(lines, session) ?? unknownPrice(`the price list has no ${tier} control plane in ${region}`);
    },
  };
}

function fallbackOf(microUsd: number | undefined): Pick<PriceQuestion, "fallback"> {
  return microUsd === undefined ? {} : { fallback: known(microUsd, FALLBACK_SOURCE, FALLBACK_AS_OF_MS) };
}

/** By the hour and in dollars, from the first hour on: without reservations, and without the later bands of a discount. */
function isHourly({ type, unitOfMeasure, currencyCode, fromUnits }: RetailItem): boolean {
  return type === "Consumption" && unitOfMeasure === "1 Hour" && currencyCode === "USD" && fromUnits === 0;
}

/** One system's lines, without the low-priority offer of before. Those of Linux name no system. */
function isMachine(item: RetailItem, { instanceType, purchase, os }: WantedNode): boolean {
  return (
    isHourly(item) &&
    item.armSkuName.toLowerCase() === instanceType.toLowerCase() &&
    /windows/i.test(item.productName) === (os === "windows") &&
    isSpot(item) === (purchase === "spot") &&
    !/cloud services|dedicated host/i.test(item.productName) &&
    !/low priority/i.test(`${item.skuName} ${item.meterName}`)
  );
}

function isSpot(item: RetailItem): boolean {
  return /\bspot\b/i.test(`${item.skuName} ${item.meterName}`);
}

/** A line that says 0 is a placeholder: that is no price. */
function toPrice(lines: readonly RetailItem[], session: AzureSession): Price | undefined {
  const nowMs = session.clock.nowMs();
  const microUsd = Math.round((inForce(lines, nowMs)?.retailPrice ?? 0) * 1_000_000);
  return Number.isSafeInteger(microUsd) && microUsd > 0 ? known(microUsd, SOURCE, nowMs) : undefined;
}

/** Changes are announced beside what still holds: of the lines that have begun, the latest. */
function inForce(lines: readonly RetailItem[], nowMs: number): RetailItem | undefined {
  return lines
    .filter(({ effectiveAtMs }) => effectiveAtMs === null || effectiveAtMs <= nowMs)
    .toSorted((a, b) => (b.effectiveAtMs ?? 0) - (a.effectiveAtMs ?? 0))[0];
}
