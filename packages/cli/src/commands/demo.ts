import type { GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

/** `flotilla demo` */
export function addDemo({ program, io, finish, runCli }: Shell): void {
  program
    .command("demo")
    .description(
      "see it all in twenty seconds: three emulated clouds in this process, a workload placed, scaled, a cluster lost and healed",
    )
    .addHelpText("after", "\nExamples:\n  flotilla demo\n  flotilla demo -o json")
    .action(async (_options: unknown, command) => {
      const options: GlobalOptions = command.optsWithGlobals();
      const { runDemo } = await import("../demo/run-demo.ts");
      finish(await runDemo(io, { output: options.output, runCli }));
    });
}
