import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillByWeights } from "./fill-by-weights.ts";
import { fillInOrder } from "./fill-in-order.ts";
import { fillPacked } from "./fill-packed.ts";
import type { FillTask } from "./fill-task.ts";

const RUNS = { numRuns: 400 };

interface Case {
  readonly task: FillTask;
  readonly keys: Float64Array;
}

/** Tasks as divisions make them: lower within upper and within the caps, up to two families of capped groups. */
function cases(sizeMax = 8, amountMax = 12): fc.Arbitrary<Case> {
  const candidate = fc.record({
    upper: fc.nat(amountMax),
    lowerPart: fc.double({ min: 0, max: 1, noNaN: true }),
    key: fc.integer({ min: 1, max: 20 }),
    groups: fc.tuple(fc.nat(2), fc.nat(2)),
  });
  return fc
    .record({
      candidates: fc.array(candidate, { minLength: 1, maxLength: sizeMax }),
      total: fc.nat(sizeMax * amountMax),
      caps: fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)), { maxLength: 2 }),
      withLower: fc.boolean(),
    })
    .map(({ candidates, total, caps, withLower }) => {
      const lower = candidates.map((each) => (withLower ? Math.floor(each.lowerPart * each.upper) : 0));
      const used = (family: number, group: number): number =>
        candidates.reduce((sum, each, at) => sum + (each.groups[family] === group ? (lower[at] ?? 0) : 0), 0);
      const least = lower.reduce((sum, count) => sum + count, 0);
      return {
        keys: Float64Array.from(candidates, (each) => each.key),
        task: {
          size: candidates.length,
          total: Math.max(total, least),
          lower: Float64Array.from(lower),
          upper: Float64Array.from(candidates, (each) => each.upper),
          caps: caps.map((cap, family) => ({
            codes: Int32Array.from(candidates, (each) => each.groups[family] ?? 0),
            cap: Float64Array.from(cap, (most, group) => Math.max(most, used(family, group))),
          })),
        },
      };
    });
}

/** The definition, replica by replica: slow and plain. */
function webster({ task, keys }: Case): readonly number[] {
  const seats = Array.from(task.lower);
  const fits = (at: number): boolean =>
    (seats[at] ?? 0) < (task.upper[at] ?? 0) &&
    task.caps.every(({ codes, cap }) => {
      const used = seats.reduce((sum, count, other) => sum + (codes[other] === codes[at] ? count : 0), 0);
      return used < (cap[codes[at] ?? 0] ?? 0);
    });
  for (let given = sum(seats); given < task.total; given += 1) {
    const open = seats.map((_, at) => at).filter(fits);
    const quotient = (at: number): number => (keys[at] ?? 0) / (2 * (seats[at] ?? 0) + 1);
    open.sort((a, b) => quotient(b) - quotient(a) || (seats[a] ?? 0) - (seats[b] ?? 0) || a - b);
    const [first] = open;
    if (first === undefined) break;
    seats[first] = (seats[first] ?? 0) + 1;
  }
  return seats;
}

const FILLS = { fillByWeights, fillInOrder, fillPacked };

describe.each(Object.entries(FILLS))("%s", (_, fill) => {
  test("stays within bounds and caps, and stops only when full", () => {
    fc.assert(
      fc.property(cases(), ({ task, keys }) => {
        const replicas = fill(task, keys);
        expect(sum(replicas)).toBeLessThanOrEqual(task.total);
        for (let at = 0; at < task.size; at += 1) {
          expect(replicas[at]).toBeGreaterThanOrEqual(task.lower[at] ?? 0);
          expect(replicas[at]).toBeLessThanOrEqual(task.upper[at] ?? 0);
        }
        const loads = task.caps.map(({ codes, cap }) =>
          Array.from(cap, (_most, group) => replicas.reduce((load, n, at) => load + (codes[at] === group ? n : 0), 0)),
        );
        for (const [family, { cap }] of task.caps.entries()) {
          for (const [group, most] of cap.entries()) expect(loads[family]?.[group]).toBeLessThanOrEqual(most);
        }
        if (sum(replicas) === task.total) return;
        for (let at = 0; at < task.size; at += 1) {
          const full = replicas[at] === task.upper[at];
          const capped = task.caps.some(({ codes, cap }, family) => {
            const group = codes[at] ?? 0;
            return loads[family]?.[group] === cap[group];
          });
          expect(full || capped).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("one replica more takes none away from anybody", () => {
    // Packing is by nature not so: another count can be packed into another cluster.
    if (fill === fillPacked) return;
    fc.assert(
      fc.property(cases(), ({ task, keys }) => {
        const before = fill(task, keys);
        const after = fill({ ...task, total: task.total + 1 }, keys);
        expect(sum(after) - sum(before)).toBeLessThanOrEqual(1);
        for (let at = 0; at < task.size; at += 1) expect(after[at]).toBeGreaterThanOrEqual(before[at] ?? 0);
      }),
      RUNS,
    );
  });
});

test("jumping ahead gives what replica by replica gives", () => {
  fc.assert(
    fc.property(cases(5, 60), (each) => {
      expect(Array.from(fillByWeights(each.task, each.keys))).toEqual(webster(each));
    }),
    { numRuns: 1_000 },
  );
});

test("a million replicas cost no more than some", () => {
  const size = 100;
  const keys = Float64Array.from({ length: size }, (_, at) => 1 + (at % 7));
  const lower = new Float64Array(size);
  const upper = new Float64Array(size).fill(1_000_000);
  const replicas = fillByWeights({ size, total: 1_000_000, lower, upper, caps: [] }, keys);
  expect(sum(replicas)).toBe(1_000_000);
  const weight = keys.reduce((total, key) => total + key, 0);
  for (const [at, count] of replicas.entries()) {
    expect(Math.abs(count - (1_000_000 * (keys[at] ?? 0)) / weight)).toBeLessThan(1);
  }
});

test("filling in order takes the greatest key first, and the smaller index of equals", () => {
  const task = { size: 3, total: 7, lower: zeros(3), upper: Float64Array.of(4, 4, 4), caps: [] };
  expect([...fillInOrder(task, Float64Array.of(1, 5, 5))]).toEqual([0, 4, 3]);
});

test("packing uses the fewest candidates, and the best of those that take the rest", () => {
  const task = { size: 4, total: 9, lower: zeros(4), upper: Float64Array.of(2, 6, 4, 5), caps: [] };
  expect([...fillPacked(task, Float64Array.of(1, 1, 9, 1))]).toEqual([0, 6, 3, 0]);
  fc.assert(
    fc.property(cases(), ({ task: given, keys }) => {
      const plain = { ...given, lower: zeros(given.size), caps: [] };
      const used = fillPacked(plain, keys).filter((n) => n > 0).length;
      const roomiest = Array.from(plain.upper).sort((a, b) => b - a);
      let left = plain.total;
      const fewest = roomiest.filter((room) => {
        const needed = left > 0 && room > 0;
        left -= room;
        return needed;
      }).length;
      expect(used).toBe(fewest);
    }),
    RUNS,
  );
});

function zeros(size: number): Float64Array {
  return new Float64Array(size);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}
