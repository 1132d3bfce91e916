import { expect, test } from "vitest";
import { isInExtendedSupport } from "./eks-support.ts";

const END_OF_1_33_MS = Date.UTC(2026, 6, 29);

test.each([
  ["EXTENDED", "1.33", END_OF_1_33_MS - 1, false],
  ["EXTENDED", "1.33", END_OF_1_33_MS, true],
  [undefined, "v1.33.7-eks-abc", END_OF_1_33_MS, true],
  ["STANDARD", "1.33", END_OF_1_33_MS, false],
  ["EXTENDED", "1.34", END_OF_1_33_MS, false],
  ["EXTENDED", "1.21", END_OF_1_33_MS, true],
  ["EXTENDED", "1.99", END_OF_1_33_MS, false],
  ["EXTENDED", null, END_OF_1_33_MS, false],
  ["EXTENDED", "latest", END_OF_1_33_MS, false],
])("support %s of %s is extended at %d: %s", (supportType, version, nowMs, isExtended) => {
  expect(isInExtendedSupport(supportType, version, nowMs)).toBe(isExtended);
});
