import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addAmounts, copiesThatFit, scaleAmounts, subtractAmounts, ZERO_AMOUNTS } from "./amounts.ts";
import { describeCpu, describeMemory, formatCpuMilli, formatMemoryBytes } from "./format-quantity.ts";
import { parseCount, parseCpuMilli, parseMemoryBytes } from "./parse-quantity.ts";

const SUFFIXES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  "": [1n, 1n],
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 1000n],
  k: [1000n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [1n << 10n, 1n],
  Mi: [1n << 20n, 1n],
  Gi: [1n << 30n, 1n],
  Ti: [1n << 40n, 1n],
  Pi: [1n << 50n, 1n],
  Ei: [1n << 60n, 1n],
  e3: [1000n, 1n],
  "E+2": [100n, 1n],
  "e-4": [1n, 10n ** 4n],
  E0: [1n, 1n],
};

/** ceil(whole.fraction × suffix × unit) on integers only, capped as documented. */
function oracle(whole: string, fraction: string, suffix: string, unit: bigint): number {
  const [up, down] = SUFFIXES[suffix] ?? [1n, 1n];
  const numerator = BigInt(whole + fraction) * up * unit;
  const denominator = down * 10n ** BigInt(fraction.length);
  const ceiling = (numerator + denominator - 1n) / denominator;
  const cap = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(ceiling > cap ? cap : ceiling);
}

const digits = (max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: max }).map((list) => list.join(""));

describe("parsing", () => {
  test("every quantity equals exact integer arithmetic, rounded away from zero", () => {
    fc.assert(
      fc.property(
        digits(20),
        fc.option(digits(20), { nil: "" }),
        fc.constantFrom(...Object.keys(SUFFIXES)),
        fc.constantFrom("", "+", "-"),
        (whole, fraction, suffix, sign) => {
          const text = `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}${suffix}`;
          const signed = (value: number): number => (sign === "-" && value !== 0 ? -value : value);
          expect([parseMemoryBytes(text), parseCpuMilli(text)]).toEqual([
            signed(oracle(whole, fraction, suffix, 1n)),
            signed(oracle(whole, fraction, suffix, 1000n)),
          ]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["100m", 100],
    ["0.1", 100],
    ["1.5", 1500],
    ["1n", 1],
    ["0", 0],
    [".5", 500],
    ["5.", 5000],
    ["1e3", 1_000_000],
    ["-0.0001", -1],
    ["0.0005", 1],
    ["1E", Number.MAX_SAFE_INTEGER],
    ["1e-999999999999", 1],
    ["1e999999999999", Number.MAX_SAFE_INTEGER],
    ["0e999999999999", 0],
  ])("CPU %s is %d milli", (text, expected) => {
    expect(parseCpuMilli(text)).toBe(expected);
  });

  test.each([
    [0.1, 100],
    [2, 2000],
    [1e-7, 1],
    [1e21, Number.MAX_SAFE_INTEGER],
  ])("a number %d of a YAML file is %d milli-CPU", (value, expected) => {
    expect(parseCpuMilli(value)).toBe(expected);
  });

  test.each([
    ["128974848", 128_974_848],
    ["129e6", 129_000_000],
    ["128974848000m", 128_974_848],
    ["123Mi", 128_974_848],
    ["0.5Gi", 536_870_912],
    ["8388607Gi", 8_388_607 * 2 ** 30],
  ])("memory %s is %d bytes", (text, expected) => {
    expect(parseMemoryBytes(text)).toBe(expected);
  });

  test.each([
    "",
    " ",
    ".",
    "+",
    "-",
    "1 Gi",
    " 1",
    "1K",
    "1ki",
    "1Mib",
    "1e",
    "1e1.5",
    "0x10",
    "1_000",
    "1,5",
    "--1",
    "Gi",
    "1mm",
    "1KiB",
    "∞",
    "NaN",
    "1\n",
    "9".repeat(129),
  ])("%j is not a quantity", (text) => {
    expect([parseCpuMilli(text), parseMemoryBytes(text), parseCount(text)]).toEqual([undefined, undefined, undefined]);
  });

  test("a quantity as long as anybody writes is read, a longer one is not", () => {
    expect([parseCount(`${"0".repeat(127)}7`), parseCount(`${"0".repeat(128)}7`)]).toEqual([7, undefined]);
  });

  test.each([NaN, Infinity, -Infinity])("the number %d is not a quantity", (value) => {
    expect(parseCount(value)).toBeUndefined();
  });

  test("half a GPU is a whole one", () => {
    expect([parseCount("500m"), parseCount("2"), parseCount("2.000")]).toEqual([1, 2, 2]);
  });
});

describe("printing", () => {
  const integers = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -4096, max: 4096 }).map((value) => value * 1024),
  );

  test("what is printed reads back as the same integer", () => {
    fc.assert(
      fc.property(integers, (value) => {
        expect(parseCpuMilli(formatCpuMilli(value))).toBe(value);
        expect(parseMemoryBytes(formatMemoryBytes(value))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [0, "0", "0"],
    [-0, "0", "0"],
    [100, "100m", "100"],
    [1000, "1", "1000"],
    [1024, "1024m", "1Ki"],
    [1500, "1500m", "1500"],
    [2_000_000, "2k", "2000000"],
    [1_073_741_824, "1073741824m", "1Gi"],
    [-2048, "-2048m", "-2Ki"],
  ])("%d prints as CPU %s and as memory %s", (value, cpu, memory) => {
    expect([formatCpuMilli(value), formatMemoryBytes(value)]).toEqual([cpu, memory]);
  });

  test.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1_610_612_736, "1.5 GiB"],
    [3 * 2 ** 30, "3 GiB"],
    [2 ** 30 - 1024, "1 GiB"],
    [-(2 ** 30), "-1 GiB"],
    [2 ** 52, "4 PiB"],
  ])("%d bytes read %s", (value, text) => {
    expect(describeMemory(value)).toBe(text);
  });

  test("CPU reads in whole CPUs to a hundredth", () => {
    expect([1500, 2000, 50, 1, -250].map(describeCpu)).toEqual(["1.5 CPU", "2 CPU", "0.05 CPU", "0 CPU", "-0.25 CPU"]);
  });
});

describe("amounts", () => {
  const amounts = fc.record({
    cpuMilli: fc.nat(1_000_000),
    memoryBytes: fc.nat(),
    pods: fc.nat(1000),
    extended: fc.dictionary(fc.constantFrom("nvidia.com/gpu", "example.com/fpga", "constructor"), fc.nat(16)),
  });

  test("as many copies fit as can be subtracted, and not one more", () => {
    fc.assert(
      fc.property(amounts, amounts, (free, request) => {
        const copies = copiesThatFit(free, request);
        fc.pre(copies < Number.MAX_SAFE_INTEGER);
        const isEnough = (count: number): boolean => {
          const { extended, ...rest } = subtractAmounts(free, scaleAmounts(request, count));
          return [...Object.values(rest), ...Object.values(extended ?? {})].every((left) => left >= 0);
        };
        expect([isEnough(copies), isEnough(copies + 1)]).toEqual([true, false]);
      }),
      { numRuns: 500 },
    );
  });

  test("subtracting what was added gives the start back", () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const { extended = {}, ...rest } = subtractAmounts(addAmounts(a, b), b);
        const { extended: expected, ...start } = a;
        expect(rest).toEqual(start);
        for (const [name, units] of Object.entries(extended))
          expect(units).toBe(Object.hasOwn(expected, name) ? expected[name] : 0);
      }),
    );
  });

  test.each([
    ["nothing is asked for", ZERO_AMOUNTS, Number.MAX_SAFE_INTEGER],
    ["the extended resource is not there", { ...ZERO_AMOUNTS, extended: { "nvidia.com/gpu": 1 } }, 0],
    ["CPU runs out first", { cpuMilli: 300, memoryBytes: 1, pods: 1 }, 3],
    ["memory runs out first", { cpuMilli: 1, memoryBytes: 400, pods: 1 }, 2],
    ["pods run out first", { cpuMilli: 1, memoryBytes: 1, pods: 1 }, 5],
  ])("copies when %s", (_name, request, expected) => {
    expect(copiesThatFit({ cpuMilli: 1000, memoryBytes: 1000, pods: 5 }, request)).toBe(expected);
  });

  test("an extended resource that only one side has is kept", () => {
    const gpu = { ...ZERO_AMOUNTS, extended: { "nvidia.com/gpu": 2 } };
    expect([addAmounts(gpu, ZERO_AMOUNTS), addAmounts(ZERO_AMOUNTS, gpu)]).toEqual([gpu, gpu]);
    expect(subtractAmounts(ZERO_AMOUNTS, gpu).extended).toEqual({ "nvidia.com/gpu": -2 });
    expect(addAmounts(ZERO_AMOUNTS, ZERO_AMOUNTS)).toEqual(ZERO_AMOUNTS);
  });

  test("an overcommitted cluster has room for none", () => {
    expect(copiesThatFit({ cpuMilli: -1, memoryBytes: 10, pods: 10 }, { cpuMilli: 1, memoryBytes: 1, pods: 1 })).toBe(
      0,
    );
  });
});
