import { EXIT } from "../exit-codes.ts";
import { collect } from "../input/collect.ts";
import { fleetArguments, type GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

interface PlanOptions extends GlobalOptions {
  readonly file?: readonly string[];
  readonly lose?: readonly string[];
}

/** `flotilla plan` */
export function addPlan({ program, io, finish }: Shell): void {
  program
    .command("plan")
    .description("decide where everything goes, how many, why and what it costs; keep the plan and print its id")
    .option("-f, --file <FILE>", "manifests and policies: a file, a folder, or - for stdin; may be repeated", collect)
    .option("--lose <ID>", "give up this cluster: what runs there moves; may be repeated", collect)
    .addHelpText(
      "after",
      "\nExamples:\n  flotilla plan -f app.yaml\n  kustomize build . | flotilla plan -f - --config flotilla.yaml",
    )
    .action(async (_options: unknown, command) => {
      const options: PlanOptions = command.optsWithGlobals();
      const { readManifests } = await import("../input/read-manifests.ts");
      const { openSession } = await import("../program/session.ts");
      const { isRefused, toPlanView } = await import("../output/plan-view.ts");
      const { renderPlan } = await import("../render/render-plan.ts");
      const { documents, sources } = await readManifests(options.file ?? [], io);
      await using session = await openSession(io, options, { purpose: "read", needsState: true });
      const plan = await session.scheduler.plan({ documents, sources, lose: options.lose ?? [] }, session.ctx);
      const next = `flotilla apply ${plan.planId}${sources.includes("-") ? " -f FILE" : ""}${fleetArguments(options)}`;
      const view = toPlanView(plan);
      await session.tell(view, (page, data) => {
        renderPlan(page, data, next);
      });
      finish(isRefused(view) ? EXIT.refused : EXIT.done);
    });
}
