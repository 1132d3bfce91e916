import {
  BYTES_PER_GB,
  known,
  type MicroUsd,
  type Price,
  type PriceTier,
  tieredCost,
  unknownPrice,
} from "@flotilla/core";
import { FALLBACK_AS_OF_MS, FALLBACK_SOURCE } from "./price-fallback.ts";

const GB_PER_TB = 1024;
const TB = GB_PER_TB * BYTES_PER_GB;

/** To the internet, by network tier; Premium is priced alike from every region. Source: VPC network pricing, 2026-09-23. */
const INTERNET: Readonly<Record<"premium" | "standard", readonly PriceTier[]>> = {
  premium: [
    { toBytes: TB, microUsdPerGb: 120_000 },
    { toBytes: 10 * TB, microUsdPerGb: 110_000 },
    { toBytes: null, microUsdPerGb: 80_000 },
  ],
  standard: [
    { toBytes: 10 * TB, microUsdPerGb: 85_000 },
    { toBytes: 150 * TB, microUsdPerGb: 65_000 },
    { toBytes: null, microUsdPerGb: 45_000 },
  ],
};

/** Parts of the world that traffic between regions is priced by. */
type Area = "northAmerica" | "europe" | "asia" | "oceania" | "southAmerica";

/** By the region's first word; Jakarta is priced with Oceania. The Middle East and Africa are not in the table. */
const AREAS: readonly (readonly [prefix: string, area: Area])[] = [
  ["asia-southeast2", "oceania"],
  ["us-", "northAmerica"],
  ["northamerica-", "northAmerica"],
  ["europe-", "europe"],
  ["asia-", "asia"],
  ["australia-", "oceania"],
  ["southamerica-", "southAmerica"],
];

/** Between regions, USD per GB. Source: VPC network pricing, 2026-09-23. */
const WITHIN_AREA: Readonly<Record<Area, MicroUsd>> = {
  northAmerica: 20_000,
  europe: 20_000,
  asia: 80_000,
  oceania: 100_000,
  southAmerica: 140_000,
};
const BETWEEN_AREAS: MicroUsd = 80_000;
const BETWEEN_ZONES: MicroUsd = 10_000;

/** Traffic to be priced. */
export interface GcpEgressInput {
  readonly region: string;
  /** Where it goes. Default: the internet; a VPN to another cloud is billed as such. */
  readonly to?: "internet" | "zone" | { readonly region: string };
  /** Of the network, for the internet only. Default `premium`, as Google's own. */
  readonly tier?: "premium" | "standard";
  /** Sent in this month before, in bytes; only internet traffic has bands. */
  readonly usedBytes: number;
  readonly moreBytes: number;
}

/** What traffic costs, in USD for the whole of it, from a dated table. A region the table does not know stays unknown. */
export function egressCost(input: GcpEgressInput): Price {
  const tiers = tiersOf(input);
  const cost = tiers === undefined ? undefined : tieredCost(tiers, input);
  if (cost === undefined) return unknownPrice(`there is no traffic price for region ${input.region}`);
  return known(cost, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
}

function tiersOf({ region, to = "internet", tier = "premium" }: GcpEgressInput): readonly PriceTier[] | undefined {
  const from = areaOf(region);
  if (from === undefined) return undefined;
  if (to === "internet") return INTERNET[tier];
  const rate = to === "zone" ? BETWEEN_ZONES : rateTo(region, from, to.region);
  return rate === undefined ? undefined : [{ toBytes: null, microUsdPerGb: rate }];
}

/** Over an ocean the dearer end counts. */
function rateTo(region: string, from: Area, to: string): MicroUsd | undefined {
  if (region === to) return 0;
  const there = areaOf(to);
  if (there === undefined) return undefined;
  if (there === from) return WITHIN_AREA[from];
  return Math.max(BETWEEN_AREAS, WITHIN_AREA[from], WITHIN_AREA[there]);
}

function areaOf(region: string): Area | undefined {
  return AREAS.find(([prefix]) => region.startsWith(prefix))?.[1];
}
