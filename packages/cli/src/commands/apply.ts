import type { ApplyOutcome, ApplyReport } from "@flotilla/scheduler";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { parseDuration } from "../input/parse-duration.ts";
import { collect } from "../input/collect.ts";
import type { Manifests } from "../input/read-manifests.ts";
import { UsageError } from "../input/usage-error.ts";
import type { CliIo } from "../io/cli-io.ts";
import { fleetArguments, shellWord, type GlobalOptions } from "../program/global-options.ts";
import type { Session } from "../program/session.ts";
import type { Shell } from "../program/shell.ts";

interface ApplyOptions extends GlobalOptions {
  readonly file?: readonly string[];
  readonly timeout: string;
  readonly adopt?: boolean;
  readonly forceConflicts?: boolean;
}

/** `flotilla apply` */
export function addApply({ program, io, finish }: Shell): void {
  program
    .command("apply")
    .argument("[plan-id]", "a plan that was made before: runs exactly that, or is refused")
    .description("roll a plan out, or plan and roll out in one go, and wait until it is healthy")
    .option("-f, --file <FILE>", "manifests and policies: a file, a folder, or - for stdin; may be repeated", collect)
    .option("--timeout <TIME>", "longest wait for health, such as 90s or 5m", "5m")
    .option("--adopt", "take over objects that are already there and were not made by this fleet")
    .option("--force-conflicts", "take over fields that other writers own")
    .addHelpText(
      "after",
      "\nExamples:\n  flotilla apply 3f2a1b… --config flotilla.yaml\n  flotilla apply -f app.yaml --context eu-1 us-1",
    )
    .action(async (planId: string | undefined, _options: unknown, command) => {
      const options: ApplyOptions = command.optsWithGlobals();
      const timeoutMs = parseDuration(options.timeout, "--timeout");
      if (planId === undefined && options.file === undefined)
        throw new UsageError("give a plan's id, or manifests with -f FILE");
      const { readManifests } = await import("../input/read-manifests.ts");
      const { openSession } = await import("../program/session.ts");
      const { toApplyView } = await import("../output/apply-view.ts");
      const { renderApply } = await import("../render/render-apply.ts");
      const given = options.file === undefined ? undefined : await readManifests(options.file, io);
      await using session = await openSession(io, options, { purpose: "change", needsState: true });
      const rollout = {
        timeoutMs,
        adopt: options.adopt === true,
        forceConflicts: options.forceConflicts === true,
      };
      const report =
        planId === undefined
          ? await session.scheduler.apply(
              await session.scheduler.plan(given ?? { documents: [] }, session.ctx),
              rollout,
              session.ctx,
            )
          : await applyStored(session, planId, given, rollout, io);
      await session.tell(toApplyView(report), (page, view) => {
        renderApply(page, view, again(planId, options));
      });
      finish(EXIT_BY_OUTCOME[report.outcome]);
    });
}

const EXIT_BY_OUTCOME: Readonly<Record<ApplyOutcome, ExitCode>> = {
  done: EXIT.done,
  refused: EXIT.refused,
  partial: EXIT.partial,
  interrupted: EXIT.interrupted,
};

/** The plan keeps the names of its files, not what is in them: they are read again, and must still say the same. */
async function applyStored(
  { scheduler, ctx }: Session,
  planId: string,
  given: Manifests | undefined,
  rollout: Parameters<Session["scheduler"]["applyStored"]>[2],
  io: CliIo,
): Promise<ApplyReport> {
  const plan = await scheduler.loadPlan(planId);
  if (plan === undefined) {
    throw new UsageError(`there is no plan "${planId}" in this state folder: "flotilla plan" prints a plan's id`);
  }
  const { sources } = plan.basis;
  if (given === undefined && (sources.length === 0 || sources.includes("-"))) {
    throw new UsageError(`plan ${planId} was read from stdin: give the same manifests again with -f FILE`);
  }
  const { readManifests } = await import("../input/read-manifests.ts");
  const { documents } = given ?? (await readManifests(sources, io));
  return scheduler.applyStored(plan, { documents }, rollout, ctx);
}

function again(planId: string | undefined, options: ApplyOptions): string {
  const files = (options.file ?? []).map((file) => ` -f ${shellWord(file)}`).join("");
  return `flotilla apply${planId === undefined ? "" : ` ${planId}`}${files}${fleetArguments(options)}`;
}
