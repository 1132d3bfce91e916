/** Results of one kind, and the lines that name what failed or was skipped. */
export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

export interface StepResults {
  /** Lines `NAME EXITCODE`. */
  readonly steps: string;
  readonly checks: Counted;
  /** `undefined`: the tests did not get so far as to write a report. */
  readonly tests: Counted | undefined;
  readonly e2e: Counted | undefined;
  readonly demoIsJson: boolean;
}

/** Reads the lines `check NAME: ok|FAILED` that the checks print. */
export function countChecks(log: string): Counted {
  const found = [...log.matchAll(/^check ([\w-]+): (ok|FAILED)\b/gm)];
  const failures = found
    .filter(([, , verdict]) => verdict === "FAILED")
    .map(([, name]) => `failed: check ${name ?? ""}`);
  return { passed: found.length - failures.length, failed: failures.length, skipped: 0, lines: failures };
}

/**
 * The sum of checks, tests and e2e, plus one for the install and one for each form of the demo. A step that failed
 * although nothing in it did (a crash, the time limit) counts as one failure.
 */
export function tally(results: StepResults): Counted {
  const codes = new Map(results.steps.split("\n").flatMap(parseStep));
  const tests = results.tests ?? NOTHING;
  const e2e = results.e2e ?? NOTHING;
  const failed = (name: string): boolean => (codes.get(name) ?? 1) !== 0;
  const testStepFailed = failed("test") && (!codes.has("tests-alone") || failed("tests-alone"));
  const parts = [
    single("install", !failed("install")),
    results.checks,
    tests,
    unexplained("test", testStepFailed, results.checks.failed + tests.failed, results.tests),
    e2e,
    unexplained("e2e", failed("e2e"), e2e.failed, results.e2e),
    single("demo", !failed("demo")),
    single("demo -o json", !failed("demo-json") && results.demoIsJson),
  ];
  const sum = (count: (part: Counted) => number): number => parts.reduce((total, part) => total + count(part), 0);
  return {
    passed: sum((part) => part.passed),
    failed: sum((part) => part.failed),
    skipped: sum((part) => part.skipped),
    lines: parts.flatMap(({ lines }) => lines),
  };
}

const NOTHING: Counted = { passed: 0, failed: 0, skipped: 0, lines: [] };

function single(name: string, passed: boolean): Counted {
  return passed ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1, lines: [`failed: ${name}`] };
}

/** A report that is missing or a red exit code that no failed test explains must not pass for green. */
function unexplained(name: string, stepFailed: boolean, failures: number, report: Counted | undefined): Counted {
  if (report === undefined) return { ...NOTHING, failed: 1, lines: [`failed: ${name} wrote no report`] };
  if (!stepFailed || failures > 0) return NOTHING;
  return { ...NOTHING, failed: 1, lines: [`failed: ${name} ended with an error though no test failed`] };
}

function parseStep(line: string): readonly (readonly [string, number])[] {
  const [name, code] = line.split(" ");
  return name === undefined || code === undefined ? [] : [[name, Number(code)]];
}
