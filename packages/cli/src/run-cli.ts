import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import type { CliIo } from "./io/cli-io.ts";
import { createProgram } from "./program/create-program.ts";

/**
 * Runs one command line (without the program's name) and gives its exit code; never throws. Everything it reads and prints
 * goes through `io`, so it can run inside another process and several times.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  let code: number = EXIT.done;
  const program = createProgram({
    io,
    runCli,
    finish: (finished) => {
      code = finished;
    },
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    // Help and usage errors have been printed already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { reportError } = await import("./input/report-error.ts");
    return reportError(error, io);
  }
}
