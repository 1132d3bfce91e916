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
import { normalRegion } from "./region-name.ts";

const GB_PER_TB = 1024;

/** The first 100 GB of a month are free, per subscription and not per region. Source: Azure bandwidth pricing. */
const FREE: PriceTier = band(100, 0);

/** To the internet from North America and Europe. Source: Azure bandwidth pricing, 2026-11-01. */
const ZONE_1: readonly PriceTier[] = [
  FREE,
  band(10 * GB_PER_TB, 87_000),
  band(50 * GB_PER_TB, 83_000),
  band(150 * GB_PER_TB, 70_000),
  { toBytes: null, microUsdPerGb: 50_000 },
];
/** From Asia and the Pacific: only the first band is known well enough to be told. Source: as above. */
const ZONE_2: readonly PriceTier[] = [FREE, band(10 * GB_PER_TB, 120_000)];

/** USD per GB to another region of Azure. Source: as above. */
const WITHIN_CONTINENT: MicroUsd = 20_000;
const ACROSS_CONTINENTS: MicroUsd = 50_000;

type Continent = "northAmerica" | "europe" | "asiaPacific";

const CONTINENTS: readonly (readonly [Continent, RegExp])[] = [
  ["northAmerica", /^((east|west|central|northcentral|southcentral|westcentral)us\d?|canada(central|east))$/],
  ["europe", /^((west|north)europe|(uk|france|germany|switzerland|norway|sweden|poland|italy|spain)[a-z]+)$/],
  ["asiaPacific", /^((east|southeast)asia|(japan|korea|australia)[a-z]+\d?|[a-z]+india)$/],
];

/** Traffic out of one region, within one month. */
export interface AzureEgressInput {
  readonly region: string;
  /** Where it goes. Default: the internet; a VPN to another cloud is billed as such. */
  readonly to?: "internet" | "zone" | { readonly region: string };
  /** Sent in this month before, in bytes; only internet traffic has bands. */
  readonly usedBytes: number;
  readonly moreBytes: number;
}

/** What traffic costs, in USD for the whole of it, from a dated table. A region the table does not know stays unknown. */
export function egressCost(input: AzureEgressInput): Price {
  const { region, to = "internet" } = input;
  const tiers = tiersOf(normalRegion(region), to);
  const cost = tiers === undefined ? undefined : tieredCost(tiers, input);
  if (cost === undefined) return unknownPrice(`there is no price for this traffic out of region ${region}`);
  return known(cost, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
}

function tiersOf(region: string, to: NonNullable<AzureEgressInput["to"]>): readonly PriceTier[] | undefined {
  const from = continentOf(region);
  if (from === undefined) return undefined;
  if (to === "internet") return from === "asiaPacific" ? ZONE_2 : ZONE_1;
  // Between the zones of a region traffic is free.
  if (to === "zone") return flat(0);
  const other = normalRegion(to.region);
  if (other === region) return flat(0);
  const continent = continentOf(other);
  if (continent === undefined) return undefined;
  return flat(continent === from ? WITHIN_CONTINENT : ACROSS_CONTINENTS);
}

function continentOf(region: string): Continent | undefined {
  return CONTINENTS.find(([, regions]) => regions.test(region))?.[0];
}

function flat(microUsdPerGb: MicroUsd): readonly PriceTier[] {
  return [{ toBytes: null, microUsdPerGb }];
}

function band(toGb: number, microUsdPerGb: MicroUsd): PriceTier {
  return { toBytes: toGb * BYTES_PER_GB, microUsdPerGb };
}
