export type { CliIo, CliOutput } from "./io/cli-io.ts";
export { EXIT, type ExitCode } from "./exit-codes.ts";
export { runCli } from "./run-cli.ts";
