import { nearestName, parseClusterId } from "@flotilla/core";
import { EXIT } from "../exit-codes.ts";
import { parseWorkload } from "../input/parse-workload.ts";
import { collect, readManifests } from "../input/read-manifests.ts";
import { RefusedError, UsageError } from "../input/usage-error.ts";
import type { ExplainView } from "../output/explain-view.ts";
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
      const name = parseWorkload(workload);
      const { openSession } = await import("../program/session.ts");
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
      const cluster = options.cluster === undefined ? undefined : findCluster(view, options.cluster);
      await session.tell(cluster === undefined ? view : onlyCluster(view, cluster), (page, data) => {
        for (const each of data.workloads) renderExplain(page, each, cluster);
      });
      finish(EXIT.done);
    });
}

function findCluster({ workloads }: ExplainView, name: string): string {
  const ids = [
    ...new Set(workloads.flatMap(({ explanation }) => explanation.candidates.map(({ cluster }) => cluster))),
  ];
  const bareName = (id: string): string => parseClusterId(id)?.name ?? id;
  const matches = ids.filter((id) => id === name || bareName(id) === name);
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  if (matches.length > 1)
    throw new UsageError(`--cluster ${name}: several clusters have this name: ${matches.join(", ")}`);
  const nearest = nearestName(name, [...ids, ...ids.map(bareName)]);
  throw new UsageError(
    `--cluster ${name}: no such cluster was looked at${nearest === undefined ? "" : ` (did you mean "${nearest}"?)`}`,
  );
}

function onlyCluster(view: ExplainView, cluster: string): ExplainView {
  return {
    workloads: view.workloads.map((workload) => {
      const { summary, candidates } = workload.explanation;
      return {
        ...workload,
        explanation: { summary, candidates: candidates.filter((candidate) => candidate.cluster === cluster) },
      };
    }),
  };
}
