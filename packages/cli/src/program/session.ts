import { parseClusterId } from "@flotilla/core";
import type { ProgressEvent, Scheduler } from "@flotilla/scheduler";
import { createProgress, type Progress } from "../progress/progress.ts";
import type { CliIo } from "../io/cli-io.ts";
import { createPage, type Page } from "../render/page.ts";
import { printData } from "../output/print-data.ts";
import type { GlobalOptions } from "./global-options.ts";

/** One run of a command against the fleet: its scheduler, and how results are told. Closing it closes the state. */
export interface Session extends AsyncDisposable {
  readonly scheduler: Scheduler;
  readonly ctx: { readonly signal: AbortSignal };
  /** Prints the data, or what `render` writes of it for people. */
  tell<T>(data: T, render: (page: Page, data: T) => void): Promise<void>;
}

export interface SessionNeeds {
  readonly purpose: "read" | "change";
  /** Without it no state folder is touched. */
  readonly needsState: boolean;
}

/** Checks the configuration, loads providers and opens the state, in this order; contacts no cluster. */
export async function openSession(io: CliIo, options: GlobalOptions, needs: SessionNeeds): Promise<Session> {
  // Read first: bad input is told before anything else is loaded.
  const { resolveConfig } = await import("../config/resolve-config.ts");
  const config = await resolveConfig(options, io, needs.purpose);
  if (config.file === null) {
    const { checkContexts } = await import("../config/check-contexts.ts");
    await checkContexts(options.context ?? [], io.env);
  }
  const { stateFile } = await import("../input/state-file.ts");
  const file = needs.needsState ? stateFile(options.state, io) : undefined;
  const progress = createProgress(io.stderr, { isQuiet: options.quiet === true });
  const { compose } = await import("../composition.ts");
  const fleet = await compose({
    config,
    env: io.env,
    stateFile: file,
    onProgress: (event) => progress.report(shortened(event)),
  });
  return {
    scheduler: fleet.scheduler,
    ctx: { signal: io.signal },
    tell: (data, render) => tell(io, options, progress, data, render),
    async [Symbol.asyncDispose]() {
      progress.clear();
      await fleet[Symbol.asyncDispose]();
    },
  };
}

/** The cluster by its bare name: progress is read in passing. */
function shortened(event: ProgressEvent): ProgressEvent {
  const name = event.cluster === undefined ? undefined : parseClusterId(event.cluster)?.name;
  if (event.cluster === undefined || name === undefined) return event;
  return { ...event, message: event.message.replaceAll(event.cluster, name) };
}

/** Data on stdout in the wanted form, the live progress line taken away first. */
async function tell<T>(
  io: CliIo,
  options: GlobalOptions,
  progress: Progress,
  data: T,
  render: (page: Page, data: T) => void,
): Promise<void> {
  progress.clear();
  if (options.output !== "table") return printData(io.stdout, options.output, data);
  const page = createPage(io);
  render(page, data);
  page.print();
}
