import { type EmulatedMachinePrice, stableHex } from "@flotilla/testing";

/** A SKU of the public catalogue, as it is sent. */
export type WireSku = Readonly<Record<string, unknown>> & { readonly skuId: string };

/** How the catalogue writes the machine families. */
const PHRASES: Readonly<Record<string, string>> = {
  n1: "N1 Predefined Instance",
  e2: "E2 Instance",
  n2: "N2 Instance",
  n2d: "N2D AMD Instance",
  n4: "N4 Instance",
  t2d: "T2D AMD Instance",
  t2a: "T2A Arm Instance",
  c2: "Compute optimized",
  c2d: "C2D AMD Instance",
  c3: "C3 Instance",
  c3d: "C3D Instance",
  c4: "C4 Instance",
  c4a: "C4A Arm Instance",
  c4d: "C4D Instance",
  h3: "H3 Instance",
};
const NANOS_PER_MICRO = 1000;
/** Of a machine's price, about what memory is in Google's own list. */
const MEMORY_SHARE = 0.35;

/** Prices of a vCPU and a GiB, in billionths of a dollar. */
interface Rates {
  readonly core: number;
  readonly memory: number;
}

/**
 * SKUs that give every described machine its price. A family has two prices in a region, so types of one family beyond the
 * second shape have the price that follows from the first two.
 */
export function machineSkus(prices: readonly EmulatedMachinePrice[]): readonly WireSku[] {
  const groups = Map.groupBy(prices, ({ region, instanceType }) => `${region} ${instanceType.split("-")[0] ?? ""}`);
  return [...groups].flatMap(([key, group]) => {
    const [region = "", family = ""] = key.split(" ");
    const phrase = PHRASES[family];
    if (phrase === undefined) return [];
    const onDemand = ratesOf(group, ({ onDemandPerHour }) => onDemandPerHour);
    const spot = ratesOf(group, ({ spotPerHour }) => spotPerHour);
    return [
      ...pair(region, phrase, "OnDemand", onDemand),
      ...pair(region, `Spot Preemptible ${phrase}`, "Preemptible", spot),
      ...distractors(region, phrase, onDemand),
    ];
  });
}

/** One SKU, in the shape of the catalogue. */
export function skuOf(input: {
  readonly id: string;
  readonly description: string;
  readonly category: Readonly<Record<string, string>>;
  readonly regions: readonly string[];
  readonly usageUnit: string;
  readonly nanos: number;
  readonly serviceId?: string;
}): WireSku {
  const { id, description, category, regions, usageUnit, nanos, serviceId = "6F81-5844-456A" } = input;
  const units = Math.floor(nanos / 1_000_000_000);
  return {
    name: `services/${serviceId}/skus/${id}`,
    skuId: id,
    description,
    category,
    serviceRegions: regions,
    pricingInfo: [
      {
        summary: "",
        pricingExpression: {
          usageUnit,
          usageUnitDescription: usageUnit === "h" ? "hour" : "gibibyte hour",
          baseUnit: usageUnit === "h" ? "s" : "By.s",
          baseUnitConversionFactor: usageUnit === "h" ? 3600 : 3_865_470_566_400,
          displayQuantity: 1,
          tieredRates: [
            { unitPrice: { currencyCode: "USD", units: String(units), nanos: nanos - units * 1_000_000_000 } },
          ],
        },
        currencyConversionRate: 1,
        effectiveTime: "2026-11-01T07:00:00Z",
      },
    ],
    serviceProviderName: "Google",
  };
}

function pair(region: string, phrase: string, usageType: string, rates: Rates | undefined): readonly WireSku[] {
  if (rates === undefined) return [];
  const common = { regions: [region] };
  const category = { serviceDisplayName: "Compute Engine", resourceFamily: "Compute", usageType };
  return [
    skuOf({
      ...common,
      id: skuId(region, phrase, "core"),
      description: `${phrase} Core running in ${placeOf(region)}`,
      category: { ...category, resourceGroup: "CPU" },
      usageUnit: "h",
      nanos: rates.core,
    }),
    skuOf({
      ...common,
      id: skuId(region, phrase, "memory"),
      description: `${phrase} Ram running in ${placeOf(region)}`,
      category: { ...category, resourceGroup: "RAM" },
      usageUnit: "GiBy.h",
      nanos: rates.memory,
    }),
  ];
}

/** What stands beside them in the real catalogue and must not be taken for the price: commitments, sole tenancy. */
function distractors(region: string, phrase: string, rates: Rates | undefined): readonly WireSku[] {
  if (rates === undefined) return [];
  const category = { serviceDisplayName: "Compute Engine", resourceFamily: "Compute", resourceGroup: "CPU" };
  const place = placeOf(region);
  return [
    skuOf({
      id: skuId(region, phrase, "commitment"),
      description: `${phrase} Core running in ${place}`,
      category: { ...category, usageType: "Commit1Yr" },
      regions: [region],
      usageUnit: "h",
      nanos: Math.round(rates.core * 0.63),
    }),
    skuOf({
      id: skuId(region, phrase, "sole"),
      description: `${phrase.replace("Instance", "Sole Tenancy Instance")} Core running in ${place}`,
      category: { ...category, usageType: "OnDemand" },
      regions: [region],
      usageUnit: "h",
      nanos: rates.core * 2,
    }),
  ];
}

function ratesOf(
  group: readonly EmulatedMachinePrice[],
  priceOf: (machine: EmulatedMachinePrice) => number | undefined,
): Rates | undefined {
  const priced = group.flatMap((machine) => {
    const price = priceOf(machine);
    return price === undefined ? [] : [{ ...machine, nanos: price * NANOS_PER_MICRO }];
  });
  const [first, ...rest] = priced;
  if (first === undefined) return undefined;
  for (const other of rest) {
    const determinant = first.cores * other.memoryGib - other.cores * first.memoryGib;
    if (determinant === 0) continue;
    const core = (first.nanos * other.memoryGib - other.nanos * first.memoryGib) / determinant;
    const memory = (first.cores * other.nanos - other.cores * first.nanos) / determinant;
    if (core > 0 && memory > 0) return { core: Math.round(core), memory: Math.round(memory) };
  }
  const memory = Math.round((first.nanos * MEMORY_SHARE) / first.memoryGib);
  return { core: Math.round((first.nanos - memory * first.memoryGib) / first.cores), memory };
}

/** Ids look like `2E27-4F75-95CD`. */
function skuId(...parts: readonly string[]): string {
  const hex = stableHex(12, "sku", ...parts).toUpperCase();
  return `${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}

function placeOf(region: string): string {
  const [area = "", ...rest] = region.split("-");
  const name = rest.join(" ").replace(/\d+$/, "");
  return `${area.charAt(0).toUpperCase()}${area.slice(1)} ${name}`.trim();
}
