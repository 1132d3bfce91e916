import { expect, test } from "vitest";
import { egressCost, type GcpEgressInput } from "./egress.ts";

const GB = 2 ** 30;
const cost = (region: string, usedGb: number, moreGb: number, over: Pick<GcpEgressInput, "to" | "tier"> = {}) => {
  const price = egressCost({ region, usedBytes: usedGb * GB, moreBytes: moreGb * GB, ...over });
  return price.known ? price.microUsd : price.reason;
};

test("each band of the month has its rate, and a transfer over an edge pays both", () => {
  expect(cost("europe-west1", 0, 1)).toBe(120_000);
  expect(cost("europe-west1", 1023, 2)).toBe(120_000 + 110_000);
  expect(cost("us-central1", 10_239, 2)).toBe(110_000 + 80_000);
  expect(cost("us-central1", 10_239, 2, { tier: "standard" })).toBe(85_000 + 65_000);
  expect(cost("asia-east1", 153_599, 2, { tier: "standard" })).toBe(65_000 + 45_000);
});

test.for([
  ["europe-west1", "europe-west4", 20_000],
  ["us-central1", "northamerica-northeast1", 20_000],
  ["us-central1", "europe-west1", 80_000],
  ["asia-east1", "asia-northeast1", 80_000],
  ["europe-west1", "australia-southeast1", 100_000],
  ["asia-southeast2", "asia-east1", 100_000],
  ["southamerica-east1", "us-central1", 140_000],
  ["europe-west1", "europe-west1", 0],
] as const)("a GB from %s to %s is %s micro-USD", ([region, to, rate]) => {
  expect(cost(region, 5000, 3, { to: { region: to } })).toBe(3 * rate);
});

test("zones have a price, unknown places none, and what is known says how old it is", () => {
  expect(cost("europe-west1", 0, 2, { to: "zone" })).toBe(20_000);
  expect(cost("me-central1", 0, 1)).toContain("me-central1");
  expect(cost("europe-west1", 0, 1, { to: { region: "africa-south1" } })).toContain("no traffic price");
  expect(egressCost({ region: "us-central1", usedBytes: 0, moreBytes: 1 })).toMatchObject({
    source: "gcp-fallback-2026-09-23",
  });
});
