import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCloudError } from "../errors/cloud-error.ts";
import { canonicalJson } from "./canonical-json.ts";
import { digestOf } from "./digest-of.ts";
import { jsonEqual } from "./json-equal.ts";

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, reversed(child)]),
  );
}

describe("canonical JSON", () => {
  test("says the same whatever the order of members, and reads back as the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(jsonEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("sorts members by code unit and prints numbers as ECMAScript does (RFC 8785, 3.2.3)", () => {
    // The member names and their order are the ones of the RFC's own sorting example.
    const names = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
    const members = Object.fromEntries(names.toReversed().map((name) => [name, 0]));
    expect(canonicalJson(members)).toBe(`{${names.map((name) => `${JSON.stringify(name)}:0`).join(",")}}`);
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
  });

  test("leaves out what is undefined, as JSON does", () => {
    expect(canonicalJson({ b: undefined, a: [undefined, null] })).toBe('{"a":[null,null]}');
  });

  test.each([[NaN], [Infinity], [1n], [Symbol("x")], [() => 1]])("refuses %s", (value) => {
    expect(() => canonicalJson({ a: [value] })).toThrow(/not JSON/);
  });

  test("refuses nesting that would end the process, and a cycle", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    for (const value of [cycle, Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 1)]) {
      expect(() => canonicalJson(value)).toThrow(expect.toSatisfy((error) => isCloudError(error, "invalid")) as Error);
    }
  });
});

test("the digest is SHA-256 of the canonical text in UTF-8", () => {
  expect(digestOf({ b: 1, a: "€" })).toBe(createHash("sha256").update('{"a":"€","b":1}', "utf8").digest("hex"));
  expect(digestOf({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});

describe("equality", () => {
  test("is that of canonical JSON", () => {
    const small = fc.jsonValue({ maxDepth: 2 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(jsonEqual(a, reversed(a))).toBe(true);
        expect(jsonEqual(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[unknown, unknown]>([
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [[], {}],
    [{}, []],
    [[1], [1, 2]],
    [null, {}],
    [0, "0"],
    [{ toString: 1 }, {}],
  ])("%j is not %j", (a, b) => {
    expect([jsonEqual(a, b), jsonEqual(b, a)]).toEqual([false, false]);
  });
});
