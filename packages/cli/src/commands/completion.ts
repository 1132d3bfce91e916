import { Argument } from "commander";
import { EXIT } from "../exit-codes.ts";
import type { CompletionTree } from "../completion/completion-tree.ts";
import type { Shell } from "../program/shell.ts";

/** `flotilla completion` */
export function addCompletion({ program, io, finish }: Shell): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .description("print the completion script of a shell")
    .addHelpText(
      "after",
      "\nExamples:\n  source <(flotilla completion bash)\n  source <(flotilla completion zsh)\n  flotilla completion fish | source",
    )
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const { readCompletionTree } = await import("../completion/completion-tree.ts");
      const tree = readCompletionTree(program);
      io.stdout.write(await scriptFor(shell, tree));
      finish(EXIT.done);
    });
}

async function scriptFor(shell: "bash" | "zsh" | "fish", tree: CompletionTree): Promise<string> {
  switch (shell) {
    case "bash":
      return (await import("../completion/bash.ts")).bashCompletion(tree);
    case "zsh":
      return (await import("../completion/zsh.ts")).zshCompletion(tree);
    case "fish":
      return (await import("../completion/fish.ts")).fishCompletion(tree);
  }
}
