import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { median } from "../median.ts";
import type { Figure, Scenario } from "../scenario.ts";

const run = promisify(execFile);

const PACKED = ["core", "scheduler"] as const;
/** Dependencies from outside that the packed packages would install; loaded only where a policy is parsed. */
const OUTSIDE = ["zod"];
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
    const root = resolve(import.meta.dirname, "../..");
    const folder = await mkdtemp(join(tmpdir(), "flotilla-import-"));
    try {
      progress("import: build and pack");
      await install(root, folder);
      const bare: ColdStart[] = [];
      const loaded = new Map<string, ColdStart[]>();
      for (let start = 1; start <= COLD_STARTS; start += 1) {
        progress(`import: cold start ${start} of ${COLD_STARTS}`);
        bare.push(await coldStart(folder, "bare.mjs"));
        for (const name of PACKED)
          loaded.set(name, [...(loaded.get(name) ?? []), await coldStart(folder, `${name}.mjs`)]);
      }
      return [...loaded].flatMap(([name, starts]) => figures(`@flotilla/${name}`, starts, bare));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Builds, packs and unpacks as an install would, without asking a registry. */
async function install(root: string, folder: string): Promise<void> {
  const bin = join(root, "node_modules/.bin");
  await run(join(bin, "tsc"), ["-b", ...PACKED.map((name) => `packages/${name}`)], { cwd: root });
  const scope = join(folder, "node_modules/@flotilla");
  for (const name of PACKED) {
    const target = join(scope, name);
    await mkdir(target, { recursive: true });
    const packing = await run(
      "npm",
      ["pack", "--json", "--pack-destination", folder, "--workspace", `@flotilla/${name}`],
      {
        cwd: root,
      },
    );
    await run("tar", ["-xzf", join(folder, tarballName(packing.stdout)), "-C", target, "--strip-components=1"]);
    await writeFile(join(folder, `${name}.mjs`), program(`await import("@flotilla/${name}");`));
  }
  await writeFile(join(folder, "bare.mjs"), program(""));
  for (const name of OUTSIDE) await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
}

/** npm prints a list, and newer versions an object by package name. */
function tarballName(output: string): string {
  const packed = Object.values(JSON.parse(output) as Record<string, { readonly filename: string }>);
  const filename = packed[0]?.filename;
  if (filename === undefined) throw new Error(`npm pack told no file name: ${output}`);
  return filename;
}

function program(statement: string): string {
  return [
    "const startedAtMs = performance.now();",
    statement,
    "const ms = performance.now() - startedAtMs;",
    "console.log(JSON.stringify({ ms, rssBytes: process.memoryUsage.rss() }));",
  ].join("\n");
}

async function coldStart(folder: string, file: string): Promise<ColdStart> {
  const { stdout } = await run(process.execPath, [file], { cwd: folder });
  return JSON.parse(stdout) as ColdStart;
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
