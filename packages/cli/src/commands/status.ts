import { EXIT } from "../exit-codes.ts";
import { RefusedError } from "../input/usage-error.ts";
import type { GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

interface StatusOptions extends GlobalOptions {
  readonly strict?: boolean;
}

/** `flotilla status` */
export function addStatus({ program, io, finish }: Shell): void {
  program
    .command("status")
    .argument("[workload...]", "[NAMESPACE/]KIND/NAME; without it, every workload that this fleet placed")
    .description("show how workloads are doing, as a whole and on each cluster")
    .option("--strict", "exit 4 if anything cannot be seen or is not healthy")
    .addHelpText("after", "\nExamples:\n  flotilla status\n  flotilla status default/Deployment/web -o json")
    .action(async (workloads: readonly string[], _options: unknown, command) => {
      const options: StatusOptions = command.optsWithGlobals();
      const { parseWorkload } = await import("../input/parse-workload.ts");
      const names = workloads.length === 0 ? undefined : workloads.map(parseWorkload);
      const { openSession } = await import("../program/session.ts");
      const { toStatusView } = await import("../output/status-view.ts");
      const { renderStatus } = await import("../render/render-status.ts");
      await using session = await openSession(io, options, { purpose: "read", needsState: true });
      const view = toStatusView(await session.scheduler.status(names, session.ctx));
      if (names !== undefined && view.workloads.length === 0) {
        throw new RefusedError(`${workloads.join(", ")}: nothing of this name was placed by this fleet`);
      }
      await session.tell(view, renderStatus);
      const isWhole = view.gaps.length === 0 && view.workloads.every(({ health }) => health === "healthy");
      finish(options.strict === true && !isWhole ? EXIT.partial : EXIT.done);
    });
}
