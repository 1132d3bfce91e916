import { writeFile } from "node:fs/promises";
import { EXIT } from "../exit-codes.ts";
import type { DemoFacts, DiscoverFacts, PlanFacts, StatusFacts } from "./demo-facts.ts";
import type { DemoStage } from "./demo-stage.ts";
import { busiestCluster, expectFleet, expectPlaced, expectReady } from "./expectations.ts";

const CLUSTERS = 9;
const REPLICAS = 9;
const MORE_REPLICAS = 14;
const WORKLOAD = "shop/Deployment/shop";
const APP = ["-f", "app.yaml"];

export const NEXT_STEPS: readonly string[] = [
  "flotilla sandbox up                     these clouds, for you to use; Ctrl-C ends them",
  "flotilla discover                       the clusters of your own kubeconfig; reading needs no configuration",
  "flotilla plan -f app.yaml               where your own workload would go, and why; nothing is changed",
  "flotilla apply -f app.yaml --context A --context B",
  "docs/guides/quickstart.md               a configuration, prices, policies and overrides",
];

/** The story, step by step. Each step's facts are checked, so that a demo that ends well has shown what it says. */
export async function tellStory(stage: DemoStage): Promise<Omit<DemoFacts, "durationMs">> {
  const { clusters, gaps } = await find(stage);
  const plan = await planFirst(stage);
  const apply = await applyFirst(stage, plan);
  const status = expectReady(await stage.look<StatusFacts>(["status", WORKLOAD]), REPLICAS);
  const scaled = await scale(stage);
  const explain = await explainOne(stage, scaled.plan);
  const lost = await loseBusiest(stage, scaled.plan);
  const healed = await heal(stage, lost.cluster);
  const returned = await comeBack(stage, lost.cluster);
  return { clusters, gaps, plan, apply, status, scaled, explain, lost, healed, returned, next: NEXT_STEPS };
}

async function find({ narrator, look }: DemoStage): Promise<DiscoverFacts> {
  narrator.chapter(
    "A fleet: nine clusters in three clouds (emulated, in this process), found and priced as in an account of your own",
  );
  narrator.say(
    "One is degraded, and a policy keeps us out of one region: what cannot be looked at is told, not left out.",
  );
  return expectFleet(await look<DiscoverFacts>(["discover"]), CLUSTERS);
}

async function planFirst({ narrator, look }: DemoStage): Promise<PlanFacts> {
  narrator.chapter(`A plan: where the shop's ${REPLICAS} replicas go, why, and what it costs against an even split`);
  narrator.say("app.yaml holds ordinary manifests and two policies: cheapest first, no cloud with more than 60 %.");
  return expectPlaced(await look<PlanFacts>(["plan", ...APP]), REPLICAS);
}

async function applyFirst({ narrator, act }: DemoStage, plan: PlanFacts): Promise<unknown> {
  narrator.chapter("Apply: exactly the plan that was shown, by server-side apply, until it is healthy");
  return act(["apply", plan.planId]);
}

async function scale({ narrator, act, check, look, sandbox }: DemoStage): Promise<DemoFacts["scaled"]> {
  narrator.chapter(`Scale: ${REPLICAS} → ${MORE_REPLICAS} replicas in app.yaml; those that run stay where they are`);
  const { sampleApp } = await import("@flotilla/sandbox");
  await writeFile(sandbox.appPath, sampleApp(MORE_REPLICAS));
  const plan = expectPlaced(await look<PlanFacts>(["plan", ...APP]), MORE_REPLICAS);
  const apply = await act(["apply", plan.planId]);
  const status = expectReady(await check<StatusFacts>(["status", WORKLOAD]), MORE_REPLICAS);
  return { plan, apply, status };
}

async function explainOne({ narrator, look, sandbox }: DemoStage, plan: PlanFacts): Promise<unknown> {
  const chosen = new Set(plan.workloads[0]?.placements.map(({ cluster }) => cluster));
  const left = sandbox.members.find(({ name, taints }) => taints !== undefined && !chosen.has(sandbox.idOf(name)));
  const name = left?.name ?? sandbox.members.at(-1)?.name ?? "";
  narrator.chapter(`Explain: why is nothing on ${name}, which is the cheapest, and what would change that?`);
  return look(["explain", WORKLOAD, "--cluster", sandbox.idOf(name)]);
}

async function loseBusiest({ narrator, look, sandbox }: DemoStage, before: PlanFacts): Promise<DemoFacts["lost"]> {
  const cluster = busiestCluster(before);
  const name = nameOf(sandbox, cluster);
  narrator.chapter(`An outage: the API server of ${name} is gone`);
  await sandbox.kill(name);
  narrator.say("A cluster that does not answer may still be running its pods, so its share is held, not moved:");
  const plan = await look<PlanFacts>(["plan", ...APP], [EXIT.done, EXIT.partial]);
  const status = await look<StatusFacts>(["status", WORKLOAD]);
  return { cluster, plan, status };
}

async function heal({ narrator, act, check, look }: DemoStage, cluster: string): Promise<DemoFacts["healed"]> {
  narrator.chapter("Healed: you decide that it is lost, and its share moves to the others, within the same rules");
  const plan = expectPlaced(await look<PlanFacts>(["plan", ...APP, "--lose", cluster]), MORE_REPLICAS, cluster);
  const apply = await act(["apply", plan.planId], [EXIT.done, EXIT.partial]);
  const status = expectReady(await check<StatusFacts>(["status", WORKLOAD]), MORE_REPLICAS);
  return { plan, apply, status };
}

async function comeBack({ narrator, act, check, sandbox }: DemoStage, cluster: string): Promise<DemoFacts["returned"]> {
  const name = nameOf(sandbox, cluster);
  narrator.chapter(`Back again: ${name} answers, and the next apply takes away what still ran there`);
  await sandbox.revive(name);
  const apply = await act(["apply", ...APP]);
  const status = expectReady(await check<StatusFacts>(["status", WORKLOAD]), MORE_REPLICAS);
  return { apply, status };
}

function nameOf(sandbox: DemoStage["sandbox"], cluster: string): string {
  return sandbox.members.find(({ name }) => sandbox.idOf(name) === cluster)?.name ?? "";
}
