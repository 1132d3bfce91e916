import { expect, test } from "vitest";
import { distanceKm } from "./region-distance.ts";
import { REGION_PLACES } from "./region-places.ts";

test.each([
  ["eu-west-1", "northeurope", 0, 20],
  ["eu-central-1", "us-east-1", 6_400, 6_700],
  ["ap-southeast-2", "eu-west-2", 16_900, 17_100],
  ["us-west-2", "asia-northeast1", 7_500, 8_100],
  ["sa-east-1", "southamerica-east1", 0, 1],
])("%s to %s is between %i and %i km", (from, to, least, most) => {
  expect(distanceKm(from, to)).toBeGreaterThanOrEqual(least);
  expect(distanceKm(from, to)).toBeLessThanOrEqual(most);
  expect(distanceKm(to, from)).toBe(distanceKm(from, to));
});

test("a region is at no distance of itself, and an unknown one at an unknown distance of others", () => {
  expect([distanceKm("basement", "basement"), distanceKm("basement", "eu-west-1")]).toEqual([0, undefined]);
});

test("every place is on Earth", () => {
  for (const [latitude, longitude] of REGION_PLACES.values()) {
    expect(Math.abs(latitude)).toBeLessThan(70);
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
  }
});
