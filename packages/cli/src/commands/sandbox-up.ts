import path from "node:path";
import type { CloudSandboxOptions } from "@flotilla/sandbox";
import { type Command, InvalidArgumentError } from "commander";
import { EXIT } from "../exit-codes.ts";
import { UsageError } from "../input/usage-error.ts";
import type { CliIo } from "../io/cli-io.ts";
import type { GlobalOptions } from "../program/global-options.ts";
import { createProgress } from "../progress/progress.ts";
import type { Shell } from "../program/shell.ts";

interface SandboxUpOptions extends GlobalOptions {
  readonly clusters: number;
  readonly seed?: number;
  readonly real?: boolean;
}

const CLUSTERS_MAX = 200;
const SEED_MAX = 2 ** 31 - 1;

/** `flotilla sandbox up`: ends with 0 when it is stopped, since that is how it is meant to end. */
export function addSandboxUp({ program, io, finish }: Shell): void {
  sandboxCommand(program)
    .command("up")
    .description("start three emulated clouds with their clusters, say how to use them, and run until Ctrl-C")
    .option("--clusters <N>", `how many clusters, 1 to ${CLUSTERS_MAX}`, wholeNumber(1, CLUSTERS_MAX), 9)
    .option("--seed <N>", "another fleet at the same places: draws sizes and prices", wholeNumber(0, SEED_MAX))
    .option("--real", "real Kubernetes control planes instead of embedded API servers (300 MiB of memory each)")
    .addHelpText(
      "after",
      `
--state DIR is where its files go; without it they are temporary and gone with it.

--real takes kube-apiserver, etcd, kube-controller-manager, kube-scheduler and kwok from KUBEBUILDER_ASSETS or from a cache
into which it builds them with Go, once.

Examples:
  flotilla sandbox up
  flotilla sandbox up -o json --state ./sandbox --clusters 30 --seed 7
  flotilla sandbox up --real --clusters 3`,
    )
    .action(async (_options: unknown, command) => {
      const options: SandboxUpOptions = command.optsWithGlobals();
      await run(io, options);
      finish(EXIT.done);
    });
}

/** The noun; its verbs are commands of their own. */
function sandboxCommand(program: Command): Command {
  return program.command("sandbox").description("emulated clouds on this machine, to try everything on");
}

async function run(io: CliIo, options: SandboxUpOptions): Promise<void> {
  // Only here: nobody else pays for loading servers.
  const { startCloudSandbox } = await import("@flotilla/sandbox");
  const { sandboxFacts, tellSandbox } = await import("./sandbox-facts.ts");
  const progress = createProgress(io.stderr, { isQuiet: options.quiet === true });
  await using sandbox = await startCloudSandbox({
    ...sandboxOptions(options, io.cwd),
    env: io.env,
    signal: io.signal,
    onProgress: (event) => progress.report(event),
  }).catch(asUsage);
  progress.clear();
  const facts = sandboxFacts(sandbox);
  switch (options.output) {
    // One line: whoever started it waits for exactly that.
    case "json":
      io.stdout.write(`${JSON.stringify(facts)}\n`);
      break;
    case "yaml": {
      const { printData } = await import("../output/print-data.ts");
      await printData(io.stdout, "yaml", facts);
      break;
    }
    case "table":
      io.stdout.write(tellSandbox(facts, sandbox));
      break;
    default:
      options.output satisfies never;
  }
  await stopped(io.signal);
}

/** What this machine lacks, and a folder that cannot be used, are not bugs: exit 2 with what to do about it. */
function asUsage(error: unknown): never {
  const { name, message } = error instanceof Error ? error : new Error();
  if (name === "NoControlPlanesError") {
    throw new UsageError(
      `sandbox up --real: ${message}; without --real the clusters are embedded API servers and nothing is needed`,
    );
  }
  if (name === "SandboxFolderError") throw new UsageError(`sandbox up --state: ${message}; name another folder`);
  throw error;
}

function sandboxOptions({ state, clusters, seed, real }: SandboxUpOptions, cwd: string): CloudSandboxOptions {
  return {
    clusters,
    ...(state === undefined ? {} : { stateDir: path.resolve(cwd, state) }),
    ...(seed === undefined ? {} : { seed }),
    ...(real === undefined ? {} : { real }),
  };
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}
