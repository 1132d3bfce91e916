// Prepares the real programs, runs the suites one after the other, and ends with one summary line. Arguments go to vitest
// (`npm run test:e2e -- main-job`); `--json FILE` also writes vitest's results there.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { prepareRealBinaries } from "./real-clusters/prepare-real-binaries.ts";
import { SKIP_VARIABLE } from "./skip-variable.ts";
import { summarize } from "./summary.ts";

/** Measured: all suites about 8 minutes on two cores, the installation of other clients not counted. Past this something hangs. */
const SUITES_TIMEOUT_MS = 30 * 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const skip = await skipReason();
  if (skip !== undefined) say(`real control planes are skipped: ${skip}`);
  const scratch = await mkdtemp(path.join(tmpdir(), "flotilla-e2e-report-"));
  const [jsonFile, rest] = takeOption(args, "--json", path.join(scratch, "report.json"));
  try {
    const exitCode = await runVitest(jsonFile, rest, skip === undefined ? {} : { [SKIP_VARIABLE]: skip });
    const summary = summarize("e2e", JSON.parse(await readFile(jsonFile, "utf8")));
    for (const line of summary.lines) say(line);
    return exitCode;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A machine that cannot build the programs is no failure; a build that breaks is. */
async function skipReason(): Promise<string | undefined> {
  const prepared = await prepareRealBinaries(say);
  return "reason" in prepared ? prepared.reason : undefined;
}

function runVitest(jsonFile: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const entry = path.resolve(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
  const config = path.join(import.meta.dirname, "vitest.config.ts");
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${jsonFile}`];
  const child = spawn(process.execPath, [entry, "run", "--config", config, ...reporters, ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    timeout: SUITES_TIMEOUT_MS,
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on("error", reject);
  child.on("close", (code) => resolve(code ?? 1));
  return promise;
}

function takeOption(args: readonly string[], name: string, fallback: string): [string, readonly string[]] {
  const at = args.indexOf(name);
  const value = args[at + 1];
  return at < 0 || value === undefined ? [fallback, args] : [path.resolve(value), args.toSpliced(at, 2)];
}

process.exitCode = await main(process.argv.slice(2));
