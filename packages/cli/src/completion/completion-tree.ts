import type { Command } from "commander";

/** What can follow on the command line, read from the program itself. */
export interface CompletionTree {
  readonly program: string;
  readonly globals: readonly CompletionOption[];
  readonly commands: readonly CompletionCommand[];
}

interface CompletionCommand {
  readonly name: string;
  readonly description: string;
  /** Of a noun with verbs, as `sandbox up`: the words that may follow it. */
  readonly verbs: readonly string[];
  /** The command's own and those of its verbs. */
  readonly options: readonly CompletionOption[];
}

export interface CompletionOption {
  /** `-o` and `--output`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** The value is a path. */
  readonly takesFile: boolean;
}

export function readCompletionTree(program: Command): CompletionTree {
  return {
    program: program.name(),
    globals: optionsOf(program),
    commands: commandsOf(program).map((command) => ({
      name: command.name(),
      description: command.description(),
      verbs: commandsOf(command).map((verb) => verb.name()),
      options: [command, ...commandsOf(command)].flatMap((each) => [...optionsOf(each)]),
    })),
  };
}

function commandsOf(command: Command): readonly Command[] {
  return command.commands.filter((each) => each.name() !== "help");
}

function optionsOf(command: Command): readonly CompletionOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      description: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
      takesFile: /FILE|DIR/.test(option.flags),
    }));
}
