import type { DeleteReport } from "@flotilla/scheduler";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { collect } from "../input/collect.ts";
import { UsageError } from "../input/usage-error.ts";
import { fleetArguments, shellWord, type GlobalOptions } from "../program/global-options.ts";
import type { Shell } from "../program/shell.ts";

interface DeleteOptions extends GlobalOptions {
  readonly file?: readonly string[];
}

/** `flotilla delete` */
export function addDelete({ program, io, finish }: Shell): void {
  program
    .command("delete")
    .argument("[workload...]", "[NAMESPACE/]KIND/NAME")
    .description("delete workloads and what they brought along, everywhere; only what this fleet made")
    .option("-f, --file <FILE>", "delete the workloads of these manifests; may be repeated", collect)
    .addHelpText(
      "after",
      "\nExamples:\n  flotilla delete default/Deployment/web --config flotilla.yaml\n  flotilla delete -f app.yaml --context eu-1",
    )
    .action(async (workloads: readonly string[], _options: unknown, command) => {
      const options: DeleteOptions = command.optsWithGlobals();
      const { parseWorkload } = await import("../input/parse-workload.ts");
      const names = workloads.map(parseWorkload);
      if (names.length === 0 && options.file === undefined)
        throw new UsageError("give a workload, or manifests with -f FILE");
      const { readManifests } = await import("../input/read-manifests.ts");
      const { openSession } = await import("../program/session.ts");
      const { toDeleteView } = await import("../output/delete-view.ts");
      const { renderDelete } = await import("../render/render-delete.ts");
      const documents = options.file === undefined ? [] : (await readManifests(options.file, io)).documents;
      await using session = await openSession(io, options, { purpose: "change", needsState: true });
      const report = await session.scheduler.delete({ names, documents }, session.ctx);
      const files = (options.file ?? []).map((file) => ` -f ${shellWord(file)}`).join("");
      const again = `flotilla delete${workloads.map((each) => ` ${each}`).join("")}${files}${fleetArguments(options)}`;
      await session.tell(toDeleteView(report), (page, view) => {
        renderDelete(page, view, again);
      });
      finish(EXIT_BY_OUTCOME[report.outcome]);
    });
}

const EXIT_BY_OUTCOME: Readonly<Record<DeleteReport["outcome"], ExitCode>> = {
  done: EXIT.done,
  partial: EXIT.partial,
  interrupted: EXIT.interrupted,
};
