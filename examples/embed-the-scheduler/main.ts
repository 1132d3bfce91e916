// The whole main job as library calls, on an emulated fleet: observe, plan, apply, look.
// Run: node --conditions=source examples/embed-the-scheduler/main.ts
import assert from "node:assert/strict";
import { readFiles } from "@flotilla/documents";
import { connectKubeCluster, createKubeconfigProvider } from "@flotilla/kube";
import { startFleetSandbox } from "@flotilla/sandbox";
import { createScheduler } from "@flotilla/scheduler";

await using sandbox = await startFleetSandbox();
const ctx = { signal: AbortSignal.timeout(60_000) };

const provider = createKubeconfigProvider({
  name: "sandbox",
  origin: { kind: "files", files: [sandbox.kubeconfigPath] },
});
const scheduler = createScheduler({
  fleet: "example",
  providers: [provider],
  connect: async (cluster, inner) =>
    connectKubeCluster({ id: cluster.id, access: await provider.credentials.connect(cluster, inner) }),
});

const files = await readFiles([sandbox.appPath], { cwd: sandbox.folder });
const plan = await scheduler.plan({ documents: files.flatMap(({ documents }) => documents) }, ctx);
for (const { ref, explanation } of plan.workloads) console.log(`${ref.kind} ${ref.name}: ${explanation.summary}`);

const report = await scheduler.apply(plan, { timeoutMs: 30_000 }, ctx);
assert.equal(report.outcome, "done");

const { workloads } = await scheduler.status(undefined, ctx);
for (const { ref, health, replicas } of workloads) {
  console.log(`${ref.kind} ${ref.name} is ${health}: ${replicas.ready} of ${replicas.desired} ready`);
}
assert.ok(workloads.every(({ health }) => health === "healthy"));
