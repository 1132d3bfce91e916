import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** How long a program may take to end by itself before it is killed. */
const GRACE_MS = 8_000;

interface ProgramSpec {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Working directory; output is appended to `NAME.log` there. */
  readonly folder: string;
}

/** A started program. Signals to one that has ended do nothing. */
export interface Program {
  readonly spec: ProgramSpec;
  readonly pid: number;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM (after SIGCONT), and SIGKILL when it does not end in time. Resolves when it is gone and its sockets are free. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** The end of its log, for error messages. */
  logTail(): Promise<string>;
}

/** Starts programs that cannot outlive this process: a watchdog ends them when we are gone. */
export interface ProcessGroup extends AsyncDisposable {
  start(spec: ProgramSpec): Program;
}

export interface ProcessGroupOptions {
  readonly keepFolder: boolean;
  /** The programs end after this even if nobody ends them. Default: never. */
  readonly lifetimeMs?: number;
}

/** @param folder removed by the watchdog when this process dies, unless `keepFolder` */
export function startProcessGroup(folder: string, options: ProcessGroupOptions): ProcessGroup {
  // As this file: TypeScript in the checkout, JavaScript once built.
  const script = path.join(import.meta.dirname, `watchdog${path.extname(import.meta.filename)}`);
  const args = [script, folder, options.keepFolder ? "keep" : "remove", String(options.lifetimeMs ?? 0)];
  const watchdog = spawn(process.execPath, args, {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.stdin.on("error", () => undefined);
  const programs: Program[] = [];
  return {
    start(spec) {
      const program = startProgram(spec, (line) => watchdog.stdin.write(`${line}\n`));
      programs.push(program);
      return program;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((program) => program.stop()));
      watchdog.stdin.end();
      if (watchdog.exitCode === null) await once(watchdog, "exit");
    },
  };
}

function startProgram(spec: ProgramSpec, tellWatchdog: (line: string) => void): Program {
  const log = openSync(logFile(spec), "a");
  // Detached: Ctrl-C in a terminal must reach the launcher alone, which then ends the programs in order.
  const child = spawn(spec.file, spec.args, {
    cwd: spec.folder,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, GOMAXPROCS: process.env["GOMAXPROCS"] ?? "2" },
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${spec.file} could not be started in ${spec.folder}`);
  tellWatchdog(`+${pid}`);
  const exited = once(child, "exit").then(() => tellWatchdog(`-${pid}`));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals): void => {
    if (isRunning()) child.kill(name);
  };
  return {
    spec,
    pid,
    isRunning,
    signal,
    async stop() {
      signal("SIGCONT");
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
    async kill() {
      signal("SIGKILL");
      await exited;
    },
    logTail: () => readLogTail(spec),
  };
}

function logFile(spec: ProgramSpec): string {
  return path.join(spec.folder, `${spec.name}.log`);
}

async function readLogTail(spec: ProgramSpec): Promise<string> {
  const text = await readFile(logFile(spec), "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-12).join("\n");
}
