import type { GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";
import { EXIT } from "../exit-codes.ts";

interface DiscoverOptions extends GlobalOptions {
  readonly strict?: boolean;
}

/** `flotilla discover` */
export function addDiscover({ program, io, finish }: Shell): void {
  program
    .command("discover")
    .description(
      "show every cluster of the fleet: phase, version, nodes, free capacity, price, and what cannot be seen",
    )
    .option("--strict", "exit 4 if anything of the fleet cannot be seen")
    .addHelpText("after", "\nExamples:\n  flotilla discover\n  flotilla discover --config flotilla.yaml -o json")
    .action(async (_options: unknown, command) => {
      const options: DiscoverOptions = command.optsWithGlobals();
      const { openSession } = await import("../program/session.ts");
      const { toDiscoverView } = await import("../output/discover-view.ts");
      const { renderDiscover } = await import("../render/render-discover.ts");
      await using session = await openSession(io, options, { purpose: "read", needsState: false });
      const view = toDiscoverView(await session.scheduler.observe(session.ctx));
      await session.tell(view, renderDiscover);
      const isWhole = view.gaps.length === 0 && view.clusters.every(({ problem }) => problem === undefined);
      finish(options.strict === true && !isWhole ? EXIT.partial : EXIT.done);
    });
}
