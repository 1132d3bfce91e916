import { median } from "../median.ts";
import { installPacked, type Packed } from "../packed.ts";
import type { Figure, Scenario } from "../scenario.ts";

const PACKED = ["core", "scheduler"] as const;
const COLD_STARTS = 9;
const IMPORT_MS_MAX = 40;
const RSS_MIB_MAX = 15;
const MIB = 2 ** 20;

interface ColdStart {
  readonly ms: number;
  readonly rssBytes: number;
}

/** What a user pays who imports the packages as published. */
export const importWeight: Scenario = {
  name: "import",
  summary: "import of the packed @flotilla/core and @flotilla/scheduler in a cold process, over a bare one",
  async run({ progress }) {
    progress("import: build and pack");
    await using packed = await installPacked(PACKED);
    for (const name of PACKED) await packed.write(`${name}.mjs`, program(`await import("@flotilla/${name}");`));
    await packed.write("bare.mjs", program(""));
    return await measure(packed, progress);
  },
};

async function measure(packed: Packed, progress: (message: string) => void): Promise<readonly Figure[]> {
  const bare: ColdStart[] = [];
  const loaded = new Map<string, ColdStart[]>(PACKED.map((name) => [name, []]));
  for (let start = 1; start <= COLD_STARTS; start += 1) {
    progress(`import: cold start ${start} of ${COLD_STARTS}`);
    bare.push(await packed.coldStart<ColdStart>("bare.mjs"));
    for (const [name, starts] of loaded) starts.push(await packed.coldStart<ColdStart>(`${name}.mjs`));
  }
  return [...loaded].flatMap(([name, starts]) => figures(`@flotilla/${name}`, starts, bare));
}

function program(statement: string): string {
  return [
    "const startedAtMs = performance.now();",
    statement,
    "const ms = performance.now() - startedAtMs;",
    "console.log(JSON.stringify({ ms, rssBytes: process.memoryUsage.rss() }));",
  ].join("\n");
}

function figures(name: string, starts: readonly ColdStart[], bare: readonly ColdStart[]): readonly Figure[] {
  const ms = starts.map((start) => start.ms);
  const bareBytes = median(bare.map(({ rssBytes }) => rssBytes));
  const rss = starts.map(({ rssBytes }) => (rssBytes - bareBytes) / MIB);
  return [
    { name: `import ${name}`, value: median(ms), unit: "ms", limit: { atMost: IMPORT_MS_MAX }, samples: ms },
    { name: `memory of ${name}`, value: median(rss), unit: "MiB", limit: { atMost: RSS_MIB_MAX }, samples: rss },
  ];
}
