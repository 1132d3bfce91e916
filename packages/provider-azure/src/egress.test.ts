import fc from "fast-check";
import { expect, test } from "vitest";
import { egressCost } from "./egress.ts";

const cost = (region: string, usedGb: number, moreGb: number): number => {
  const price = egressCost({ region, usedGb, moreGb });
  if (!price.known) throw new Error(price.reason);
  return price.microUsd;
};

test("each gigabyte costs what its band says", () => {
  expect(cost("West Europe", 0, 100)).toBe(0);
  expect(cost("westeurope", 0, 101)).toBe(87_000);
  expect(cost("eastus2", 100, 1)).toBe(87_000);
  expect(cost("uksouth", 10_240, 1)).toBe(83_000);
  expect(cost("centralus", 51_200, 1)).toBe(70_000);
  expect(cost("canadaeast", 153_600, 2)).toBe(100_000);
  expect(cost("southeastasia", 99, 2)).toBe(120_000);
});

test("parts add up to the whole", () => {
  const gb = fc.integer({ min: 0, max: 400_000 });
  fc.assert(
    fc.property(gb, gb, gb, (used, first, second) => {
      const parts = cost("westeurope", used, first) + cost("westeurope", used + first, second);
      expect(parts).toBe(cost("westeurope", used, first + second));
    }),
  );
});

test("what is not known is not guessed", () => {
  expect(egressCost({ region: "brazilsouth", usedGb: 0, moreGb: 1 })).toMatchObject({ known: false });
  expect(egressCost({ region: "japaneast", usedGb: 10_240, moreGb: 1 })).toMatchObject({ known: false });
});
