import type { CompletionOption, CompletionTree } from "./completion-tree.ts";

/** A script for `source <(flotilla completion zsh)`, or a file `_flotilla` in the fpath. */
export function zshCompletion(tree: CompletionTree): string {
  const name = `_${tree.program}`;
  return `#compdef ${tree.program}
${name}() {
  local -a commands
  commands=(
${tree.commands.map((command) => `    ${quote(`${command.name}:${command.description}`)}`).join("\n")}
  )
  _arguments -C \\
${tree.globals.map((option) => `    ${argument(option)} \\`).join("\n")}
    '1:command:->command' '*::argument:->argument'
  case "$state" in
    command) _describe command commands ;;
    argument)
      case "$words[1]" in
${tree.commands.map((command) => `        ${command.name}) _arguments ${[...command.options, ...tree.globals].map(argument).join(" ")} ${verbs(command.verbs)}'*:file:_files' ;;`).join("\n")}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "${name}" ]; then ${name} "$@"; else compdef ${name} ${tree.program}; fi
`;
}

function verbs(names: readonly string[]): string {
  return names.length === 0 ? "" : `'1:verb:(${names.join(" ")})' `;
}

function argument(option: CompletionOption): string {
  const { flags, description, takesValue, choices, takesFile } = option;
  const action = choices.length > 0 ? `(${choices.join(" ")})` : takesFile ? "_files" : " ";
  const text = description.replaceAll(/[[\]:]/g, " ");
  return flags.map((flag) => quote(`*${flag}[${text}]${takesValue ? `:value:${action}` : ""}`)).join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
