import { BYTES_PER_GB } from "@flotilla/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AzureEgressInput, egressCost } from "./egress.ts";

const priceOf = (region: string, usedGb: number, moreGb: number, to?: AzureEgressInput["to"]) =>
  egressCost({
    region,
    usedBytes: usedGb * BYTES_PER_GB,
    moreBytes: moreGb * BYTES_PER_GB,
    ...(to === undefined ? {} : { to }),
  });

const costOf = (...input: Parameters<typeof priceOf>): number => {
  const price = priceOf(...input);
  if (!price.known) throw new Error(price.reason);
  return price.microUsd;
};

test("each gigabyte costs what its band says", () => {
  expect(costOf("West Europe", 0, 100)).toBe(0);
  expect(costOf("westeurope", 0, 101)).toBe(87_000);
  expect(costOf("eastus2", 100, 1)).toBe(87_000);
  expect(costOf("uksouth", 10_240, 1)).toBe(83_000);
  expect(costOf("centralus", 51_200, 1)).toBe(70_000);
  expect(costOf("canadaeast", 153_600, 2)).toBe(100_000);
  expect(costOf("southeastasia", 99, 2)).toBe(120_000);
});

test("zones are free, other regions cost by the way there", () => {
  expect(costOf("westeurope", 0, 1, "zone")).toBe(0);
  expect(costOf("westeurope", 0, 1, { region: "West Europe" })).toBe(0);
  expect(costOf("westeurope", 0, 1, { region: "northeurope" })).toBe(20_000);
  expect(costOf("westeurope", 0, 1, { region: "eastus" })).toBe(50_000);
  expect(costOf("centralindia", 0, 1, { region: "japaneast" })).toBe(20_000);
});

test("parts add up to the whole", () => {
  const gb = fc.integer({ min: 0, max: 400_000 });
  fc.assert(
    fc.property(gb, gb, gb, (used, first, second) => {
      const parts = costOf("westeurope", used, first) + costOf("westeurope", used + first, second);
      expect(parts).toBe(costOf("westeurope", used, first + second));
    }),
  );
});

test("what is not known is not guessed", () => {
  expect(priceOf("brazilsouth", 0, 1)).toMatchObject({ known: false });
  expect(priceOf("westeurope", 0, 1, { region: "brazilsouth" })).toMatchObject({ known: false });
  expect(priceOf("japaneast", 10_240, 1)).toMatchObject({ known: false });
  expect(priceOf("notwesteurope", 0, 1)).toMatchObject({ known: false });
});
