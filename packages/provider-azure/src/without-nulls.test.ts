import { expect, test } from "vitest";
import { withoutNulls } from "./without-nulls.ts";

test("null goes, at any depth; zero, false, dates and bytes stay", () => {
  const at = new Date(0);
  const bytes = new Uint8Array([1]);
  const given = { a: null, b: { c: null, d: 0 }, e: [null, { f: null, g: false }], at, bytes };
  expect(withoutNulls(given)).toStrictEqual({ b: { d: 0 }, e: [{ g: false }], at, bytes });
});
