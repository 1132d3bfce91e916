import { startClouds } from "../clouds/start-clouds.ts";
import { median } from "../median.ts";
import { installPacked } from "../packed.ts";
import type { Figure, Scenario } from "../scenario.ts";

const PACKED = ["core", "documents", "provider-aws", "provider-gcp", "provider-azure"] as const;
const COLD_STARTS = 7;
const IMPORT_MS_MAX = 60;
const FIRST_DISCOVERY_MS_MAX = 600;
/** Of the 1,000 clusters: the start is what is measured, not the size. */
const SHARE = 0.01;

interface ColdStart {
  readonly importMs: number;
  readonly discoveryMs: number;
  readonly clusters: number;
}

interface Cloud {
  readonly name: string;
  /** JavaScript that makes the provider from `at`, the addresses of the clouds. */
  readonly create: string;
}

const CLOUDS: readonly Cloud[] = [
  {
    name: "aws",
    create: `provider.createAwsProvider({ name: "aws", options: { endpoint: at.aws.url } }, { credentials: async () => at.aws })`,
  },
  {
    name: "gcp",
    create: `provider.createGcpProvider({ name: "gcp", options: { endpoint: at.gcp.url, credentials: { tokenEnv: "T" } } }, { env: { T: at.gcp.token } })`,
  },
  {
    name: "azure",
    create: `provider.createAzureProvider({ name: "azure", options: { endpoint: at.azure.url, credentials: { tokenEnv: "T", aksTokenEnv: "A" } } }, { env: { T: at.azure.armToken, A: at.azure.aksToken } })`,
  },
];

/** What a provisioning script pays before it knows anything: the provider's import, then its SDK with the first discovery. */
export const cloudStart: Scenario = {
  name: "cloud-start",
  summary:
    "each packed provider in a cold process: its import, then one discovery of a small fleet with the SDK's load",
  async run({ seed, progress }) {
    progress("cloud-start: build and pack");
    await using packed = await installPacked(PACKED);
    await using clouds = await startClouds({ seed, share: SHARE });
    const starts = new Map<string, ColdStart[]>(CLOUDS.map(({ name }) => [name, []]));
    for (const cloud of CLOUDS) await packed.write(`${cloud.name}.mjs`, program(cloud));
    for (let start = 1; start <= COLD_STARTS; start += 1) {
      progress(`cloud-start: cold start ${start} of ${COLD_STARTS}`);
      for (const [name, all] of starts) all.push(await packed.coldStart<ColdStart>(`${name}.mjs`, clouds.env));
    }
    return [...starts].flatMap(([name, all]) => figures(name, all));
  },
};

function program({ name, create }: Cloud): string {
  return `
const at = JSON.parse(process.env.BENCH_CLOUDS);
const startedAtMs = performance.now();
const provider = await import("@flotilla/provider-${name}");
const importMs = performance.now() - startedAtMs;
const { discovery } = ${create};
const askedAtMs = performance.now();
const events = await Array.fromAsync(discovery.discover({}, { signal: AbortSignal.timeout(30_000) }));
const discoveryMs = performance.now() - askedAtMs;
const gap = events.find(({ type }) => type === "gap");
if (gap !== undefined) throw gap.error;
const clusters = events.filter(({ type }) => type === "cluster").length;
console.log(JSON.stringify({ importMs, discoveryMs, clusters }));
process.exit(0);
`;
}

function figures(name: string, starts: readonly ColdStart[]): readonly Figure[] {
  if (starts.some(({ clusters }) => clusters === 0)) throw new Error(`${name}: found no cluster`);
  const figure = (label: string, samples: readonly number[], atMost: number): Figure => ({
    name: label,
    value: median(samples),
    unit: "ms",
    limit: { atMost },
    samples,
  });
  return [
    figure(
      `import @flotilla/provider-${name}`,
      starts.map(({ importMs }) => importMs),
      IMPORT_MS_MAX,
    ),
    figure(
      `first discovery of ${name}, SDK load included`,
      starts.map(({ discoveryMs }) => discoveryMs),
      FIRST_DISCOVERY_MS_MAX,
    ),
  ];
}
