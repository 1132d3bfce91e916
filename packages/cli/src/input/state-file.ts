import path from "node:path";
import { UsageError } from "./usage-error.ts";

const FILE_NAME = "state.db";

/**
 * The state's file: in the given folder, `FLOTILLA_STATE`, or the user's state folder (XDG Base Directory: `XDG_STATE_HOME`,
 * else `~/.local/state`). @throws UsageError where there is no home
 */
export function stateFile(
  folder: string | undefined,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): string {
  const given = folder ?? env["FLOTILLA_STATE"];
  if (given !== undefined && given !== "") return path.resolve(cwd, given, FILE_NAME);
  const stateHome = env["XDG_STATE_HOME"];
  // The specification says to ignore relative paths.
  if (stateHome !== undefined && path.isAbsolute(stateHome)) return path.join(stateHome, "flotilla", FILE_NAME);
  const home = env["HOME"];
  if (home === undefined || home === "") {
    throw new UsageError("there is no home folder to keep plans in: give --state DIR or FLOTILLA_STATE");
  }
  return path.join(home, ".local", "state", "flotilla", FILE_NAME);
}
