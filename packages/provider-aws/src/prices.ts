import {
  type Clock,
  createPriceCache,
  type Ctx,
  known,
  type MicroUsd,
  type Offering,
  parseClusterId,
  parseUsd,
  type Price,
  type PriceQuestion,
  type Prices,
  unknownPrice,
} from "@flotilla/core";
import type { AwsSession } from "./aws-session.ts";
import { isInExtendedSupport } from "./eks-support.ts";
import { type Machine, machineOf } from "./machine.ts";
import { partitionOf } from "./partition.ts";
import { FALLBACK_AS_OF_MS, FALLBACK_SOURCE, fallbackControlPlanePrice, fallbackNodePrice } from "./price-fallback.ts";
import { type ListedPrice, openPricingClient } from "./pricing-client.ts";
import { spotQuestion } from "./spot-question.ts";

/** List prices change a few times a year; spot prices by the hour. */
const LIST_KEPT_MS = 12 * 60 * 60_000;
const SPOT_KEPT_MS = 10 * 60_000;

/** Prices of EC2 nodes and EKS control planes: the price list API, spot history, else the dated table. */
export function createAwsPrices(open: () => Promise<AwsSession>, clock: Clock): Prices {
  const cache = createPriceCache(clock);
  return {
    // A zone's name is its account's own, and a control plane's fee depends on its version.
    perCluster: true,
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
  const { currency } = partitionOf(region);
  if (currency !== "USD") return `AWS bills ${region} in ${currency} and not in USD; a price file can tell`;
  if (offering.kind === "node") return nodeQuestion(session, offering, region);
  const list = priceListOf(session, region);
  return typeof list === "string" ? list : controlPlaneQuestion(list, offering);
}

type NodeOffering = Extract<Offering, { kind: "node" }>;
type ControlPlaneOffering = Extract<Offering, { kind: "controlPlane" }>;

function nodeQuestion(session: AwsSession, offering: NodeOffering, region: string): PriceQuestion | string {
  const machine = machineOf(offering);
  if (typeof machine === "string") return machine;
  if (offering.purchase === "unknown") return "it is unknown whether the machine is bought on demand or as spot";
  if (offering.purchase === "spot") return spotQuestionOf(session, offering, region, machine);
  const list = priceListOf(session, region);
  return typeof list === "string" ? list : onDemandQuestion(list, machine);
}

function spotQuestionOf(
  session: AwsSession,
  { zone = null, clusterId = "" }: NodeOffering,
  region: string,
  machine: Machine,
): PriceQuestion | string {
  if (session.options.spot === false) return "spot prices are switched off (spot: false)";
  const id = parseClusterId(clusterId);
  const place = { region, zone, accountId: id?.provider === "aws" ? id.scope : null };
  return { ...spotQuestion(session, place, machine), keptMs: SPOT_KEPT_MS };
}

/** The list of a region's prices, and where it can be read. */
interface PriceList {
  readonly session: AwsSession;
  readonly pricingRegion: string;
  readonly region: string;
}

function priceListOf(session: AwsSession, region: string): PriceList | string {
  const { pricingRegion } = partitionOf(region);
  if (pricingRegion === undefined) return `AWS has no price list API for ${region}; a price file can tell`;
  return { session, pricingRegion, region };
}

/** A machine without a hypervisor is sold by itself: the list has it under dedicated tenancy alone. */
const BARE_METAL = /\.metal(-|$)/;

/** As Karpenter asks: shared tenancy, nothing installed, what is sold rather than what is reserved. */
function nodeFilters(region: string, { instanceType, os }: Machine): Readonly<Record<string, string>> {
  return {
    regionCode: region,
    instanceType,
    operatingSystem: os,
    // Windows is listed without its licence too, for those who bring their own; nodes do not.
    ...(os === "Windows" ? { licenseModel: "No License required" } : {}),
    preInstalledSw: "NA",
    tenancy: BARE_METAL.test(instanceType) ? "Dedicated" : "Shared",
    capacitystatus: "Used",
    marketoption: "OnDemand",
  };
}

function onDemandQuestion(list: PriceList, machine: Machine): PriceQuestion {
  const { region } = list;
  const { instanceType, os } = machine;
  return {
    key: `node ${region} ${instanceType} ${os}`,
    keptMs: LIST_KEPT_MS,
    // The dated table is of Linux.
    ...fallbackOf(os === "Linux" ? fallbackNodePrice(region, instanceType) : undefined),
    ask: async (ctx) => {
      const listed = await listedPrices(list, "AmazonEC2", nodeFilters(region, machine), ctx);
      return toPrice([listed], list) ?? unknownPrice(`the price list has no ${instanceType} with ${os} in ${region}`);
    },
  };
}

/** Extended support is a usage of its own, on top of the cluster hour. */
function controlPlaneQuestion(list: PriceList, offering: ControlPlaneOffering): PriceQuestion {
  const { session, region } = list;
  const { supportTier, cluster } = offering;
  const isExtended = isInExtendedSupport(supportTier, cluster?.kubernetesVersion, session.clock.nowMs());
  const usages = isExtended ? ["perCluster", "extendedSupport"] : ["perCluster"];
  return {
    key: `control-plane ${region} ${usages.join(" ")}`,
    keptMs: LIST_KEPT_MS,
    ...fallbackOf(fallbackControlPlanePrice(region, isExtended)),
    ask: async (ctx) => {
      const filters = { regionCode: region, productFamily: "Compute" };
      const all = await listedPrices(list, "AmazonEKS", filters, ctx);
      const parts = usages.map((usage) =>
        all.filter(({ usageType }) => usageType.endsWith(`AmazonEKS-Hours:${usage}`)),
      );
      return toPrice(parts, list) ?? unknownPrice(`the price list has no control plane in ${region}`);
    },
  };
}

async function listedPrices(
  { session, pricingRegion }: PriceList,
  service: string,
  filters: Readonly<Record<string, string>>,
  ctx: Ctx,
): Promise<readonly ListedPrice[]> {
  const client = await openPricingClient(session, pricingRegion);
  return client.hourlyPrices(service, filters, ctx);
}

function fallbackOf(microUsd: number | undefined): Pick<PriceQuestion, "fallback"> {
  return microUsd === undefined ? {} : { fallback: known(microUsd, FALLBACK_SOURCE, FALLBACK_AS_OF_MS) };
}

/** The sum of all parts; a part that is not listed is no price. */
function toPrice(parts: readonly (readonly ListedPrice[])[], { session }: PriceList): Price | undefined {
  const amounts = parts.map(dearestOf);
  if (amounts.includes(0)) return undefined;
  const sum = amounts.reduce((a, b) => a + b, 0);
  return known(sum, "aws-pricing", session.clock.nowMs());
}

/**
 * A line of 0 is a free tier's or a reservation's, and no price. Of several others the dearest: the list has no order, and no
 * bill may surprise. 0 where there is none.
 */
function dearestOf(listed: readonly ListedPrice[]): MicroUsd {
  return Math.max(0, ...listed.map(({ usdPerHour }) => parseUsd(`${usdPerHour} USD`) ?? 0));
}
