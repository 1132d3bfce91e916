import { expect, test } from "vitest";
import { summarize } from "./summary.ts";

const file = (status: string, ...tests: readonly string[]): unknown => ({
  name: "suite.e2e.ts",
  status,
  assertionResults: tests.map((each, index) => ({ fullName: `test ${index}`, status: each })),
});

test("counts passed, failed and every kind of skipped, and names the latter two", () => {
  const { lines, ...counts } = summarize("e2e", {
    testResults: [file("failed", "passed", "failed", "skipped", "todo", "pending")],
  });
  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 3 });
  expect(lines).toContain("failed: test 1");
  expect(lines).toContain("skipped: test 3");
});

test("a file that could not be loaded counts as one failure", () => {
  expect(summarize("e2e", { testResults: [file("failed"), file("passed", "passed")] })).toMatchObject({
    passed: 1,
    failed: 1,
  });
});
