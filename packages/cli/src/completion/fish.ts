import type { CompletionOption, CompletionTree } from "./completion-tree.ts";

/** A script for `flotilla completion fish | source`. */
export function fishCompletion({ program, globals, commands }: CompletionTree): string {
  const names = commands.map(({ name }) => name).join(" ");
  const lines = [
    `complete -c ${program} -n "not __fish_seen_subcommand_from ${names}" -f`,
    ...globals.map((option) => `complete -c ${program} ${flags(option)}`),
    ...commands.flatMap(({ name, description, verbs, options }) => [
      `complete -c ${program} -n "not __fish_seen_subcommand_from ${names}" -a ${name} -d ${quote(description)}`,
      ...verbs.map((verb) => `complete -c ${program} -n "__fish_seen_subcommand_from ${name}" -f -a ${verb}`),
      ...options.map((option) => `complete -c ${program} -n "__fish_seen_subcommand_from ${name}" ${flags(option)}`),
    ]),
  ];
  return `# fish completion of ${program}: ${program} completion fish | source\n${lines.join("\n")}\n`;
}

function flags(option: CompletionOption): string {
  const names = option.flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const choices = option.choices.length > 0 ? ` -f -a ${quote(option.choices.join(" "))}` : "";
  const value = option.takesValue ? ` -r${choices}` : "";
  return `${names.join(" ")}${value} -d ${quote(option.description)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
