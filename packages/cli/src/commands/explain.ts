import { EXIT } from "../exit-codes.ts";
import { collect } from "../input/collect.ts";
import { RefusedError } from "../input/usage-error.ts";
import type { GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

interface ExplainOptions extends GlobalOptions {
  readonly file?: readonly string[];
  readonly cluster?: string;
}

/** `flotilla explain` */
export function addExplain({ program, io, finish }: Shell): void {
  program
    .command("explain")
    .argument("<workload>", "[NAMESPACE/]KIND/NAME")
    .description(
      "say why each cluster got what it got: filters, scores, prices, and what would have changed the answer",
    )
    .option("--cluster <ID>", "everything about this one cluster (its id or its name)")
    .option(
      "-f, --file <FILE>",
      "decide anew from these manifests instead of telling the last plan; may be repeated",
      collect,
    )
    .addHelpText(
      "after",
      "\nExamples:\n  flotilla explain Deployment/web\n  flotilla explain default/Deployment/web --cluster eu-1 -f app.yaml",
    )
    .action(async (workload: string, _options: unknown, command) => {
      const options: ExplainOptions = command.optsWithGlobals();
      const { parseWorkload } = await import("../input/parse-workload.ts");
      const name = parseWorkload(workload);
      const { readManifests } = await import("../input/read-manifests.ts");
      const { openSession } = await import("../program/session.ts");
      const { findCandidate, onlyCandidate } = await import("../input/find-candidate.ts");
      const { toExplainView } = await import("../output/explain-view.ts");
      const { renderExplain } = await import("../render/render-explain.ts");
      const given = options.file === undefined ? {} : await readManifests(options.file, io);
      await using session = await openSession(io, options, { purpose: "read", needsState: true });
      const found = await session.scheduler.explain(name, given, session.ctx);
      if (found.length === 0) {
        const advice =
          options.file === undefined
            ? "plan it first, or give its manifests with -f FILE"
            : "it is not in these manifests";
        throw new RefusedError(`${workload} was never planned here: ${advice}`);
      }
      const view = toExplainView(found);
      const cluster = options.cluster === undefined ? undefined : findCandidate(view, options.cluster);
      await session.tell(cluster === undefined ? view : onlyCandidate(view, cluster), (page) => {
        // Of the whole: its summary names clusters beside the one that is asked about.
        for (const each of view.workloads) renderExplain(page, each, cluster);
      });
      finish(EXIT.done);
    });
}
