import { formatUsd } from "@flotilla/core";
import { stableHex } from "@flotilla/testing";
import type { AwsCall } from "../aws-call.ts";
import { zonesOf } from "./aws-network.ts";

export interface SpotHistoryInput {
  /** Empty: every type that is sold. */
  readonly instanceTypes: readonly string[];
  readonly products: readonly string[];
  /** Absent: as far back as there is something. */
  readonly startsAtMs: number | undefined;
}

export type SpotHistoryItem = {
  readonly instanceType: string;
  readonly productDescription: string;
  readonly spotPrice: string;
  readonly timestamp: string;
  readonly availabilityZone: string;
};

const HOUR_MS = 3_600_000;
/** A change now and then; the latest one before the start is told too, because it is the price in force then. */
const CHANGES: readonly { readonly agoMs: number; readonly permille: number }[] = [
  { agoMs: 2 * HOUR_MS, permille: 1000 },
  { agoMs: 30 * HOUR_MS, permille: 930 },
];
const PRODUCTS: readonly string[] = ["Linux/UNIX", "Windows"];

/** Spot prices of a region's zones. The described price is the dearest zone's; the others are up to a tenth cheaper. */
export function spotHistory(call: AwsCall, input: SpotHistoryInput): readonly SpotHistoryItem[] {
  const { world, account, region } = call;
  const zones = zonesOf(world.fleet, account, region);
  const sold = (world.fleet.cloud.prices ?? []).filter(
    (price) =>
      price.region === region &&
      price.spotPerHour !== undefined &&
      (input.instanceTypes.length === 0 || input.instanceTypes.includes(price.instanceType)),
  );
  return sold.flatMap(({ instanceType, spotPerHour = 0 }) =>
    zones.flatMap((zone, index) =>
      PRODUCTS.filter((product) => isAsked(product, input.products)).flatMap((productDescription) =>
        changesFrom(input.startsAtMs, world.nowMs()).map(({ agoMs, permille }) => {
          const zonePermille = index === 0 ? 1000 : 900 + (Number.parseInt(stableHex(4, zone, instanceType), 16) % 100);
          const windows = productDescription === "Windows" ? 2 : 1;
          const microUsd = Math.round((spotPerHour * zonePermille * permille * windows) / 1_000_000);
          return {
            instanceType,
            productDescription,
            spotPrice: formatUsd(microUsd, 6).replace(" USD", ""),
            timestamp: new Date(world.nowMs() - agoMs).toISOString(),
            availabilityZone: zone,
          };
        }),
      ),
    ),
  );
}

/** "(Amazon VPC)" is another name of the same. */
function isAsked(product: string, asked: readonly string[]): boolean {
  return asked.length === 0 || asked.some((name) => name.replace(" (Amazon VPC)", "") === product);
}

function changesFrom(startsAtMs: number | undefined, nowMs: number): typeof CHANGES {
  if (startsAtMs === undefined) return CHANGES;
  const inside = CHANGES.filter(({ agoMs }) => nowMs - agoMs >= startsAtMs);
  const inForce = CHANGES.find(({ agoMs }) => nowMs - agoMs < startsAtMs);
  return inForce === undefined ? inside : [...inside, inForce];
}
