import {
  type Clock,
  type Ctx,
  isCloudError,
  known,
  type Offering,
  parseUsd,
  type Price,
  type Prices,
  unknownPrice,
} from "@flotilla/core";
import type { AwsSession } from "./aws-session.ts";
import { openEc2Client } from "./ec2-client.ts";
import { partitionOf } from "./partition.ts";
import { CONTROL_PLANE_PER_HOUR, FALLBACK_AS_OF_MS, FALLBACK_SOURCE, fallbackNodePrice } from "./price-fallback.ts";
import { type ListedPrice, openPricingClient } from "./pricing-client.ts";
import { createPriceCache } from "./price-cache.ts";

/** List prices change a few times a year; spot prices by the hour. */
const LIST_KEPT_MS = 12 * 60 * 60_000;
const SPOT_KEPT_MS = 10 * 60_000;

/** Prices of EC2 nodes and EKS control planes: the price list API, spot history, else the dated table. */
export function createAwsPrices(open: () => Promise<AwsSession>, clock: Clock): Prices {
  const listed = createPriceCache(clock);
  return {
    async quote(offering, ctx) {
      if (offering.provider !== "aws") return unknownPrice(`aws has no price for ${offering.provider}`);
      if (offering.region === null) return unknownPrice("the region is unknown");
      const session = await open();
      const { region } = offering;
      if (offering.kind === "controlPlane") {
        const key = `control-plane ${region} ${offering.supportTier ?? ""}`;
        const ask = (inner: Ctx): Promise<Price> => controlPlanePrice(session, region, offering.supportTier, inner);
        return listed.get(key, LIST_KEPT_MS, ask, ctx);
      }
      const { instanceType, purchase, zone } = offering;
      if (instanceType === null) return unknownPrice("the machine type is unknown");
      if (purchase === "spot") {
        if (session.options.spot === false) return unknownPrice("spot prices are switched off (spot: false)");
        const ask = (inner: Ctx): Promise<Price> => spotPrice(session, region, instanceType, zone ?? null, inner);
        return listed.get(`spot ${region} ${zone ?? ""} ${instanceType}`, SPOT_KEPT_MS, ask, ctx);
      }
      const ask = (inner: Ctx): Promise<Price> => nodePrice(session, region, instanceType, inner);
      return listed.get(`node ${region} ${instanceType}`, LIST_KEPT_MS, ask, ctx);
    },
  };
}

export type NodeOffering = Extract<Offering, { kind: "node" }>;

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

async function nodePrice(session: AwsSession, region: string, instanceType: string, ctx: Ctx): Promise<Price> {
  const fallback = fallbackNodePrice(region, instanceType);
  return orFallback(fallback, session, ctx, async (pricingRegion) => {
    const client = await openPricingClient(session, pricingRegion);
    const prices = await client.hourlyPrices("AmazonEC2", nodeFilters(region, instanceType), ctx);
    return toPrice(prices[0], session) ?? unknownPrice(`the price list has no ${instanceType} in ${region}`);
  });
}

async function controlPlanePrice(
  session: AwsSession,
  region: string,
  supportTier: string | undefined,
  ctx: Ctx,
): Promise<Price> {
  const { standard, extended } = CONTROL_PLANE_PER_HOUR;
  // EXTENDED is the policy of the upgrade, not the state: extended support is billed only past standard support.
  const fallback = supportTier === "extended" ? extended : standard;
  return orFallback(fallback, session, ctx, async (pricingRegion) => {
    const client = await openPricingClient(session, pricingRegion);
    const prices = await client.hourlyPrices("AmazonEKS", { regionCode: region, productFamily: "Compute" }, ctx);
    const perCluster = prices.find(({ usageType }) => usageType.endsWith("AmazonEKS-Hours:perCluster"));
    return toPrice(perCluster, session) ?? known(fallback, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
  });
}

/** The latest price of the zone; without a zone the dearest of the region, so that no bill surprises. */
async function spotPrice(
  session: AwsSession,
  region: string,
  instanceType: string,
  zone: string | null,
  ctx: Ctx,
): Promise<Price> {
  try {
    const ec2 = await openEc2Client(session, { region });
    const all = await ec2.spotPrices(instanceType, new Date(session.clock.nowMs()), ctx);
    const here = all
      .filter((price) => zone === null || price.zone === zone)
      .map(({ usdPerHour, atMs }) => ({ microUsd: parseUsd(`${usdPerHour} USD`), atMs }))
      .filter((price): price is { microUsd: number; atMs: number } => price.microUsd !== undefined)
      .sort((a, b) => b.microUsd - a.microUsd)[0];
    if (here !== undefined) return known(here.microUsd, "aws-spot-history", here.atMs);
    return unknownPrice(`no spot price of ${instanceType} in ${zone ?? region}`);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error)) return unknownPrice(error.message);
    throw error;
  }
}

async function orFallback(
  fallback: number | undefined,
  session: AwsSession,
  ctx: Ctx,
  ask: (pricingRegion: string) => Promise<Price>,
): Promise<Price> {
  const reserve = fallback === undefined ? undefined : known(fallback, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
  const [pricingRegion] = partitionOf(session.options.regions?.[0] ?? "").pricingRegions;
  if (pricingRegion === undefined) return reserve ?? unknownPrice("this partition has no price list API");
  try {
    const price = await ask(pricingRegion);
    return price.known ? price : (reserve ?? price);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isCloudError(error)) throw error;
    return reserve ?? unknownPrice(error.message);
  }
}

/** A free tier line says 0: that is no price. */
function toPrice(listed: ListedPrice | undefined, session: AwsSession): Price | undefined {
  const microUsd = listed === undefined ? undefined : parseUsd(`${listed.usdPerHour} USD`);
  if (microUsd === undefined || microUsd === 0) return undefined;
  return known(microUsd, "aws-pricing", session.clock.nowMs());
}
