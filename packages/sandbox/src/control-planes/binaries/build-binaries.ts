import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "../process/run-command.ts";
import { cacheFolder, MODULE_FOLDER } from "./cache-folder.ts";
import { TOOLS, type Tool, type ToolName } from "./tools.ts";

/** A cold build of all programs took 5 to 9 minutes on two cores; one of them alone at most 6. */
const BUILD_TIMEOUT_MS = 20 * 60_000;

/** How far a build is. */
export interface BuildStep {
  readonly done: number;
  readonly total: number;
  /** What happens now, for people. */
  readonly message: string;
}

export interface BuildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStep: (step: BuildStep) => void;
  /** Ends the build with its reason; what is built is kept. */
  readonly signal?: AbortSignal;
}

/** Says whether the Go toolchain is there; `undefined` means it is. */
export async function findToolchainProblem(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const version = await runCommand("go", ["version"], { cwd: MODULE_FOLDER, env, timeoutMs: 5 * 60_000 });
  return version.exitCode === 0 ? undefined : (version.problem ?? version.stderr.trim());
}

/**
 * Builds the named programs from Go modules into the cache folder. Programs appear there whole (rename), so that two
 * builds at once do not disturb each other. Repeating it after a failure builds only what is missing.
 *
 * @throws Error naming the program and the compiler's last lines
 */
export async function buildBinaries(names: readonly ToolName[], options: BuildOptions): Promise<void> {
  const { env, onStep, signal } = options;
  const folder = await cacheFolder(env);
  await mkdir(folder, { recursive: true });
  const flags = await linkerFlags(options);
  const wanted = TOOLS.filter(({ name }) => names.includes(name));
  const total = wanted.length;
  for (const [done, tool] of wanted.entries()) {
    onStep({ done, total, message: `building ${tool.name} from its Go module (minutes, once)` });
    await buildOne(tool, { folder, flags, env, signal });
  }
  onStep({ done: total, total, message: `built in ${folder}` });
}

interface BuildPlace {
  readonly folder: string;
  readonly flags: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

async function buildOne(tool: Tool, { folder, flags, env, signal }: BuildPlace): Promise<void> {
  const unfinished = path.join(folder, `.${tool.name}-${process.pid}`);
  const args = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", flags];
  const build = await runCommand("go", [...args, "-o", unfinished, tool.goPackage], {
    cwd: MODULE_FOLDER,
    env: { ...env, CGO_ENABLED: "0" },
    timeoutMs: BUILD_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (build.exitCode !== 0) {
    await rm(unfinished, { force: true });
    signal?.throwIfAborted();
    throw new Error(`go build of ${tool.name} failed: ${build.problem ?? build.stderr.trim().slice(-2000)}`);
  }
  await rename(unfinished, path.join(folder, tool.name));
}

/** Without the version stamped in, a server calls itself `v0.0.0-master+$Format` and clients fail to parse it. */
async function linkerFlags({ env, signal }: BuildOptions): Promise<string> {
  const args = ["list", "-m", "-mod=readonly", "-f", "{{.Version}}", "k8s.io/kubernetes"];
  const listed = await runCommand("go", args, {
    cwd: MODULE_FOLDER,
    env,
    timeoutMs: 10 * 60_000,
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  const version = listed.stdout.trim();
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`go list did not tell the version of k8s.io/kubernetes: ${listed.problem ?? listed.stderr.trim()}`);
  const facts = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: "clean", gitCommit: "module" };
  const stamps = Object.entries(facts).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ["-s", "-w", ...stamps].join(" ");
}
