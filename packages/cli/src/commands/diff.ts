import { EXIT } from "../exit-codes.ts";
import { collect } from "../input/collect.ts";
import type { GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

interface DiffOptions extends GlobalOptions {
  readonly file?: readonly string[];
  readonly lose?: readonly string[];
  readonly exitCode?: boolean;
  readonly adopt?: boolean;
  readonly forceConflicts?: boolean;
}

/** `flotilla diff` */
export function addDiff({ program, io, finish }: Shell): void {
  program
    .command("diff")
    .description("show what apply would change on each cluster, as the servers say (dry run)")
    .option("-f, --file <FILE>", "manifests and policies: a file, a folder, or - for stdin; may be repeated", collect)
    .option("--lose <ID>", "as if this cluster were given up; may be repeated", collect)
    .option("--exit-code", "exit 4 if anything would change")
    .option("--adopt", "as apply --adopt would")
    .option("--force-conflicts", "as apply --force-conflicts would")
    .addHelpText(
      "after",
      "\nExamples:\n  flotilla diff -f app.yaml --config flotilla.yaml\n  flotilla diff -f app.yaml --exit-code",
    )
    .action(async (_options: unknown, command) => {
      const options: DiffOptions = command.optsWithGlobals();
      const { readManifests } = await import("../input/read-manifests.ts");
      const { openSession } = await import("../program/session.ts");
      const { toDiffView } = await import("../output/diff-view.ts");
      const { renderDiff } = await import("../render/render-diff.ts");
      const { documents, sources } = await readManifests(options.file ?? [], io);
      await using session = await openSession(io, options, { purpose: "read", needsState: true });
      const rollout = { adopt: options.adopt === true, forceConflicts: options.forceConflicts === true };
      const input = { documents, sources, lose: options.lose ?? [] };
      const view = toDiffView(await session.scheduler.diff(input, rollout, session.ctx));
      await session.tell(view, renderDiff);
      const hasFailed = view.objects.some(({ change }) => change === "failed");
      if (view.objects.some(({ change }) => change === "invalid")) finish(EXIT.refused);
      else finish(hasFailed || (options.exitCode === true && view.different) ? EXIT.partial : EXIT.done);
    });
}
