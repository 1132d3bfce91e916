import {
  type Clock,
  createPriceCache,
  type Ctx,
  known,
  type Offering,
  parseUsd,
  type Price,
  type PriceQuestion,
  type Prices,
  unknownPrice,
} from "@flotilla/core";
import type { AwsSession } from "./aws-session.ts";
import { openEc2Client } from "./ec2-client.ts";
import { partitionOf } from "./partition.ts";
import { CONTROL_PLANE_PER_HOUR, FALLBACK_AS_OF_MS, FALLBACK_SOURCE, fallbackNodePrice } from "./price-fallback.ts";
import { type ListedPrice, openPricingClient } from "./pricing-client.ts";

/** List prices change a few times a year; spot prices by the hour. */
const LIST_KEPT_MS = 12 * 60 * 60_000;
const SPOT_KEPT_MS = 10 * 60_000;

/** Prices of EC2 nodes and EKS control planes: the price list API, spot history, else the dated table. */
export function createAwsPrices(open: () => Promise<AwsSession>, clock: Clock): Prices {
  const cache = createPriceCache(clock);
  return {
    async quote(offering, ctx) {
      if (offering.provider !== "aws") return unknownPrice(`aws has no price for ${offering.provider}`);
      if (offering.region === null) return unknownPrice("the region is unknown");
      const session = await open();
      const question = questionOf(session, offering, offering.region);
      return typeof question === "string" ? unknownPrice(question) : cache.get(question, ctx);
    },
  };
}

/** What to ask AWS, or why there is nothing to ask. */
function questionOf(session: AwsSession, offering: Offering, region: string): PriceQuestion | string {
  if (offering.kind === "controlPlane") return controlPlaneQuestion(session, region, offering.supportTier);
  const { instanceType, purchase, zone } = offering;
  if (instanceType === null) return "the machine type is unknown";
  if (purchase !== "spot") return nodeQuestion(session, region, instanceType);
  if (session.options.spot === false) return "spot prices are switched off (spot: false)";
  return spotQuestion(session, region, instanceType, zone ?? null);
}

/** As Karpenter asks: shared tenancy, Linux without licences, what is sold rather than what is reserved. */
function nodeFilters(region: string, instanceType: string): Readonly<Record<string, string>> {
  return {
    regionCode: region,
    instanceType,
    operatingSystem: "Linux",
    preInstalledSw: "NA",
    tenancy: "Shared",
    capacitystatus: "Used",
    marketoption: "OnDemand",
  };
}

function nodeQuestion(session: AwsSession, region: string, instanceType: string): PriceQuestion {
  return {
    key: `node ${region} ${instanceType}`,
    keptMs: LIST_KEPT_MS,
    ...fallbackOf(fallbackNodePrice(region, instanceType)),
    ask: async (ctx) => {
      const [listed] = await listedPrices(session, "AmazonEC2", nodeFilters(region, instanceType), ctx);
      return toPrice(listed, session) ?? unknownPrice(`the price list has no ${instanceType} in ${region}`);
    },
  };
}

function controlPlaneQuestion(session: AwsSession, region: string, supportTier: string | undefined): PriceQuestion {
  const { standard, extended } = CONTROL_PLANE_PER_HOUR;
  return {
    key: `control-plane ${region} ${supportTier ?? ""}`,
    keptMs: LIST_KEPT_MS,
    // EXTENDED is the policy of the upgrade, not the state: extended support is billed only past standard support.
    ...fallbackOf(supportTier === "extended" ? extended : standard),
    ask: async (ctx) => {
      const filters = { regionCode: region, productFamily: "Compute" };
      const listed = await listedPrices(session, "AmazonEKS", filters, ctx);
      const perCluster = listed.find(({ usageType }) => usageType.endsWith("AmazonEKS-Hours:perCluster"));
      return toPrice(perCluster, session) ?? unknownPrice(`the price list has no control plane in ${region}`);
    },
  };
}

/** The latest price of the zone; without a zone the dearest of the region, so that no bill surprises. */
function spotQuestion(session: AwsSession, region: string, instanceType: string, zone: string | null): PriceQuestion {
  return {
    key: `spot ${region} ${zone ?? ""} ${instanceType}`,
    keptMs: SPOT_KEPT_MS,
    ask: async (ctx) => {
      const ec2 = await openEc2Client(session, { region });
      const all = await ec2.spotPrices(instanceType, new Date(session.clock.nowMs()), ctx);
      const here = all
        .filter((price) => zone === null || price.zone === zone)
        .map(({ usdPerHour, atMs }) => ({ microUsd: parseUsd(`${usdPerHour} USD`), atMs }))
        .filter((price): price is { microUsd: number; atMs: number } => price.microUsd !== undefined)
        .sort((a, b) => b.microUsd - a.microUsd)[0];
      if (here !== undefined) return known(here.microUsd, "aws-spot-history", here.atMs);
      return unknownPrice(`no spot price of ${instanceType} in ${zone ?? region}`);
    },
  };
}

async function listedPrices(
  session: AwsSession,
  service: string,
  filters: Readonly<Record<string, string>>,
  ctx: Ctx,
): Promise<readonly ListedPrice[]> {
  const [pricingRegion] = partitionOf(session.options.regions?.[0] ?? "").pricingRegions;
  // The other partitions have none: the price list is of `aws` and `aws-cn`.
  if (pricingRegion === undefined) return [];
  const client = await openPricingClient(session, pricingRegion);
  return client.hourlyPrices(service, filters, ctx);
}

function fallbackOf(microUsd: number | undefined): Pick<PriceQuestion, "fallback"> {
  return microUsd === undefined ? {} : { fallback: known(microUsd, FALLBACK_SOURCE, FALLBACK_AS_OF_MS) };
}

/** A free tier line says 0: that is no price. */
function toPrice(listed: ListedPrice | undefined, session: AwsSession): Price | undefined {
  const microUsd = listed === undefined ? undefined : parseUsd(`${listed.usdPerHour} USD`);
  if (microUsd === undefined || microUsd === 0) return undefined;
  return known(microUsd, "aws-pricing", session.clock.nowMs());
}
