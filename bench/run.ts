// Named scenarios with named limits. `npm run bench [-- SCENARIO…] [--rounds N] [--seed N] [-o json]`.
// Exit 1 when a limit is broken; 2 for a call that makes no sense.
import { parseArgs } from "node:util";
import { formatFigures } from "./report.ts";
import { isKept, type Figure, type Scenario } from "./scenario.ts";

/** Loaded one by one, so that a scenario does not pay for the imports of another. */
const SCENARIOS: Readonly<Record<string, () => Promise<Scenario>>> = {
  import: async () => (await import("./scenarios/import-weight.ts")).importWeight,
  decision: async () => (await import("./scenarios/decision-time.ts")).decisionTime,
  apply: async () => (await import("./scenarios/apply-rate.ts")).applyRate,
  watch: async () => (await import("./scenarios/watch-rate.ts")).watchRate,
  discovery: async () => (await import("./scenarios/cloud-discovery.ts")).cloudDiscovery,
  "cloud-start": async () => (await import("./scenarios/cloud-start.ts")).cloudStart,
};

interface Options {
  readonly names: readonly string[];
  readonly rounds: number;
  readonly seed: number;
  readonly isJson: boolean;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      output: { type: "string", short: "o", default: "table" },
    },
  });
  const names = positionals.length === 0 ? Object.keys(SCENARIOS) : positionals;
  for (const name of names) {
    if (!(name in SCENARIOS)) throw new RangeError(`no scenario "${name}": ${Object.keys(SCENARIOS).join(", ")}`);
  }
  const rounds = Number(values.rounds);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new RangeError(`--rounds is a whole number from 1 up`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed is a whole number`);
  return { names, rounds, seed, isJson: values.output === "json" };
}

async function runScenarios({ names, rounds, seed, isJson }: Options): Promise<readonly Figure[]> {
  const all: Figure[] = [];
  for (const name of names) {
    const scenario = await SCENARIOS[name]?.();
    if (scenario === undefined) continue;
    const progress = (message: string): void => void process.stderr.write(`${message}\n`);
    const figures = await scenario.run({ rounds, seed, progress });
    all.push(...figures);
    if (!isJson) process.stdout.write(`\n${scenario.name}: ${scenario.summary}\n${formatFigures(figures)}\n`);
  }
  return all;
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const figures = await runScenarios(options);
  const broken = figures.filter((figure) => !isKept(figure)).map(({ name }) => name);
  const { rounds, seed } = options;
  const run = { node: process.version, seed, rounds, figures, broken };
  if (options.isJson) process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  else {
    const outcome = broken.length === 0 ? "every limit kept" : `broken: ${broken.join("; ")}`;
    process.stdout.write(`\nnode ${process.version}, seed ${seed}, ${rounds} rounds: ${outcome}\n`);
  }
  return broken.length === 0 ? 0 : 1;
}

process.exitCode = await main();
