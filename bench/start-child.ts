import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

/** A program of this folder in a process of its own. It speaks one line of JSON. */
export interface Child {
  readonly firstLine: Promise<unknown>;
  /** Closes its standard input and waits for its end. */
  end(): Promise<void>;
}

export function startChild(program: URL, env: Readonly<Record<string, string>>, flags: readonly string[] = []): Child {
  const args = ["--conditions=source", "--disable-warning=ExperimentalWarning", ...flags, fileURLToPath(program)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  return {
    firstLine: firstLineOf(child.stdout, exited, program),
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}

async function firstLineOf(stdout: NodeJS.ReadableStream, exited: Promise<unknown[]>, program: URL): Promise<unknown> {
  const lines = createInterface({ input: stdout });
  const line = await Promise.race([
    once(lines, "line") as Promise<[string]>,
    exited.then(([code]) =>
      Promise.reject(new Error(`${program.pathname} ended with ${String(code)} and said nothing`)),
    ),
  ]);
  return JSON.parse(line[0]) as unknown;
}

/** Runs a program that works, tells its result in one line and is then done. */
export async function runChild<Result>(
  program: URL,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Result> {
  const child = startChild(program, env, flags);
  try {
    return (await child.firstLine) as Result;
  } finally {
    await child.end();
  }
}
