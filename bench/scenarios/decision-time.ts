import type { DecideResult } from "../clients/decide.ts";
import { median } from "../median.ts";
import type { Figure, Scenario, ScenarioContext } from "../scenario.ts";
import { runChild } from "../start-child.ts";

/** Clusters, and the longest a decision over so many may take. */
const SIZES = [
  { clusters: 1_000, msMax: 1 },
  { clusters: 10_000, msMax: 10 },
] as const;
const PROGRAM = new URL("../clients/decide.ts", import.meta.url);

/** One decision with everything on: labels, taints, spread, limits, three scores. A process a round: warm code differs from one to the next. */
export const decisionTime: Scenario = {
  name: "decision",
  summary: "one decision over a generated fleet: selector, taints, node fit, spread, limits, capacity, cost and region",
  async run(ctx) {
    const figures: Figure[] = [];
    for (const { clusters, msMax } of SIZES) figures.push(...(await measure(clusters, msMax, ctx)));
    return figures;
  },
};

async function measure(
  clusters: number,
  msMax: number,
  { rounds, seed, progress }: ScenarioContext,
): Promise<readonly Figure[]> {
  const results: DecideResult[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`decision: ${clusters} clusters, round ${round} of ${rounds}`);
    const env = { DECIDE_CLUSTERS: String(clusters), DECIDE_SEED: String(seed) };
    results.push(await runChild<DecideResult>(PROGRAM, env));
  }
  const name = `${clusters.toLocaleString("en-US")} clusters`;
  const figure = (label: string, samples: readonly number[], rest: Pick<Figure, "limit" | "note"> = {}): Figure => ({
    name: `${label} ${name}`,
    value: median(samples),
    unit: "ms",
    samples,
    ...rest,
  });
  return [
    figure(
      "decision over",
      results.map(({ decisionMs }) => decisionMs),
      { limit: { atMost: msMax } },
    ),
    figure(
      "first decision over",
      results.map(({ firstMs }) => firstMs),
      {
        note: "with the snapshot turned into columns, and cold code",
      },
    ),
    figure(
      "explanation of",
      results.map(({ explanationMs }) => explanationMs),
    ),
  ];
}
