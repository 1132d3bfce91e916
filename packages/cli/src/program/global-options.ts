import { Option, type Command } from "commander";
import type { OutputFormat } from "../output/print-data.ts";

/** Options of every command. */
export interface GlobalOptions {
  readonly output: OutputFormat;
  readonly config?: string;
  readonly context?: readonly string[];
  readonly state?: string;
  readonly quiet?: boolean;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(
      new Option("-o, --output <format>", "what is printed on stdout")
        .choices(["table", "json", "yaml"])
        .default("table"),
    )
    .option(
      "--config <FILE>",
      "configuration of the fleet (or FLOTILLA_CONFIG); without it, your kubeconfig's contexts",
    )
    .option("--context <name...>", "only these contexts of your kubeconfig; give it after other arguments")
    .option("--state <DIR>", "where plans and last shares are kept (or FLOTILLA_STATE)")
    .option("-q, --quiet", "no progress on stderr");
}

/** Repeats what a following command needs to mean the same fleet. */
export function fleetArguments({ config, context, state }: GlobalOptions): string {
  return [
    config === undefined ? "" : ` --config ${shellWord(config)}`,
    state === undefined ? "" : ` --state ${shellWord(state)}`,
    context === undefined ? "" : ` --context ${context.map(shellWord).join(" ")}`,
  ].join("");
}

/** A word as a POSIX shell reads it back. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
