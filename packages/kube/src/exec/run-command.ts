import { spawn } from "node:child_process";

export interface CommandInput {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface CommandResult {
  /** `undefined` when it was killed or could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** The last part, for people. */
  readonly stderr: string;
  readonly failure?: "timeout" | "aborted" | "tooMuchOutput" | "notStarted";
  /** Of a command that could not be started, e.g. `ENOENT`. */
  readonly startCode?: string;
}

/** An ExecCredential is a few kB; more is a mistake. */
const STDOUT_BYTES_MAX = 1024 * 1024;
const STDERR_BYTES_MAX = 4096;

/** Runs a program without a shell and without a terminal, and waits for its end. Never rejects. */
export function runCommand(input: CommandInput, signal: AbortSignal): Promise<CommandResult> {
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const child = spawn(input.file, [...input.args], {
    env: { ...input.env },
    shell: false,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const chunks: Buffer[] = [];
  let stdoutBytes = 0;
  let stderr = Buffer.alloc(0);
  let failure: CommandResult["failure"];
  const kill = (why: NonNullable<CommandResult["failure"]>): void => {
    failure ??= why;
    child.kill("SIGKILL");
    // A grandchild may hold the pipes open for ever: what matters is that the command itself is gone.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => kill("timeout"), input.timeoutMs);
  const onAbort = (): void => kill("aborted");
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  child.stdout.on("data", (chunk: Buffer) => {
    stdoutBytes += chunk.length;
    if (stdoutBytes > STDOUT_BYTES_MAX) kill("tooMuchOutput");
    else chunks.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-STDERR_BYTES_MAX);
  });
  const finish = (exitCode: number | undefined, startCode?: string): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    const texts = { stdout: Buffer.concat(chunks).toString("utf8"), stderr: stderr.toString("utf8") };
    const why = startCode === undefined ? failure : "notStarted";
    resolve({
      exitCode,
      ...texts,
      ...(why === undefined ? {} : { failure: why }),
      ...(startCode === undefined ? {} : { startCode }),
    });
  };
  child.on("error", (error) => finish(undefined, "code" in error ? String(error.code) : error.name));
  child.on("close", (exitCode) => finish(exitCode ?? undefined));
  return promise;
}
