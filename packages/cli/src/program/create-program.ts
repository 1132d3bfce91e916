import { Command } from "commander";
import { addApply } from "../commands/apply.ts";
import { addCompletion } from "../commands/completion.ts";
import { addDelete } from "../commands/delete.ts";
import { addDemo } from "../commands/demo.ts";
import { addDiff } from "../commands/diff.ts";
import { addDiscover } from "../commands/discover.ts";
import { addExplain } from "../commands/explain.ts";
import { addPlan } from "../commands/plan.ts";
import { addSandboxUp } from "../commands/sandbox-up.ts";
import { addStatus } from "../commands/status.ts";
import { addGlobalOptions } from "./global-options.ts";
import type { Shell } from "./shell.ts";

const EXIT_CODES = `
Exit codes:
  0  done            1  a bug in flotilla      2  bad usage or invalid input: nothing was contacted or changed
  3  refused, or nothing fits                  4  partly done or still pending: run it again to continue
  130  interrupted`;

/** The whole command line. Building it loads nothing heavy: every command loads what it needs when it runs. */
export function createProgram(parts: Omit<Shell, "program">): Command {
  const { io } = parts;
  const program = new Command("flotilla")
    .description("Places workloads on Kubernetes clusters by capacity, cost and region, and says why.")
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", EXIT_CODES);
  addGlobalOptions(program);
  const shell: Shell = { ...parts, program };
  for (const add of [
    addDiscover,
    addPlan,
    addApply,
    addStatus,
    addExplain,
    addDiff,
    addDelete,
    addSandboxUp,
    addDemo,
    addCompletion,
  ]) {
    add(shell);
  }
  return program;
}
