import type { Command } from "commander";
import type { CliIo } from "../io/cli-io.ts";

/** What commands are added to. */
export interface Shell {
  readonly program: Command;
  readonly io: CliIo;
  /** Says how the command ended. */
  readonly finish: (code: number) => void;
  /** The whole command line again, for commands that run others. */
  readonly runCli: (argv: readonly string[], io: CliIo) => Promise<number>;
}
