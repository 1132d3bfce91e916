import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** The folder of `go.mod` and `go.sum`: in the sources, which are shipped, also when this runs built in `dist`. */
export const MODULE_FOLDER: string = path.resolve(import.meta.dirname, "../../../src/control-planes");

/** Raise it when the way of building changes (flags), so that old binaries are not taken for new ones. */
const RECIPE = "1";

/** Where built binaries live: outside the checkout, one folder per set of versions, so that clones share a build. */
export async function cacheFolder(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const hash = createHash("sha256").update(`${RECIPE} ${process.platform} ${process.arch}\n`);
  for (const file of ["go.mod", "go.sum"]) hash.update(await readFile(path.join(MODULE_FOLDER, file)));
  return path.join(cacheRoot(env), hash.digest("hex").slice(0, 16));
}

function cacheRoot(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["FLOTILLA_E2E_CACHE"];
  if (own) return path.resolve(own);
  return path.join(env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "flotilla", "control-planes");
}
