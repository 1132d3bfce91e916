// Adds up what the steps of `.ci/run` left in a folder, and prints failed and skipped tests by name and the closing line.
// Exit code 1 when anything failed.
import { readFileSync } from "node:fs";
import path from "node:path";
import { summarize } from "../summary.ts";
import { countChecks, tally, type Counted } from "./tally-steps.ts";

const [folder = "."] = process.argv.slice(2);

const read = (file: string): string | undefined => {
  try {
    return readFileSync(path.join(folder, file), "utf8");
  } catch {
    return undefined; // the step did not get so far; its exit code says that it failed
  }
};

const report = (label: string, file: string): Counted | undefined => {
  const text = read(file);
  return text === undefined || text === "" ? undefined : summarize(label, JSON.parse(text));
};

const isJson = (text: string | undefined): boolean => {
  try {
    return typeof JSON.parse(text ?? "") === "object";
  } catch {
    return false;
  }
};

const result = tally({
  steps: read("steps") ?? "",
  checks: countChecks(read("test.log") ?? ""),
  tests: report("tests", "vitest.json"),
  e2e: report("e2e", "e2e.json"),
  demoIsJson: isJson(read("demo.json")),
});
for (const line of result.lines) console.log(line);
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
process.exitCode = result.failed === 0 ? 0 : 1;
