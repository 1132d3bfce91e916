import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * The absolute path of a command: itself, relative to the kubeconfig's folder, or looked up in the PATH. Relative and empty
 * PATH entries are passed over, so that the working folder never decides what runs. `undefined` when there is none.
 */
export async function findCommand(
  command: string,
  baseDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (isAbsolute(command)) return command;
  if (/[/\\]/.test(command)) return join(baseDir, command);
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, command);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
