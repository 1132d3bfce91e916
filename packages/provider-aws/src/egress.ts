import {
  BYTES_PER_GB,
  known,
  type MicroUsd,
  type Price,
  type PriceTier,
  tieredCost,
  unknownPrice,
} from "@flotilla/core";
import { partitionOf } from "./partition.ts";
import { FALLBACK_AS_OF_MS, FALLBACK_SOURCE } from "./price-fallback.ts";

/** USD per GB to the internet: up to 10 TB of a month, the next 40, the next 100, and beyond. */
type Rates = readonly [first: MicroUsd, second: MicroUsd, third: MicroUsd, rest: MicroUsd];

/** What is free each month, once per account and not per region. Source: AWS data transfer pricing. */
const FREE_GB = 100;
const GB_PER_TB = 1024;
const ENDS_GB: readonly [number, number, number] = [10 * GB_PER_TB, 50 * GB_PER_TB, 150 * GB_PER_TB];

const US_AND_EU: Rates = [90_000, 85_000, 70_000, 50_000];

/** Regions whose rates differ from those of the United States and Europe. Source: EC2 data transfer page, 2026-11-01. */
const RATES: Readonly<Record<string, Rates>> = {
  "ap-south-1": [109_300, 85_000, 82_000, 80_000],
  "ap-northeast-1": [114_000, 89_000, 86_000, 84_000],
  "ap-northeast-2": [126_000, 122_000, 117_000, 108_000],
  "ap-southeast-2": [114_000, 98_000, 94_000, 92_000],
  "sa-east-1": [150_000, 138_000, 126_000, 114_000],
  "af-south-1": [154_000, 147_000, 126_000, 112_000],
  "me-south-1": [117_000, 110_500, 91_000, 65_000],
};

/** USD per GB to another region of AWS, by where it leaves from. Source: EC2 data transfer page, 2026-11-01. */
const TO_ANOTHER_REGION: Readonly<Record<string, MicroUsd>> = {
  "ap-south-1": 86_000,
  "ap-northeast-1": 90_000,
  "ap-northeast-2": 80_000,
  "ap-southeast-2": 98_000,
  "sa-east-1": 138_000,
  "af-south-1": 147_000,
};
const US_AND_EU_TO_ANOTHER_REGION: MicroUsd = 20_000;
/** The two regions of the eastern United States are near and cheap. */
const EASTERN: ReadonlySet<string> = new Set(["us-east-1", "us-east-2"]);
const BETWEEN_EASTERN: MicroUsd = 10_000;
/** Charged on each side of a zone's border. */
const BETWEEN_ZONES: MicroUsd = 20_000;

export interface AwsEgressInput {
  readonly region: string;
  /** Where it goes. Default: the internet; a VPN to another cloud is billed as such. */
  readonly to?: "internet" | "zone" | { readonly region: string };
  /** Sent in this month before, in bytes; only internet traffic has bands. */
  readonly usedBytes: number;
  readonly moreBytes: number;
}

/** What traffic costs, in USD for the whole of it, from a dated table. A region the table does not know stays unknown. */
export function egressCost(input: AwsEgressInput): Price {
  const { region, to = "internet" } = input;
  const tiers = tiersOf(region, to);
  const cost = tiers === undefined ? undefined : tieredCost(tiers, input);
  if (cost === undefined) {
    const where = typeof to === "object" ? ` to ${to.region}` : "";
    return unknownPrice(`there is no traffic price for region ${region}${where}`);
  }
  return known(cost, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
}

/** The table is of the standard partition: the others have lists of their own, and no network to this one. */
function tiersOf(region: string, to: NonNullable<AwsEgressInput["to"]>): readonly PriceTier[] | undefined {
  const regions = typeof to === "object" ? [region, to.region] : [region];
  if (regions.some((one) => partitionOf(one).id !== "aws")) return undefined;
  return to === "internet" ? internetTiers(region) : flatTiers(region, to);
}

function internetTiers(region: string): readonly PriceTier[] | undefined {
  const rates = RATES[region] ?? (isUsOrEu(region) ? US_AND_EU : undefined);
  if (rates === undefined) return undefined;
  const ends = [...ENDS_GB.map((gb) => gb * BYTES_PER_GB), null];
  return [
    { toBytes: FREE_GB * BYTES_PER_GB, microUsdPerGb: 0 },
    ...rates.map((microUsdPerGb, index) => ({ toBytes: ends[index] ?? null, microUsdPerGb })),
  ];
}

function flatTiers(region: string, to: "zone" | { readonly region: string }): readonly PriceTier[] | undefined {
  const rate = to === "zone" ? BETWEEN_ZONES : rateTo(region, to.region);
  return rate === undefined ? undefined : [{ toBytes: null, microUsdPerGb: rate }];
}

function rateTo(from: string, to: string): MicroUsd | undefined {
  if (from === to) return 0;
  if (EASTERN.has(from) && EASTERN.has(to)) return BETWEEN_EASTERN;
  return TO_ANOTHER_REGION[from] ?? (isUsOrEu(from) ? US_AND_EU_TO_ANOTHER_REGION : undefined);
}

/** Not GovCloud: it has a price list of its own. */
function isUsOrEu(region: string): boolean {
  return /^(us-(east|west)|ca|eu)-/.test(region);
}
