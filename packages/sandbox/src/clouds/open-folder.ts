import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxFolderError } from "./sandbox-folder-error.ts";

/** Of the folder: what is planned on the sandbox is nobody else's business. */
const PRIVATE_FOLDER = 0o700;
/** Holds the number of the process that runs a sandbox in the folder. */
const LOCK = "sandbox.pid";

/**
 * A new temporary folder that goes with the sandbox, or the one that was asked for, which stays. One sandbox at a time: the
 * configuration there is of whoever wrote it last, and would lead users of the other astray.
 *
 * @throws SandboxFolderError
 */
export async function openFolder(stateDir: string | undefined, cleanup: AsyncDisposableStack): Promise<string> {
  if (stateDir === undefined) {
    const folder = await mkdtemp(join(tmpdir(), "flotilla-sandbox-"));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, PRIVATE_FOLDER);
    return folder;
  }
  try {
    await mkdir(stateDir, { recursive: true });
    await lock(join(stateDir, LOCK), cleanup);
  } catch (error) {
    throw codeOf(error) === undefined ? error : new SandboxFolderError(`${stateDir} cannot be used: ${codeOf(error)}`);
  }
  return stateDir;
}

async function lock(file: string, cleanup: AsyncDisposableStack): Promise<void> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (isRunning(owner)) throw new SandboxFolderError(`process ${owner} runs a sandbox there (${file})`);
    // Left by one that was killed.
    await writeFile(file, `${process.pid}\n`);
  }
  cleanup.defer(() => rm(file, { force: true }));
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, and is there.
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
