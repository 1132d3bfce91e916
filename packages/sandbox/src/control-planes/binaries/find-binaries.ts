import { access, constants } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./cache-folder.ts";
import type { ToolName } from "./tools.ts";

/** Absolute paths of the programs found, and the names of those that are nowhere yet. */
export interface FoundBinaries {
  readonly paths: ReadonlyMap<ToolName, string>;
  readonly missing: readonly ToolName[];
  /** Where was looked, in that order. */
  readonly folders: readonly string[];
}

/**
 * Looks for each program: in `KUBEBUILDER_ASSETS` (the folder `setup-envtest` makes: kube-apiserver, etcd, kubectl), then
 * in the build cache. Never builds. The PATH is not searched, because a host's etcd or API server has an unknown version.
 */
export async function findBinaries(
  names: readonly ToolName[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FoundBinaries> {
  const assets = env["KUBEBUILDER_ASSETS"];
  const folders = [...(assets ? [path.resolve(assets)] : []), await cacheFolder(env)];
  const paths = new Map<ToolName, string>();
  const missing: ToolName[] = [];
  for (const name of names) {
    const found = await firstExecutable(folders.map((folder) => path.join(folder, name)));
    if (found === undefined) missing.push(name);
    else paths.set(name, found);
  }
  return { paths, missing, folders };
}

async function firstExecutable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const executable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return file;
  }
  return undefined;
}
