import { expect, test } from "vitest";
import { canonicalMachineType } from "./machine-type.ts";

/** As the price list writes them. */
const LISTED = [
  "Standard_D4s_v5",
  "Standard_DS2_v2",
  "Standard_B2ms",
  "Standard_A1",
  "Basic_A2",
  "Standard_E8-4ads_v5",
  "Standard_DS13-2_v2",
  "Standard_M128-32ms",
  "Standard_D2pls_v5",
  "Standard_NC24ads_A100_v4",
  "Standard_NC4as_T4_v3",
  "Standard_ND96isr_MI300X_v5",
  "Standard_NG8ads_V620_v1",
  "Standard_M416s_8_v2",
];

test.each(LISTED)("%s is found in any case", (listed) => {
  expect([listed, listed.toLowerCase(), listed.toUpperCase()].map(canonicalMachineType)).toEqual([
    listed,
    listed,
    listed,
  ]);
});

test("words without a rule, and what is no machine type, stay as they are", () => {
  for (const name of ["Standard_DC16ads_cc_v5", "Standard_D2_v2_Promo", "m5.large", "x' or armRegionName ne '", ""]) {
    expect(canonicalMachineType(name)).toBe(name);
  }
});
