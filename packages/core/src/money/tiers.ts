import type { MicroUsd } from "./price.ts";

/** A band of a graduated price: every GB of a month up to here costs this, after the bands before it. */
export interface PriceTier {
  /** Where the band ends, in bytes since the month began; `null`: it does not end. A free tier is the first band, at 0. */
  readonly toBytes: number | null;
  readonly microUsdPerGb: MicroUsd;
}

/** The clouds bill a GB of traffic as 2^30 bytes. */
export const BYTES_PER_GB: number = 2 ** 30;

/**
 * What `moreBytes` cost after `usedBytes` of the same month: F(used + more) − F(used), F being the sum over the bands of rate ×
 * bytes inside the band, rounded half up to a micro-USD. Computed in integers, so that the parts of a transfer add up exactly to
 * the whole. `undefined` where the bands end before the traffic does: what nobody priced is not free.
 *
 * @throws RangeError unless both are whole numbers of bytes from zero up and the bands are in ascending order: a bug of the caller.
 */
export function tieredCost(
  tiers: readonly PriceTier[],
  traffic: { readonly usedBytes: number; readonly moreBytes: number },
): MicroUsd | undefined {
  const { usedBytes, moreBytes } = traffic;
  const endBytes = usedBytes + moreBytes;
  for (const bytes of [usedBytes, moreBytes, endBytes]) {
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`not a number of bytes: ${bytes}`);
  }
  const end = costUpTo(tiers, BigInt(endBytes));
  const start = costUpTo(tiers, BigInt(usedBytes));
  return end === undefined || start === undefined ? undefined : Number(end - start);
}

const GB = BigInt(BYTES_PER_GB);

function costUpTo(tiers: readonly PriceTier[], bytes: bigint): bigint | undefined {
  let fromBytes = 0n;
  let costTimesGb = 0n;
  for (const { toBytes, microUsdPerGb } of tiers) {
    const toEnd = toBytes === null ? undefined : BigInt(toBytes);
    if (toEnd !== undefined && toEnd <= fromBytes) throw new RangeError(`the price band up to ${toEnd} bytes is empty`);
    const last = toEnd === undefined || bytes < toEnd ? bytes : toEnd;
    if (last > fromBytes) costTimesGb += (last - fromBytes) * BigInt(microUsdPerGb);
    if (toEnd === undefined || bytes <= toEnd) return (2n * costTimesGb + GB) / (2n * GB);
    fromBytes = toEnd;
  }
  return bytes === 0n ? 0n : undefined;
}
