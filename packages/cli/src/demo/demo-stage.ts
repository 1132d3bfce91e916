import { join } from "node:path";
import type { CloudSandbox } from "@flotilla/sandbox";
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
  readonly sandbox: CloudSandbox;
  readonly narrator: Narrator;
  /** Runs a command that changes something, once. Its facts; `undefined` where people watch, who see its own output instead. */
  readonly act: (command: readonly string[], expected?: readonly number[]) => Promise<unknown>;
  /** Runs a command that only reads, for its facts alone: where its output would say what was just seen. */
  readonly check: <Facts>(command: readonly string[]) => Promise<Facts>;
  /** Runs a command that only reads: for its facts and, where people watch, once more for them to see. */
  readonly look: <Facts>(command: readonly string[], expected?: readonly number[]) => Promise<Facts>;
}

export interface DemoStageDeps {
  readonly io: CliIo;
  readonly runCli: RunCli;
  readonly sandbox: CloudSandbox;
  readonly narrator: Narrator;
}

const DONE: readonly number[] = [EXIT.done];

/** @throws Error if a command ends with another exit code than the story expects: then the demo is wrong, or the product. */
export function createDemoStage(deps: DemoStageDeps): DemoStage {
  const { io, sandbox, narrator } = deps;
  return {
    sandbox,
    narrator,
    async act(command, expected = DONE) {
      const full = withConfig(command);
      narrator.command(full);
      if (!narrator.isTelling) return factsOf(deps, full, expected);
      const { stdout, stderr } = io;
      return run(deps, full, expected, { stdout, stderr });
    },
    async check<Facts>(command: readonly string[]) {
      return (await factsOf(deps, withConfig(command), DONE)) as Facts;
    },
    async look<Facts>(command: readonly string[], expected = DONE) {
      const full = withConfig(command);
      const facts = (await factsOf(deps, full, expected)) as Facts;
      if (narrator.isTelling) {
        narrator.command(full);
        // What it tells of its progress was worth seeing once: with the commands that change something.
        await run(deps, full, expected, { stdout: io.stdout, stderr: createCapture() });
      }
      return facts;
    },
  };
}

function withConfig(command: readonly string[]): readonly string[] {
  return [...command, "--config", "flotilla.yaml"];
}

async function factsOf(deps: DemoStageDeps, command: readonly string[], expected: readonly number[]): Promise<unknown> {
  const stdout = createCapture();
  const stderr = createCapture();
  await run(deps, [...command, "-o", "json"], expected, { stdout, stderr });
  return JSON.parse(stdout.text());
}

async function run(
  { io, runCli, sandbox }: DemoStageDeps,
  command: readonly string[],
  expected: readonly number[],
  outputs: Pick<CliIo, "stdout" | "stderr">,
): Promise<void> {
  const code = await runCli(command, { ...stageIo(io, sandbox), ...outputs });
  if (io.signal.aborted || code === EXIT.interrupted) throw new DemoInterrupted("interrupted");
  if (expected.includes(code)) return;
  const said = isCapture(outputs.stderr) ? `\n${outputs.stderr.text()}` : "";
  throw new Error(`flotilla ${command.join(" ")} ended with ${code}, expected ${expected.join(" or ")}${said}`);
}

/** Paths are the sandbox's and so is the state: nothing of the user's is read or changed. */
function stageIo(io: CliIo, sandbox: CloudSandbox): CliIo {
  const { INIT_CWD: _callersFolder, KUBECONFIG: _kubeconfig, ...env } = io.env;
  const state = join(sandbox.folder, "state");
  return { ...io, cwd: sandbox.folder, stdin: nothing(), env: { ...env, ...sandbox.env, FLOTILLA_STATE: state } };
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

function isCapture(output: CliOutput): output is Capture {
  return "text" in output;
}
