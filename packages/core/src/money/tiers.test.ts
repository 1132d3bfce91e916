import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BYTES_PER_GB, type PriceTier, tieredCost } from "./tiers.ts";

const GB = BYTES_PER_GB;
/** Free, then dear, then cheaper, without end. */
const TIERS: readonly PriceTier[] = [
  { toBytes: 100 * GB, microUsdPerGb: 0 },
  { toBytes: 10_240 * GB, microUsdPerGb: 90_000 },
  { toBytes: null, microUsdPerGb: 50_000 },
];

test.each([
  [0, 0, 0],
  [0, 100, 0],
  [0, 101, 90_000],
  [99, 2, 90_000],
  [100, 1, 90_000],
  [10_239, 1, 90_000],
  [10_239, 2, 140_000],
  [10_240, 1, 50_000],
  [0, 10_240, 912_600_000],
  [50, 20_000, 10_140 * 90_000 + 9_810 * 50_000],
])("after %d GB, %d GB more cost %d micro-USD", (usedGb, moreGb, microUsd) => {
  expect(tieredCost(TIERS, { usedBytes: usedGb * GB, moreBytes: moreGb * GB })).toBe(microUsd);
});

test("a byte costs less than a micro-USD; halves are rounded up", () => {
  expect(tieredCost(TIERS, { usedBytes: 200 * GB, moreBytes: 1 })).toBe(0);
  const flat: readonly PriceTier[] = [{ toBytes: null, microUsdPerGb: 1 }];
  expect(tieredCost(flat, { usedBytes: 0, moreBytes: GB / 2 })).toBe(1);
  expect(tieredCost(flat, { usedBytes: 0, moreBytes: GB / 2 - 1 })).toBe(0);
});

const bytes = fc.maxSafeNat().map((value) => value % 2 ** 50);
const anyTiers: fc.Arbitrary<readonly PriceTier[]> = fc
  .array(
    fc.record({ size: fc.integer({ min: 1, max: 2 ** 45 }), microUsdPerGb: fc.integer({ min: 0, max: 200_000 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((bands) => {
    let toBytes = 0;
    const tiers = bands.map(({ size, microUsdPerGb }) => ({ toBytes: (toBytes += size), microUsdPerGb }));
    return tiers.map((tier, index) => (index === tiers.length - 1 ? { ...tier, toBytes: null } : tier));
  });

test("the parts of a transfer add up to the whole, whatever the bands", () => {
  fc.assert(
    fc.property(anyTiers, bytes, bytes, bytes, (tiers, usedBytes, first, second) => {
      const whole = tieredCost(tiers, { usedBytes, moreBytes: first + second }) ?? Number.NaN;
      const parts =
        (tieredCost(tiers, { usedBytes, moreBytes: first }) ?? Number.NaN) +
        (tieredCost(tiers, { usedBytes: usedBytes + first, moreBytes: second }) ?? Number.NaN);
      expect(parts).toBe(whole);
    }),
    { numRuns: 500 },
  );
});

test("it is the integral: between the cheapest and the dearest rate, and the same as summing GB by GB", () => {
  fc.assert(
    fc.property(anyTiers, bytes, bytes, (tiers, usedBytes, moreBytes) => {
      const cost = tieredCost(tiers, { usedBytes, moreBytes }) ?? Number.NaN;
      const rates = tiers.map(({ microUsdPerGb }) => microUsdPerGb);
      expect(cost).toBeGreaterThanOrEqual(Math.floor((Math.min(...rates) * moreBytes) / GB) - 1);
      expect(cost).toBeLessThanOrEqual(Math.ceil((Math.max(...rates) * moreBytes) / GB) + 1);
    }),
  );
  let byGb = 0;
  for (let usedGb = 0; usedGb < 300; usedGb += 1) {
    byGb += tieredCost(TIERS, { usedBytes: usedGb * GB, moreBytes: GB }) ?? Number.NaN;
  }
  expect(byGb).toBe(tieredCost(TIERS, { usedBytes: 0, moreBytes: 300 * GB }));
});

test("traffic beyond the last band has no price; up to its very end it has", () => {
  const ending: readonly PriceTier[] = [{ toBytes: GB, microUsdPerGb: 10 }];
  expect(tieredCost(ending, { usedBytes: 0, moreBytes: GB })).toBe(10);
  expect(tieredCost(ending, { usedBytes: 0, moreBytes: GB + 1 })).toBeUndefined();
  expect(tieredCost(ending, { usedBytes: GB + 1, moreBytes: 0 })).toBeUndefined();
  expect(tieredCost([], { usedBytes: 0, moreBytes: 0 })).toBe(0);
  expect(tieredCost([], { usedBytes: 0, moreBytes: 1 })).toBeUndefined();
});

test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])("%d is no number of bytes", (wrong) => {
  expect(() => tieredCost(TIERS, { usedBytes: wrong, moreBytes: 0 })).toThrow(RangeError);
  expect(() => tieredCost(TIERS, { usedBytes: 0, moreBytes: wrong })).toThrow(RangeError);
});

test("bands out of order are a bug, and are told", () => {
  const wrong: readonly PriceTier[] = [
    { toBytes: 2 * GB, microUsdPerGb: 1 },
    { toBytes: GB, microUsdPerGb: 1 },
  ];
  expect(() => tieredCost(wrong, { usedBytes: 0, moreBytes: 3 * GB })).toThrow(RangeError);
});
