import type { FleetSandbox } from "@flotilla/sandbox";
import { EXIT } from "../exit-codes.ts";
import type { CliIo, CliOutput } from "../io/cli-io.ts";
import type { Narrator } from "./narrator.ts";

/** The command line, in this process. */
export type RunCli = (argv: readonly string[], io: CliIo) => Promise<number>;

/** Thrown when the user interrupts: the demo tidies up and ends with 130. */
export class DemoInterrupted extends Error {
  override readonly name = "DemoInterrupted";
}

/** Where the demo plays: a sandbox, and the real commands that are run on it. */
export interface DemoStage {
  readonly sandbox: FleetSandbox;
  readonly narrator: Narrator;
  /** Runs a command once, for its facts. Where people watch, what it does shows as a command of the story. */
  readonly act: <Facts>(command: readonly string[], expected?: readonly number[]) => Promise<Facts>;
  /** Runs a command that only reads, for its facts and, where people watch, once more for them to see. */
  readonly look: <Facts>(command: readonly string[], expected?: readonly number[]) => Promise<Facts>;
}

/** @throws Error if a command ends with another exit code than the story expects: then the demo is wrong, or the product. */
export function createDemoStage(deps: {
  readonly io: CliIo;
  readonly runCli: RunCli;
  readonly sandbox: FleetSandbox;
  readonly narrator: Narrator;
}): DemoStage {
  const { io, runCli, sandbox, narrator } = deps;
  const run = async (command: readonly string[], expected: readonly number[], stdout: CliOutput, stderr: CliOutput) => {
    const code = await runCli([...command, "--config", "flotilla.yaml"], { ...stageIo(io, sandbox), stdout, stderr });
    if (io.signal.aborted || code === EXIT.interrupted) throw new DemoInterrupted("interrupted");
    if (!expected.includes(code)) {
      throw new Error(`flotilla ${command.join(" ")} ended with ${code}, expected ${expected.join(" or ")}`);
    }
  };
  const facts = async <Facts>(
    command: readonly string[],
    expected: readonly number[],
    stderr: CliOutput,
  ): Promise<Facts> => {
    const stdout = createCapture();
    const complaints = createCapture();
    try {
      await run([...command, "-o", "json"], expected, stdout, narrator.isTelling ? stderr : complaints);
    } catch (error) {
      if (error instanceof DemoInterrupted) throw error;
      throw new Error(`${messageOf(error)}\n${complaints.text()}`.trim(), { cause: error });
    }
    return JSON.parse(stdout.text()) as Facts;
  };
  return {
    sandbox,
    narrator,
    async act<Facts>(command: readonly string[], expected: readonly number[] = [EXIT.done]) {
      narrator.command(command);
      // Its progress is part of the story; its tables are what the next `look` shows.
      return facts<Facts>(command, expected, io.stderr);
    },
    async look<Facts>(command: readonly string[], expected: readonly number[] = [EXIT.done]) {
      const found = await facts<Facts>(command, expected, createCapture());
      if (!narrator.isTelling) return found;
      narrator.command(command);
      await run(command, expected, io.stdout, createCapture());
      return found;
    },
  };
}

/** Paths are the sandbox's and so is the state: nothing of the user's is read or changed. */
function stageIo(io: CliIo, sandbox: FleetSandbox): CliIo {
  const { INIT_CWD: _callersFolder, FLOTILLA_CONFIG: _config, KUBECONFIG: _kubeconfig, ...env } = io.env;
  return { ...io, cwd: sandbox.folder, stdin: nothing(), env: { ...env, FLOTILLA_STATE: `${sandbox.folder}/state` } };
}

async function* nothing(): AsyncGenerator<never, void, undefined> {
  // A stream that is at its end.
}

interface Capture extends CliOutput {
  text(): string;
}

function createCapture(): Capture {
  let held = "";
  return {
    write(text) {
      held += text;
    },
    text: () => held,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
