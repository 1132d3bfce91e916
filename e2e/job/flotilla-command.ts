import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { until } from "@flotilla/sandbox/control-planes";

/** How one run of the command ended. */
export interface FlotillaResult {
  readonly args: readonly string[];
  /** `null` when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** The real command as a child process, in a folder and with a home of its own. */
export interface Flotilla {
  /** @throws Error with everything it printed when the exit code is not among `expected` (default 0) */
  run(args: readonly string[], expected?: readonly number[]): Promise<FlotillaResult>;
  /** Runs it with `-o json` and reads what it prints. */
  json<T>(args: readonly string[], expected?: readonly number[]): Promise<T>;
  /** Starts it and does not wait. */
  start(args: readonly string[]): RunningFlotilla;
  /** Everything that all runs printed so far. */
  transcript(): string;
}

export interface RunningFlotilla {
  readonly ended: Promise<FlotillaResult>;
  /** Resolves once stderr has this text. @throws Error when that does not happen in time */
  sees(text: RegExp): Promise<void>;
  /** The first line of stdout, as soon as it is whole. @throws Error when that does not happen in time */
  firstLine(): Promise<string>;
  interrupt(signal?: NodeJS.Signals): void;
}

const ENTRY = path.resolve(import.meta.dirname, "../../packages/cli/src/bin.ts");
/** No command may take longer: its own deadlines are shorter. */
const RUN_TIMEOUT_MS = 110_000;

/** @param env what it has in its environment beside a home, a path and a state folder */
export function createFlotilla(folder: string, env: Readonly<Record<string, string>> = {}): Flotilla {
  const printed: string[] = [];
  const start = (args: readonly string[]): RunningFlotilla =>
    startOne({ folder, env, args }, (text) => printed.push(text));
  const run = async (args: readonly string[], expected: readonly number[] = [0]): Promise<FlotillaResult> => {
    const result = await start(args).ended;
    if (result.exitCode !== null && expected.includes(result.exitCode)) return result;
    const { exitCode, stdout, stderr } = result;
    const told = `--- stdout\n${stdout}\n--- stderr\n${stderr}`;
    throw new Error(`flotilla ${args.join(" ")} ended with ${exitCode}, expected ${expected.join(" or ")}\n${told}`);
  };
  return {
    run,
    start,
    async json<T>(args: readonly string[], expected: readonly number[] = [0]) {
      const { stdout } = await run([...args, "-o", "json"], expected);
      return JSON.parse(stdout) as T;
    },
    transcript: () => printed.join("\n"),
  };
}

interface Start {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

function startOne({ folder, env, args }: Start, keep: (text: string) => void): RunningFlotilla {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ["--conditions=source", ENTRY, ...args], {
    cwd: folder,
    // Nothing of the machine's own configuration may leak in.
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, FLOTILLA_STATE: path.join(folder, "state"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: RUN_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  const output = { stdout: "", stderr: "" };
  collect(child, output);
  const { promise: ended, resolve, reject } = Promise.withResolvers<FlotillaResult>();
  child.on("error", reject);
  child.on("close", (exitCode) => {
    keep(`${output.stdout}\n${output.stderr}`);
    resolve({ args, exitCode, ...output, tookMs: performance.now() - startedAtMs });
  });
  return {
    ended,
    async sees(text) {
      await until(`flotilla ${args.join(" ")} to say ${String(text)}`, async () => {
        if (text.test(output.stderr)) return true;
        throw new Error(output.stderr);
      });
    },
    firstLine: () =>
      until(`flotilla ${args.join(" ")} to print a line`, async () => {
        const [line, rest] = output.stdout.split("\n");
        if (rest !== undefined) return line;
        throw new Error(output.stderr);
      }),
    interrupt: (signal = "SIGINT") => void child.kill(signal),
  };
}

function collect(child: ChildProcess, output: { stdout: string; stderr: string }): void {
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
}
