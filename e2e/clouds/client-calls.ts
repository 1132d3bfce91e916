import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand } from "@flotilla/sandbox/control-planes";
import { PYTHON_FOLDER, type PythonClients } from "./python-clients.ts";

/** What one call of an independent client came to. */
export interface ClientCall {
  readonly call: string;
  readonly ok: boolean;
  readonly answer?: unknown;
  readonly error?: string;
}

/** Runs independent clients with nothing of this machine's own accounts, and counts their calls. */
export interface ClientCalls extends AsyncDisposable {
  /** Where they are installed. */
  readonly clients: PythonClients;
  /** One of our Python scripts: every call it tells, by name. */
  script(
    file: string,
    input: unknown,
    env?: Readonly<Record<string, string>>,
  ): Promise<ReadonlyMap<string, ClientCall>>;
  /** A program of the installed clients; its standard output. Counts as one call. @throws where it fails. */
  program(name: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  readonly passed: number;
  readonly failed: readonly string[];
}

const TIMEOUT_MS = 90_000;

export async function openClientCalls(clients: PythonClients): Promise<ClientCalls> {
  const { bin } = clients;
  const home = await mkdtemp(path.join(tmpdir(), "flotilla-clients-"));
  const clean = {
    HOME: home,
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    AWS_EC2_METADATA_DISABLED: "true",
    LANG: "C.UTF-8",
  };
  const failed: string[] = [];
  let passed = 0;
  const run = (
    name: string,
    args: readonly string[],
    more: { readonly env: Readonly<Record<string, string>> | undefined; readonly input?: string },
  ) =>
    runCommand(path.join(bin, name), args, {
      env: { ...clean, ...more.env },
      timeoutMs: TIMEOUT_MS,
      cwd: home,
      ...(more.input === undefined ? {} : { input: more.input }),
    });
  return {
    clients,
    async script(file, input, env) {
      const { stdout, stderr, exitCode } = await run("python", [path.join(PYTHON_FOLDER, file)], {
        env,
        input: JSON.stringify(input),
      });
      const calls = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as ClientCall);
      passed += calls.filter(({ ok }) => ok).length;
      failed.push(...calls.filter(({ ok }) => !ok).map(({ call, error }) => `${call}: ${error ?? ""}`));
      if (exitCode !== 0) throw new Error(`${file} ended with ${String(exitCode)}: ${stderr}`);
      return new Map(calls.map((call) => [call.call, call]));
    },
    async program(name, args, env) {
      const { stdout, stderr, exitCode, problem } = await run(name, args, { env });
      if (exitCode !== 0) {
        failed.push(`${name} ${args.join(" ")}`);
        throw new Error(`${name} ${args.join(" ")}: ${problem ?? stderr}`);
      }
      passed += 1;
      return stdout;
    },
    get passed() {
      return passed;
    },
    failed,
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}
