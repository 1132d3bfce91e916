import fc from "fast-check";
import { expect, test } from "vitest";
import type { BillingSku } from "./billing-client.ts";
import { machineSize } from "./machine-type.ts";
import { indexCatalogue, priceOf } from "./price-catalogue.ts";
import { fallbackNodePrice } from "./price-fallback.ts";
import { rateOf } from "./rate-of.ts";
import { meaningOf } from "./sku-meaning.ts";

test.for([
  ["n2-standard-8", { family: "n2", cores: 8, memoryGib: 32 }],
  ["n1-standard-2", { family: "n1", cores: 2, memoryGib: 7.5 }],
  ["n1-highcpu-16", { family: "n1", cores: 16, memoryGib: 14.4 }],
  ["e2-medium", { family: "e2", cores: 1, memoryGib: 4 }],
  ["e2-micro", { family: "e2", cores: 0.25, memoryGib: 1 }],
  ["custom-4-8192", { family: "n1-custom", cores: 4, memoryGib: 8 }],
  ["n2d-custom-6-10240", { family: "n2d-custom", cores: 6, memoryGib: 10 }],
  ["n2-highmem-96", { family: "n2", cores: 96, memoryGib: 768 }],
  ["n2-highmem-128", { family: "n2", cores: 128, memoryGib: 864 }],
  ["c3d-highcpu-16", { family: "c3d", cores: 16, memoryGib: 32 }],
  ["c3d-highcpu-30", { family: "c3d", cores: 30, memoryGib: 59 }],
  ["c4-standard-2", { family: "c4", cores: 2, memoryGib: 7 }],
  ["c4-highmem-48", { family: "c4", cores: 48, memoryGib: 372 }],
  ["c4a-standard-1", { family: "c4a", cores: 1, memoryGib: 4 }],
  ["c4d-highcpu-4", { family: "c4d", cores: 4, memoryGib: 7 }],
  ["c4d-standard-384", { family: "c4d", cores: 384, memoryGib: 1488 }],
  ["h3-standard-88", { family: "h3", cores: 88, memoryGib: 352 }],
  ["c4-standard-8-lssd", undefined],
  ["n2-custom-4-65536-ext", undefined],
  ["a2-highgpu-1g", undefined],
  ["g2-standard-4", undefined],
  ["c3-standard-8-lssd", undefined],
  ["z9-standard-4", undefined],
] as const)("%s is billed as %o", ([machineType, size]) => {
  expect(machineSize(machineType)).toEqual(size);
});

function sku(over: { readonly [name: string]: unknown } = {}): BillingSku {
  return {
    skuId: "0000-0000-0001",
    description: "E2 Instance Core running in Belgium",
    category: { resourceFamily: "Compute", usageType: "OnDemand" },
    serviceRegions: ["europe-west1"],
    pricingInfo: [
      {
        pricingExpression: {
          usageUnit: "h",
          tieredRates: [{ unitPrice: { currencyCode: "USD", units: "0", nanos: 23_993_000 } }],
        },
      },
    ],
    ...over,
  };
}

test.for([
  ["E2 Instance Core running in Belgium", "OnDemand", { family: "e2", resource: "core", purchase: "onDemand" }],
  [
    "Spot Preemptible E2 Instance Core running in Salt Lake City",
    "Preemptible",
    { family: "e2", resource: "core", purchase: "spot" },
  ],
  ["Compute optimized Core running in Montréal", "OnDemand", { family: "c2", resource: "core", purchase: "onDemand" }],
  [
    "N1 Predefined Instance Core running in Americas",
    "OnDemand",
    { family: "n1", resource: "core", purchase: "onDemand" },
  ],
  [
    "N2 Custom Instance Core running in Americas",
    "OnDemand",
    { family: "n2-custom", resource: "core", purchase: "onDemand" },
  ],
  ["C4A Arm Instance Core running in Mexico", "OnDemand", { family: "c4a", resource: "core", purchase: "onDemand" }],
  [
    "Spot Preemptible E2 Custom Instance Core running in Paris",
    "Preemptible",
    { family: "e2-custom", resource: "core", purchase: "spot" },
  ],
  ["Committed Use Discount Premium for E2 Custom Instance Core running in Johannesburg", "CmtCudPremium", undefined],
  ["E2 Instance Core running in Belgium", "Commit1Yr", undefined],
  ["E2 Instance Core running in Belgium", "Preemptible", undefined],
  ["Spot Preemptible E2 Instance Core running in Belgium", "OnDemand", undefined],
  ["N2 Sole Tenancy Instance Core running in Americas", "OnDemand", undefined],
  ["DWS Calendar Mode N2 Instance Core running in Americas", "OnDemand", undefined],
  ["Commitment v1: E2 Core in Belgium for 1 Year", "OnDemand", undefined],
  ["Nvidia L4 GPU attached to E2 Instance Core running in Belgium", "OnDemand", undefined],
] as const)("%s (%s) prices %o", ([description, usageType, meaning]) => {
  expect(meaningOf(sku({ description, category: { resourceFamily: "Compute", usageType } }))).toEqual(meaning);
});

test("a known id counts whatever its description says; another family, unit or currency does not", () => {
  expect(meaningOf(sku({ skuId: "BB77-5FDA-69D9", description: "renamed" }))).toMatchObject({
    family: "n2",
    resource: "core",
  });
  expect(meaningOf(sku({ category: { resourceFamily: "License", usageType: "OnDemand" } }))).toBeUndefined();
  const inMonths = [{ pricingExpression: { usageUnit: "GiBy.mo", tieredRates: [] } }];
  expect(meaningOf(sku({ pricingInfo: inMonths }))).toBeUndefined();
  const tiers = (...tieredRates: unknown[]) => sku({ pricingInfo: [{ pricingExpression: { tieredRates } }] });
  expect(rateOf(tiers({ unitPrice: { currencyCode: "EUR", nanos: 5 } }))).toBeUndefined();
  expect(rateOf(tiers({ unitPrice: { units: "2", nanos: 5 } }))).toBe(2_000_000_005);
  const free = { startUsageAmount: 0, unitPrice: { nanos: 0 } };
  expect(rateOf(tiers({ startUsageAmount: 744, unitPrice: { nanos: 7 } }, free))).toBe(7);
  expect(rateOf(tiers(free))).toBeUndefined();
});

test("a machine costs vCPU × rate + GiB × rate, in every region the SKU serves, rounded once", () => {
  const ram = { description: "E2 Instance Ram running in Belgium", skuId: "0000-0000-0002" };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200_000_000 }), fc.integer({ min: 1, max: 30_000_000 }), (core, memory) => {
      const priced = (nanos: number) => [{ pricingExpression: { tieredRates: [{ unitPrice: { nanos } }] } }];
      const serviceRegions = ["europe-west1", "europe-west4"];
      const catalogue = indexCatalogue([
        sku({ pricingInfo: priced(core), serviceRegions }),
        sku({ ...ram, pricingInfo: priced(memory), serviceRegions }),
      ]);
      const size = { family: "e2", cores: 4, memoryGib: 16 };
      const expected = Math.round((4 * core + 16 * memory) / 1000);
      return serviceRegions.every((region) => priceOf(catalogue, size, region, "onDemand") === expected);
    }),
  );
  const half = indexCatalogue([sku()]);
  expect(priceOf(half, { family: "e2", cores: 2, memoryGib: 8 }, "europe-west1", "onDemand")).toBeUndefined();
});

test("the dated table knows few regions and families, and says nothing about the others", () => {
  const size = (family: string) => ({ family, cores: 2, memoryGib: 8 });
  expect(fallbackNodePrice("us-central1", size("n2"))).toBe(97_118);
  expect(fallbackNodePrice("us-central1", size("c3"))).toBeUndefined();
  expect(fallbackNodePrice("europe-west1", size("n2"))).toBeUndefined();
});
