import { expect, test } from "vitest";
import { fallbackNodePrice } from "./price-fallback.ts";

test("within a series the price goes by cores; what the table does not hold is unknown", () => {
  expect(fallbackNodePrice("westeurope", "Standard_D4s_v5")).toBe(230_000);
  expect(fallbackNodePrice("westeurope", "Standard_D16s_v5")).toBe(920_000);
  expect(fallbackNodePrice("eastus", "Standard_E2_v5")).toBe(126_000);
  expect(fallbackNodePrice("westeurope", "Standard_M128")).toBeUndefined();
  expect(fallbackNodePrice("westeurope", "Standard_D4ads_v5")).toBeUndefined();
  expect(fallbackNodePrice("brazilsouth", "Standard_D4s_v5")).toBeUndefined();
});
