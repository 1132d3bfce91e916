import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, "..");

/** A folder in which packages are installed as published; disposing removes it. */
export interface Packed extends AsyncDisposable {
  /** Runs a program there in a cold process and reads its one line of JSON. */
  coldStart<Result>(file: string, env?: Readonly<Record<string, string>>): Promise<Result>;
  write(file: string, program: string): Promise<void>;
}

/** Builds, packs and unpacks the packages as an install would, without asking a registry. */
export async function installPacked(names: readonly string[]): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), "flotilla-packed-"));
  try {
    await run(join(ROOT, "node_modules/.bin/tsc"), ["-b", ...names.map((name) => `packages/${name}`)], { cwd: ROOT });
    for (const name of names) await install(name, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    async coldStart<Result>(file: string, env = {}) {
      const { stdout } = await run(process.execPath, [file], { cwd: folder, env: { ...process.env, ...env } });
      return JSON.parse(stdout) as Result;
    },
    write: (file, program) => writeFile(join(folder, file), program),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function install(name: string, folder: string): Promise<void> {
  const target = join(folder, "node_modules/@flotilla", name);
  await mkdir(target, { recursive: true });
  const pack = ["pack", "--json", "--pack-destination", folder, "--workspace", `@flotilla/${name}`];
  const packing = await run("npm", pack, { cwd: ROOT });
  await run("tar", ["-xzf", join(folder, tarballName(packing.stdout)), "-C", target, "--strip-components=1"]);
  const manifest = JSON.parse(await readFile(join(target, "package.json"), "utf8")) as Manifest;
  const outside = Object.keys(manifest.dependencies ?? {}).filter((dependency) => !dependency.startsWith("@flotilla/"));
  for (const dependency of outside) await linkFromRoot(dependency, folder);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What comes from outside is there already, with everything that it needs in turn. */
async function linkFromRoot(dependency: string, folder: string): Promise<void> {
  const link = join(folder, "node_modules", dependency);
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { force: true });
  await symlink(join(ROOT, "node_modules", dependency), link);
}

/** npm prints a list, and newer versions an object by package name. */
function tarballName(output: string): string {
  const packed = Object.values(JSON.parse(output) as Record<string, { readonly filename: string }>);
  const filename = packed[0]?.filename;
  if (filename === undefined) throw new Error(`npm pack told no file name: ${output}`);
  return filename;
}
