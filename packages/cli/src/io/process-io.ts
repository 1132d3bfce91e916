import path from "node:path";
import type { CliIo } from "./cli-io.ts";

/** This process. `signal` follows the first SIGINT or SIGTERM; a second one ends the process at once, as without us. */
export function processIo(): CliIo {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    controller.abort(new DOMException(`stopped by ${signal}`, "AbortError"));
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  // A reader that leaves (`flotilla … | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
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
