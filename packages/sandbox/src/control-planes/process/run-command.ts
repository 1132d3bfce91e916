import { spawn } from "node:child_process";

export interface CommandResult {
  /** `null` when it could not be started, was killed, or ran out of time: then `problem` says so. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly problem?: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** SIGKILL after this. */
  readonly timeoutMs: number;
  /** SIGKILL when aborted. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end without a shell. Never throws: how it ended is the result. */
export function runCommand(file: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const { cwd, env, input, timeoutMs, signal: stop } = options;
  const child = spawn(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    ...(stop === undefined ? {} : { signal: stop }),
    stdio: ["pipe", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const finish = (exitCode: number | null, problem: string | undefined): void => {
    const texts = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    resolve({ exitCode, ...texts, ...(problem === undefined ? {} : { problem }) });
  };
  child.on("error", (error) => {
    finish(null, stop?.aborted === true ? `${file} was stopped` : `${file} could not be run: ${error.message}`);
  });
  child.on("close", (code, signal) => {
    finish(code, signal === null ? undefined : `${file} was ended by ${signal} (limit ${timeoutMs} ms)`);
  });
  // A program that does not read its input closes the pipe early; that is its right.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  return promise;
}
