import type { BillingSku, BillingTier } from "./billing-client.ts";

const NANOS_PER_UNIT = 1_000_000_000;

/**
 * The price of one unit (a vCPU or a GiB, for an hour) in billionths of a US dollar: `units` and `nanos` together. The first
 * tier that costs anything counts: a free one comes before it. `undefined` for other currencies and for nothing at all.
 */
export function rateOf(sku: BillingSku): number | undefined {
  const tiers = sku.pricingInfo?.[0]?.pricingExpression?.tieredRates ?? [];
  const inOrder = [...tiers].sort((a, b) => (a.startUsageAmount ?? 0) - (b.startUsageAmount ?? 0));
  return inOrder.map(nanosOf).find((nanos) => nanos !== undefined && nanos > 0);
}

function nanosOf({ unitPrice }: BillingTier): number | undefined {
  const { currencyCode, units, nanos } = unitPrice ?? {};
  if (currencyCode !== undefined && currencyCode !== null && currencyCode !== "" && currencyCode !== "USD")
    return undefined;
  const total = Number(units?.toString() ?? 0) * NANOS_PER_UNIT + (nanos ?? 0);
  return Number.isSafeInteger(total) ? total : undefined;
}
