import type { Purchase } from "@flotilla/core";
import type { BillingSku } from "./billing-client.ts";
import type { MachineSize } from "./machine-type.ts";
import { rateOf } from "./rate-of.ts";
import { meaningOf } from "./sku-meaning.ts";

/** Prices of a vCPU and of a GiB for an hour, in billionths of a US dollar. */
export interface CoreAndMemory {
  readonly core: number;
  readonly memory: number;
}

/** The catalogue, indexed: region, family and purchase to the two prices. */
export type PriceCatalogue = ReadonlyMap<string, Partial<CoreAndMemory>>;

/** Reads what prices machines out of the catalogue. Where two SKUs say the same, the first in the order of ids counts. */
export function indexCatalogue(skus: readonly BillingSku[]): PriceCatalogue {
  const index = new Map<string, Partial<CoreAndMemory>>();
  const inOrder = [...skus].sort((a, b) => ((a.skuId ?? "") < (b.skuId ?? "") ? -1 : 1));
  for (const sku of inOrder) {
    const meaning = meaningOf(sku);
    const rate = meaning === undefined ? undefined : rateOf(sku);
    if (meaning === undefined || rate === undefined) continue;
    for (const region of sku.serviceRegions ?? []) {
      const key = keyOf(region, meaning.family, meaning.purchase);
      index.set(key, { [meaning.resource]: rate, ...index.get(key) });
    }
  }
  return index;
}

/** Micro-USD an hour of a machine; `undefined` when either of its two prices is missing. */
export function priceOf(
  catalogue: PriceCatalogue,
  size: MachineSize,
  region: string,
  purchase: Purchase,
): number | undefined {
  const { core, memory } = catalogue.get(keyOf(region, size.family, purchase)) ?? {};
  return core === undefined || memory === undefined ? undefined : hourly(size, { core, memory });
}

/** vCPU × price of one + GiB × price of one, in whole micro-USD. */
export function hourly({ cores, memoryGib }: MachineSize, { core, memory }: CoreAndMemory): number {
  return Math.round((cores * core + memoryGib * memory) / 1000);
}

function keyOf(region: string, family: string, purchase: Purchase): string {
  return `${region} ${family} ${purchase}`;
}
