import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { runCommand } from "@flotilla/sandbox/control-planes";

/** The vendors' clients for Python and moto, installed into a folder outside the checkout. */
export interface PythonClients {
  /** Folder of `python`, `aws` and `moto_server`. */
  readonly bin: string;
}

/** The clients cannot be had on this machine. */
export interface NoPythonClients {
  readonly reason: string;
}

/** Our scripts, and what they need with exact versions. */
export const PYTHON_FOLDER: string = path.join(import.meta.dirname, "python");

/** Of `google-cloud-container` and moto. */
const PYTHON_MINOR_MIN = 10;
/** Measured: 75 s on two cores with a registry near by. */
const INSTALL_TIMEOUT_MS = 8 * 60_000;
const QUICK_TIMEOUT_MS = 60_000;

/** Finds the clients, or installs them once for each set of versions. Not to be had is an answer, not an error. */
export async function preparePythonClients(
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  env: NodeJS.ProcessEnv = process.env,
): Promise<PythonClients | NoPythonClients> {
  const version = await runCommand("python3", ["-c", "import sys; print(*sys.version_info[:2])"], quick(env));
  if (version.exitCode !== 0) return { reason: "there is no python3" };
  const [major = 0, minor = 0] = version.stdout.trim().split(" ").map(Number);
  if (major !== 3 || minor < PYTHON_MINOR_MIN) {
    return { reason: `python3 is ${major}.${minor}; the clients need 3.${PYTHON_MINOR_MIN} or newer` };
  }
  const folder = await folderOf(`${major}.${minor}`, env);
  const bin = path.join(folder, "bin");
  const marker = path.join(folder, "installed");
  if ((await readFile(marker, "utf8").catch(() => undefined)) !== undefined) return { bin };
  say(`cloud clients: installing into ${folder}, once`);
  const problem = await install(folder, bin, env);
  if (problem !== undefined) return { reason: problem };
  await writeFile(marker, "complete\n");
  return { bin };
}

async function install(folder: string, bin: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const made = await runCommand("python3", ["-m", "venv", folder], quick(env));
  if (made.exitCode !== 0) return `python3 -m venv failed: ${lastLine(made.stderr, made.stdout)}`;
  const requirements = path.join(PYTHON_FOLDER, "requirements.txt");
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", requirements];
  const done = await runCommand(path.join(bin, "python"), args, { env, timeoutMs: INSTALL_TIMEOUT_MS });
  if (done.exitCode === 0) return undefined;
  return `pip could not install the clients: ${done.problem ?? lastLine(done.stderr, done.stdout)}`;
}

async function folderOf(version: string, env: NodeJS.ProcessEnv): Promise<string> {
  const requirements = await readFile(path.join(PYTHON_FOLDER, "requirements.txt"));
  const hash = createHash("sha256").update(`${version} ${process.platform} ${process.arch}\n`).update(requirements);
  const own = env["FLOTILLA_E2E_CACHE"];
  const root = own ? path.resolve(own) : path.join(env["XDG_CACHE_HOME"] || path.join(homedir(), ".cache"), "flotilla");
  return path.join(root, "cloud-clients", hash.digest("hex").slice(0, 16));
}

function quick(env: NodeJS.ProcessEnv): { readonly env: NodeJS.ProcessEnv; readonly timeoutMs: number } {
  return { env, timeoutMs: QUICK_TIMEOUT_MS };
}

function lastLine(...texts: readonly string[]): string {
  return texts.flatMap((text) => text.trim().split("\n")).findLast((line) => line !== "") ?? "no message";
}
