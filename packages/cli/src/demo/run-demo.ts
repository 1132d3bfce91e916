import { EXIT } from "../exit-codes.ts";
import type { CliIo } from "../io/cli-io.ts";
import { createDemoStage, DemoInterrupted, type RunCli } from "./demo-stage.ts";
import { createNarrator } from "./narrator.ts";
import { NEXT_STEPS, tellStory } from "./tell-story.ts";

export interface DemoOptions {
  readonly output: "table" | "json" | "yaml";
  /** The command line itself: passed in, since it is what calls this. */
  readonly runCli: RunCli;
}

/**
 * Plays the main job on three emulated clouds, with the real commands: find, plan, apply, scale, explain, lose a cluster, heal.
 * Hands back the exit code. Needs no account and no other program; everything it starts and writes is gone afterwards.
 */
export async function runDemo(io: CliIo, options: DemoOptions): Promise<number> {
  const startedAtMs = performance.now();
  const isTelling = options.output === "table";
  const hasColours = io.stdout.isTTY === true && !io.env["NO_COLOR"];
  const narrator = createNarrator(io.stdout, { isTelling, hasColours });
  try {
    // Only here: nobody else pays for loading servers.
    const { startCloudSandbox } = await import("@flotilla/sandbox");
    await using sandbox = await startCloudSandbox();
    const facts = await tellStory(createDemoStage({ io, runCli: options.runCli, sandbox, narrator }));
    const durationMs = Math.round(performance.now() - startedAtMs);
    if (isTelling) tellEnd(io, durationMs);
    else await writeDocument(io, options.output, { ...facts, durationMs });
    return EXIT.done;
  } catch (error) {
    if (error instanceof DemoInterrupted || io.signal.aborted) {
      io.stderr.write("demo: interrupted; its clusters and files are gone\n");
      return EXIT.interrupted;
    }
    io.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.bug;
  }
}

function tellEnd(io: CliIo, durationMs: number): void {
  io.stdout.write(`\nThat was the whole main job in ${(durationMs / 1000).toFixed(1)} s. What to try next:\n`);
  for (const step of NEXT_STEPS) io.stdout.write(`  ${step}\n`);
}

async function writeDocument(io: CliIo, output: "json" | "yaml", facts: object): Promise<void> {
  if (output === "json") io.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
  else {
    const { toYaml } = await import("@flotilla/documents");
    io.stdout.write(await toYaml(facts));
  }
}
