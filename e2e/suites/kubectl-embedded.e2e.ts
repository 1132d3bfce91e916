import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBinaries } from "@flotilla/sandbox/control-planes";
import { startApiServer, type ApiServer } from "@flotilla/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import { createKubectl, type Kubectl } from "../kubectl/kubectl.ts";
import { maskOutput } from "../kubectl/mask-output.ts";
import { KUBECTL_SESSIONS, type KubectlSession } from "../kubectl/sessions.ts";

// An independent client judges the embedded server: kubectl must say the same to its user as on a real one.
describeOnRealClusters("kubectl on the embedded API server", { count: 1, nodes: 3 }, (fleet) => {
  let embedded: ApiServer;
  let folder: string;
  let onEmbedded: Kubectl;
  let onReal: Kubectl;
  beforeAll(async () => {
    const nodes = [1, 2, 3].map((index) => ({ name: `n${index}`, cpu: "4", memory: "16Gi" }));
    embedded = await startApiServer({ name: "embedded", nodes });
    folder = await mkdtemp(path.join(tmpdir(), "flotilla-kubectl-"));
    const kubeconfig = path.join(folder, "kubeconfig");
    await writeFile(kubeconfig, JSON.stringify(embedded.kubeconfig()));
    const file = (await findBinaries(["kubectl"])).paths.get("kubectl") ?? "kubectl";
    onEmbedded = createKubectl(file, kubeconfig, folder);
    onReal = createKubectl(file, fleet().kubeconfigPath, path.join(folder, "real"));
  });
  afterAll(async () => {
    await embedded.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(KUBECTL_SESSIONS)("$name", async (session) => {
    const namespace = `k-${randomUUID().slice(0, 8)}`;
    const [expected, actual] = await Promise.all([
      play(session, namespace, onReal),
      play(session, namespace, onEmbedded),
    ]);
    // Softly, so that one run tells every command that differs.
    for (const [index, outcome] of expected.entries()) expect.soft(actual[index]).toEqual(outcome);
  });
});

async function play(session: KubectlSession, namespace: string, kubectl: Kubectl): Promise<readonly unknown[]> {
  const created = await kubectl.run(["create", "namespace", namespace]);
  if (created.exitCode !== 0) throw new Error(created.stderr);
  await kubectl.run(["wait", "--for=create", "serviceaccount/default", "-n", namespace, "--timeout=20s"]);
  const outcomes: unknown[] = [];
  for (const { args, input, compare } of session.steps) {
    const scope = args.includes("-n") || args.includes("-A") ? [] : ["-n", namespace];
    const { exitCode, stdout, stderr } = await kubectl.run([...args, ...scope], input);
    const words = { stdout: maskOutput(stdout), stderr: maskOutput(stderr) };
    outcomes.push({ command: args.join(" "), exitCode, ...(compare === "code" ? {} : words) });
  }
  return outcomes;
}
