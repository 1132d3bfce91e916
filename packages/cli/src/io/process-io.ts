import path from "node:path";
import type { CliIo } from "./cli-io.ts";

/** How a process is asked to end: Ctrl-C, a service manager, a terminal that is closed. */
const STOPPING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** This process. `signal` follows the first signal to stop; a second one ends the process at once, as without us. */
export function processIo(): CliIo {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    for (const each of STOPPING) process.off(each, stop);
    controller.abort(new DOMException(`stopped by ${signal}`, "AbortError"));
  };
  for (const each of STOPPING) process.on(each, stop);
  // A reader that leaves (`flotilla … 2>&1 | head`) is no failure: the command goes on and ends with its own code.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  const { env } = process;
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env,
    // npm runs scripts in the package's folder and keeps the caller's here.
    cwd: path.resolve(env["INIT_CWD"] ?? process.cwd()),
    signal: controller.signal,
  };
}
