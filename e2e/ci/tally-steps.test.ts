import { expect, test } from "vitest";
import { countChecks, tally, type Counted, type StepResults } from "./tally-steps.ts";

const counted = (passed: number, failed = 0, skipped = 0): Counted => ({ passed, failed, skipped, lines: [] });

const GREEN: StepResults = {
  steps: "install 0\ntest 0\ne2e 0\ndemo 0\ndemo-json 0\n",
  checks: counted(9),
  tests: counted(100, 0, 2),
  e2e: counted(20, 0, 1),
  demoIsJson: true,
};

const counts = (results: Partial<StepResults>): string => {
  const { passed, failed, skipped } = tally({ ...GREEN, ...results });
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
};

test("a green run sums install, checks, tests, e2e and both demos", () => {
  expect(counts({})).toBe("132 passed, 0 failed, 3 skipped");
});

test("failures inside a step count once each, not again for the step", () => {
  const steps = GREEN.steps.replace("test 0", "test 1").replace("e2e 0", "e2e 1");
  expect(counts({ steps, tests: counted(98, 2, 2), e2e: counted(19, 1, 1) })).toBe("129 passed, 3 failed, 3 skipped");
});

test("a failed check explains a red test step whose tests then ran alone", () => {
  const steps = `${GREEN.steps.replace("test 0", "test 1")}tests-alone 0\n`;
  expect(counts({ steps, checks: counted(8, 1) })).toBe("131 passed, 1 failed, 3 skipped");
});

test("a red step without a failed test is a failure of its own", () => {
  expect(counts({ steps: GREEN.steps.replace("test 0", "test 124") })).toBe("132 passed, 1 failed, 3 skipped");
  expect(counts({ steps: GREEN.steps.replace("e2e 0", "e2e 1") })).toBe("132 passed, 1 failed, 3 skipped");
});

test("a missing report is a failure, whatever the exit code", () => {
  expect(counts({ tests: undefined })).toBe("32 passed, 1 failed, 1 skipped");
  expect(counts({ e2e: undefined })).toBe("112 passed, 1 failed, 2 skipped");
});

test("a step that never ran is a failure", () => {
  expect(counts({ steps: GREEN.steps.replace("demo 0\n", "") })).toBe("131 passed, 1 failed, 3 skipped");
});

test("the demo's JSON must be JSON even when the exit code is 0", () => {
  const result = tally({ ...GREEN, demoIsJson: false });
  expect(result.lines).toEqual(["failed: demo -o json"]);
});

test("reads the verdicts that the checks print, and nothing else that looks like them", () => {
  const log =
    "check format: ok (0.4 s)\ncheck dead-code: FAILED (1.0 s)\ncheck: 1 passed, 1 failed\n  check lint: ok\n";
  expect(countChecks(log)).toEqual({ passed: 1, failed: 1, skipped: 0, lines: ["failed: check dead-code"] });
});
