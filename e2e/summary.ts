/** The end of a run in words: failed and skipped tests by name, then the counts. */
export interface Summary {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reads what vitest's JSON reporter wrote; `label` begins the line of counts. A file that could not even be loaded counts as one failure. */
export function summarize(label: string, report: unknown): Summary {
  const { testResults = [] } = report as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !hasFailure(assertionResults),
  );
  const names = (...statuses: readonly string[]): readonly string[] =>
    tests.filter(({ status }) => statuses.includes(status)).map(({ fullName }) => fullName);
  const passed = names("passed").length;
  const failures = [...names("failed"), ...broken.map(({ name }) => `${name} (the file itself)`)];
  const skips = names("skipped", "pending", "todo", "disabled");
  return {
    passed,
    failed: failures.length,
    skipped: skips.length,
    lines: [
      ...failures.map((name) => `failed: ${name}`),
      ...skips.map((name) => `skipped: ${name}`),
      `${label}: ${passed} passed, ${failures.length} failed, ${skips.length} skipped`,
    ],
  };
}

interface VitestReport {
  readonly testResults?: readonly VitestFile[];
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly VitestTest[];
}

interface VitestTest {
  readonly fullName: string;
  readonly status: string;
}

function hasFailure(tests: readonly VitestTest[]): boolean {
  return tests.some(({ status }) => status === "failed");
}
