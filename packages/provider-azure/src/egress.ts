import { type MicroUsd, known, type Price, unknownPrice } from "@flotilla/core";
import { FALLBACK_AS_OF_MS, FALLBACK_SOURCE } from "./price-fallback.ts";
import { normalRegion } from "./region-name.ts";

/** A band of a month's traffic: up to `toGb` in all, each GB at this rate. */
interface EgressBand {
  readonly toGb: number;
  readonly microUsdPerGb: MicroUsd;
}

const GB_PER_TB = 1024;
const FREE: EgressBand = { toGb: 100, microUsdPerGb: 0 };

/** Internet egress of Azure's zone 1. Source: Azure's bandwidth pricing page, dated as the fallback prices are. */
const ZONE_1: readonly EgressBand[] = [
  FREE,
  { toGb: 10 * GB_PER_TB, microUsdPerGb: 87_000 },
  { toGb: 50 * GB_PER_TB, microUsdPerGb: 83_000 },
  { toGb: 150 * GB_PER_TB, microUsdPerGb: 70_000 },
  { toGb: Number.POSITIVE_INFINITY, microUsdPerGb: 50_000 },
];
/** Only the first band of Asia is known well enough to be told. */
const ZONE_2: readonly EgressBand[] = [FREE, { toGb: 10 * GB_PER_TB, microUsdPerGb: 120_000 }];

/** North America and Europe; Asia and the Pacific. What is in neither has no price here. */
const ZONES: readonly (readonly [regions: RegExp, bands: readonly EgressBand[]])[] = [
  [
    /(^(east|west|central|northcentral|southcentral|westcentral)us\d?$|^canada|europe$|^(uk|france|germany|switzerland|norway|sweden|poland|italy|spain))/,
    ZONE_1,
  ],
  [/(asia$|^japan|^korea|india$|^australia)/, ZONE_2],
];

/**
 * What `moreGb` cost to send to the internet after `usedGb` were sent in the same month: the integral over the bands, so that
 * parts add up to the whole. In USD for the traffic, not per hour.
 */
export function egressCost(input: {
  readonly region: string;
  readonly usedGb: number;
  readonly moreGb: number;
}): Price {
  const { usedGb, moreGb } = input;
  const region = normalRegion(input.region);
  const bands = ZONES.find(([regions]) => regions.test(region))?.[1];
  if (bands === undefined) return unknownPrice(`there is no egress price for ${region}`);
  const endGb = usedGb + moreGb;
  if (endGb > (bands.at(-1)?.toGb ?? 0)) return unknownPrice(`there is no egress price for that much out of ${region}`);
  const cost = costUpTo(bands, endGb) - costUpTo(bands, usedGb);
  return known(Math.round(cost), FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
}

function costUpTo(bands: readonly EgressBand[], gb: number): number {
  let fromGb = 0;
  let cost = 0;
  for (const { toGb, microUsdPerGb } of bands) {
    cost += microUsdPerGb * Math.max(0, Math.min(gb, toGb) - fromGb);
    fromGb = toGb;
  }
  return cost;
}
