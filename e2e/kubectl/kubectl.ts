import { runCommand } from "@flotilla/sandbox/control-planes";

/** kubectl with one kubeconfig and nothing else of this machine. */
export interface Kubectl {
  run(args: readonly string[], input?: string): Promise<KubectlResult>;
}

export interface KubectlResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

export function createKubectl(file: string, kubeconfig: string, home: string): Kubectl {
  return {
    async run(args, input) {
      const env = { HOME: home, KUBECONFIG: kubeconfig, PATH: process.env["PATH"] ?? "" };
      const options = { env, timeoutMs: TIMEOUT_MS, ...(input === undefined ? {} : { input }) };
      const { exitCode, stdout, stderr, problem } = await runCommand(file, args, options);
      return { exitCode, stdout, stderr: problem === undefined ? stderr : `${stderr}${problem}` };
    },
  };
}
