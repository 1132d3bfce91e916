import type { CompletionOption, CompletionTree } from "./completion-tree.ts";

/** A script for `source <(flotilla completion bash)`; works with the bash 3.2 of macOS too. */
export function bashCompletion(tree: CompletionTree): string {
  const name = `_${tree.program}`;
  const all = [tree.globals, ...tree.commands.map(({ options }) => options)].flat();
  return `# bash completion of ${tree.program}: source <(${tree.program} completion bash)
${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${tree.commands.map((command) => command.name).join("|")}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$previous" in
${valueCases(all)}
  esac
  case "$command" in
${tree.commands.map((command) => `    ${command.name}) COMPREPLY=($(compgen -W "${[...command.verbs, words([...command.options, ...tree.globals])].join(" ")}" -- "$word")) ;;`).join("\n")}
    *) COMPREPLY=($(compgen -W "${tree.commands.map((command) => command.name).join(" ")} ${words(tree.globals)}" -- "$word")) ;;
  esac
}
complete -o default -F ${name} ${tree.program}
`;
}

function words(options: readonly CompletionOption[]): string {
  return options.flatMap(({ flags }) => flags).join(" ");
}

function valueCases(options: readonly CompletionOption[]): string {
  const lines = options
    .filter(({ takesValue }) => takesValue)
    .map((option) => {
      const reply =
        option.choices.length > 0
          ? `COMPREPLY=($(compgen -W "${option.choices.join(" ")}" -- "$word"))`
          : option.takesFile
            ? 'COMPREPLY=($(compgen -f -- "$word"))'
            : "COMPREPLY=()";
      return `    ${option.flags.join("|")}) ${reply}; return ;;`;
    });
  return [...new Set(lines)].join("\n");
}
