import { buildBinaries, type BuildOptions, findToolchainProblem } from "./build-binaries.ts";
import { findBinaries, type FoundBinaries } from "./find-binaries.ts";
import type { ToolName } from "./tools.ts";

/** Why programs cannot be had on this machine: what was looked for, where, and how to give it. */
export interface NoBinaries {
  readonly reason: string;
}

/**
 * Finds the named programs, building those that are missing. A machine that has neither them nor Go is an answer, not an
 * error.
 *
 * @throws Error when a build breaks; the signal's reason
 */
export async function prepareBinaries(
  names: readonly ToolName[],
  options: BuildOptions,
): Promise<FoundBinaries | NoBinaries> {
  const { env } = options;
  const found = await findBinaries(names, env);
  if (found.missing.length === 0) return found;
  const problem = await findToolchainProblem(env);
  if (problem !== undefined) return { reason: reasonOf(found, env, problem) };
  await buildBinaries(found.missing, options);
  return findBinaries(names, env);
}

function reasonOf(
  { missing, folders }: FoundBinaries,
  env: Readonly<Record<string, string | undefined>>,
  problem: string,
): string {
  const assets = env["KUBEBUILDER_ASSETS"] ? "" : " (KUBEBUILDER_ASSETS is not set)";
  return (
    `${missing.join(", ")} not found in ${folders.join(" or ")}${assets}, and no working Go to build from (${problem}); ` +
    "install Go 1.26 or later, or set KUBEBUILDER_ASSETS to a folder that holds these programs"
  );
}
