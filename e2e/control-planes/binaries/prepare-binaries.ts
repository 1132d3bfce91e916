import { buildBinaries, findToolchainProblem, type NoToolchain } from "./build-binaries.ts";
import { findBinaries, type FoundBinaries } from "./find-binaries.ts";

/**
 * Finds every program, building those that are missing. A machine without Go is an answer, not an error: suites skip
 * with that reason.
 */
export async function prepareBinaries(
  say: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FoundBinaries | NoToolchain> {
  const found = await findBinaries(env);
  if (found.missing.length === 0) return found;
  const problem = await findToolchainProblem(env);
  if (problem !== undefined) return problem;
  await buildBinaries(found.missing, env, say);
  return findBinaries(env);
}
