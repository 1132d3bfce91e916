import type { Document } from "@flotilla/core";
import { expect, test } from "vitest";
import { aDocument, type EmbeddedFleet, startEmbeddedFleet } from "../../test-support/embedded-fleet.ts";
import { aConfigMap, anOverride, aPlacement, aService, aWeb } from "../../test-support/some-manifests.ts";
import type { PlanInput } from "../create-scheduler.ts";
import { valueAt } from "../objects/json-access.ts";
import type { Plan } from "../plan/plan.ts";
import type { ApplyReport } from "./apply-report.ts";
import type { RolloutOptions } from "./rollout-run.ts";

async function run(
  fleet: EmbeddedFleet,
  input: PlanInput,
  options: RolloutOptions = {},
): Promise<{ readonly plan: Plan; readonly report: ApplyReport }> {
  const plan = await fleet.scheduler.plan(input, fleet.ctx);
  return { plan, report: await fleet.scheduler.apply(plan, { timeoutMs: 10_000, ...options }, fleet.ctx) };
}

function replicasOn(fleet: EmbeddedFleet, name: string): unknown {
  return valueAt(fleet.member(name).server.objects().get("apps/v1", "Deployment", "shop", "web"), "spec", "replicas");
}

function has(fleet: EmbeddedFleet, name: string, kind: string, object = "web"): boolean {
  return fleet.member(name).server.objects().get("v1", kind, "shop", object) !== undefined;
}

function on(names: readonly string[]): Document {
  return aPlacement("web", { clusters: { names } });
}

function aWebWithVolume(replicas: number): Document {
  const web = structuredClone(aWeb({ replicas }).value) as { spec: { template: { spec: Record<string, unknown> } } };
  web.spec.template.spec["volumes"] = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
  return aDocument(web);
}

function aClaim(): Document {
  return aDocument({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "shop" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  });
}

test("nothing is taken away while the member that is to replace it cannot be reached, however often apply runs", async () => {
  await using fleet = await startEmbeddedFleet({ readyAfterMs: 60_000 });
  const start = [aWeb({ replicas: 4 }), aConfigMap("web"), on(["a", "b"])];
  await run(fleet, { documents: start }, { timeoutMs: 0 });
  const moved = [aWeb({ replicas: 4 }), aConfigMap("web"), on(["c"])];
  const first = await run(fleet, { documents: moved }, { timeoutMs: 0 });
  expect([first.report.outcome, replicasOn(fleet, "c")]).toEqual(["partial", 4]);
  await fleet.member("c").server.kill();
  for (let times = 2; times <= 4; times += 1) {
    const { plan, report } = await run(fleet, { documents: moved }, { timeoutMs: 0 });
    expect(plan.removals).toEqual([]);
    expect(plan.warnings.join("\n")).toMatch(
      /Deployment shop\/web .*kubeconfig\/test\/-\/a, kubeconfig\/test\/-\/b.*kubeconfig\/test\/-\/c.*--lose/,
    );
    expect(report.outcome).toBe("partial");
    expect([replicasOn(fleet, "a"), replicasOn(fleet, "b"), has(fleet, "a", "ConfigMap")]).toEqual([2, 2, true]);
  }
  // Given up, with nowhere else to go: still nothing is taken away.
  const lost = await run(fleet, { documents: moved, lose: ["c"] }, { timeoutMs: 0 });
  expect([lost.report.outcome, lost.plan.removals]).toEqual(["refused", []]);
  expect([replicasOn(fleet, "a"), replicasOn(fleet, "b")]).toEqual([2, 2]);
  const back = await run(fleet, { documents: start, lose: ["c"] }, { timeoutMs: 0 });
  expect(back.plan.workloads[0]?.placements.map(({ replicas }) => replicas)).toEqual([2, 2]);
});

test("a workload does not shrink for a replacement that has died or is not ready yet, however often apply runs", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], readyAfterMs: 60_000 });
  await run(fleet, { documents: [aWeb({ replicas: 4 }), on(["a"])] }, { timeoutMs: 0 });
  const limits = [{ clusters: { names: ["a"] }, max: 2 }];
  const split = [aWeb({ replicas: 4 }), aPlacement("web", { replicas: { limits } })];
  for (let times = 1; times <= 2; times += 1) {
    const { plan, report } = await run(fleet, { documents: split }, { timeoutMs: 0 });
    expect(plan.workloads[0]?.placements.map(({ replicas }) => replicas)).toEqual([2, 2]);
    expect([report.outcome, replicasOn(fleet, "a"), replicasOn(fleet, "b")]).toEqual(["partial", 4, 2]);
  }
  await fleet.member("b").server.kill();
  for (let times = 3; times <= 4; times += 1) {
    const { report } = await run(fleet, { documents: split }, { timeoutMs: 0 });
    expect([report.outcome, replicasOn(fleet, "a")]).toEqual(["partial", 4]);
  }
});

test("at no replicas a workload stays where it is, with all it brought, and comes back there", async () => {
  await using fleet = await startEmbeddedFleet();
  const at = (replicas: number): readonly Document[] => [aWebWithVolume(replicas), aClaim(), aService("web")];
  await run(fleet, { documents: at(6) });
  const idle = await run(fleet, { documents: at(0) });
  expect(idle.report.outcome).toBe("done");
  expect([idle.plan.removals, idle.plan.workloads[0]?.placements.map(({ replicas }) => replicas)]).toEqual([
    [],
    [0, 0, 0],
  ]);
  fleet.forgetRequests();
  const again = await run(fleet, { documents: at(0) });
  expect([again.report.outcome, fleet.writes()]).toEqual(["done", []]);
  for (const name of ["a", "b", "c"]) {
    expect([replicasOn(fleet, name), has(fleet, name, "Service")]).toEqual([0, true]);
    expect(has(fleet, name, "PersistentVolumeClaim", "data")).toBe(true);
  }
  const { workloads } = await fleet.scheduler.status(undefined, fleet.ctx);
  expect(workloads[0]).toMatchObject({ health: "healthy", replicas: { desired: 0, ready: 0 } });
  const back = await run(fleet, { documents: at(3) });
  expect([back.report.outcome, ["a", "b", "c"].map((name) => replicasOn(fleet, name))]).toEqual(["done", [1, 1, 1]]);
});

test("no replicas while a member is away: what runs there stops when it is back, and stays there", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  await run(fleet, { documents: [aWeb({ replicas: 4 })] });
  await fleet.member("b").server.kill();
  const held = await run(fleet, { documents: [aWeb({ replicas: 0 })] });
  expect([held.report.outcome, replicasOn(fleet, "a")]).toEqual(["partial", 0]);
  await fleet.member("b").server.restart();
  const back = await run(fleet, { documents: [aWeb({ replicas: 0 })] });
  expect([back.report.outcome, replicasOn(fleet, "a"), replicasOn(fleet, "b")]).toEqual(["done", 0, 0]);
});

test("a volume is never removed by an apply: it is told, stays listed, and goes when it is deleted on purpose", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const at = (names: readonly string[]): readonly Document[] => [aWebWithVolume(2), aClaim(), on(names)];
  await run(fleet, { documents: at(["a"]) });
  for (let times = 1; times <= 2; times += 1) {
    const { plan, report } = await run(fleet, { documents: at(["b"]) });
    expect(report.outcome).toBe("done");
    expect(plan.warnings).toContain(
      "PersistentVolumeClaim shop/data stays on kubeconfig/test/-/a; delete it there when it is not needed",
    );
    expect([replicasOn(fleet, "a"), has(fleet, "a", "PersistentVolumeClaim", "data")]).toEqual([undefined, true]);
  }
  fleet.forgetRequests();
  await run(fleet, { documents: at(["b"]) });
  expect(fleet.writes()).toEqual([]);
  await fleet.scheduler.delete({ names: [{ kind: "Deployment", name: "web" }] }, fleet.ctx);
  expect(has(fleet, "a", "PersistentVolumeClaim", "data")).toBe(false);
});

test("what a workload still names stays when it is left out of the documents, and goes with the workload", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const web = aWeb({ replicas: 2, configMap: "web" });
  await run(fleet, { documents: [web, aConfigMap("web"), aService("web")] });
  for (let times = 1; times <= 2; times += 1) {
    const { plan, report } = await run(fleet, { documents: [web] });
    expect([report.outcome, plan.assumed]).toEqual(["done", ["ConfigMap shop/web"]]);
    expect(["a", "b"].map((name) => [has(fleet, name, "ConfigMap"), has(fleet, name, "Service")])).toEqual([
      [true, false],
      [true, false],
    ]);
  }
  fleet.forgetRequests();
  await run(fleet, { documents: [web] });
  expect(fleet.writes()).toEqual([]);
  await fleet.scheduler.delete({ documents: [web] }, fleet.ctx);
  expect(["a", "b"].map((name) => has(fleet, name, "ConfigMap"))).toEqual([false, false]);
});

test.each<[string, Record<string, unknown>, number]>([
  ["all or nothing", { replicas: { partial: false } }, 900],
  ["a number of providers that there are not", { spread: [{ by: "provider", minGroups: 3 }] }, 6],
  ["a price that is not known", { unknownPrice: "Fail" }, 6],
])("a running workload does not change by a plan that falls short of %s", async (_, policy, replicas) => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  await run(fleet, { documents: [aWeb({ replicas: 4 }), aService("web")] });
  const unpriced = fleet.schedulerWith({ prices: [] });
  const input = { documents: [aWeb({ replicas, image: "nginx:2" }), aPlacement("web", policy)] };
  fleet.forgetRequests();
  const plan = await unpriced.plan(input, fleet.ctx);
  const [workload] = plan.workloads;
  expect([workload?.shortfall?.isAllowed, workload?.placements.length, plan.removals]).toEqual([false, 2, []]);
  const report = await unpriced.apply(plan, { timeoutMs: 0 }, fleet.ctx);
  expect([report.outcome, report.refusals.map(({ code }) => code), fleet.writes()]).toEqual([
    "refused",
    ["shortfall"],
    [],
  ]);
});

test("a shortfall that the policy allows is applied", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const half = aPlacement("web", { clusters: { names: ["a"] }, spread: [{ by: "cluster", maxSharePercent: 50 }] });
  const { plan, report } = await run(fleet, { documents: [aWeb({ replicas: 4 }), half] });
  expect([report.outcome, plan.workloads[0]?.unplaced, plan.workloads[0]?.shortfall?.isAllowed]).toEqual([
    "done",
    2,
    true,
  ]);
  expect((await run(fleet, { documents: [aWeb({ replicas: 4 }), half] })).report.outcome).toBe("done");
});

test("what is placed by itself is not taken away because its policy fits no cluster any more", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  await run(fleet, { documents: [aConfigMap("settings")] });
  const mistyped = aDocument({
    apiVersion: "flotilla.dev/v1alpha1",
    kind: "PlacementPolicy",
    metadata: { name: "settings", namespace: "shop" },
    spec: {
      workloads: [{ apiVersion: "v1", kind: "ConfigMap", name: "settings" }],
      clusters: { names: ["no-such-cluster"] },
    },
  });
  const { plan, report } = await run(fleet, { documents: [aConfigMap("settings"), mistyped] });
  expect([plan.removals, report.outcome, has(fleet, "a", "ConfigMap", "settings")]).toEqual([[], "refused", true]);
});

test("a workload that is wanted nowhere is taken away", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  await run(fleet, { documents: [aWeb({ replicas: 2 })] });
  const nowhere = aPlacement("web", { clusters: { none: true } });
  const { report } = await run(fleet, { documents: [aWeb({ replicas: 2 }), nowhere] });
  expect([report.outcome, replicasOn(fleet, "a"), replicasOn(fleet, "b")]).toEqual(["done", undefined, undefined]);
});

function asking(cpu: string): Document {
  const path = "/spec/template/spec/containers/0/resources/requests/cpu";
  return anOverride("web", [
    { env: [{ container: "web", name: "WHERE", value: "${cluster.name}" }] },
    { clusters: { names: ["b"] }, patch: [{ op: "replace", path, value: cpu }] },
  ]);
}

test("a plan is refused where the overrides make pods that fit on no node of a cluster", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const { plan, report } = await run(fleet, { documents: [aWeb({ replicas: 4 }), asking("100")] });
  expect(plan.workloads[0]?.shortfall).toMatchObject({ code: "overrides", isAllowed: false });
  expect([report.outcome, fleet.writes()]).toEqual(["refused", []]);
  expect(report.refusals[0]?.message).toMatch(/OverridePolicy shop\/web, rule 2: .*100 CPU.*kubeconfig\/test\/-\/b/);
});

test("what overrides ask for is what is paid, and a stored plan finds it so", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const plain = await fleet.scheduler.plan({ documents: [aWeb({ replicas: 4 })] }, fleet.ctx);
  const documents = [aWeb({ replicas: 4 }), asking("1")];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  // Two replicas of four ask for 1 CPU instead of 100m.
  expect(plan.cost.perMonthUsd / plain.cost.perMonthUsd).toBeCloseTo((2 + 20) / 4, 6);
  const [workload] = plan.workloads;
  const told = (workload?.placements ?? []).map(({ cluster, replicas }) => {
    const candidate = workload?.explanation.candidates.find((each) => each.cluster === cluster);
    return replicas * (candidate?.pricePerMonthUsd ?? 0);
  });
  expect(told.reduce((sum, each) => sum + each, 0)).toBeCloseTo(plan.cost.perMonthUsd, 6);
  expect(plan.warnings.join()).toMatch(/rule 2 changes what its pods need on kubeconfig\/test\/-\/b;/);
  const report = await fleet.scheduler.applyStored(plan, { documents }, { timeoutMs: 10_000 }, fleet.ctx);
  expect([report.refusals, report.outcome]).toEqual([[], "done"]);
});

/** A Deployment that mounts the claim `data` and reads the ConfigMap `settings`, both of which may be brought by another. */
function aUser(name: string, isUsing = true): Document {
  const web = structuredClone(aWeb({ replicas: 1 }).value) as {
    metadata: { name: string };
    spec: {
      selector: { matchLabels: Record<string, string> };
      template: { metadata: { labels: Record<string, string> }; spec: Record<string, unknown> };
    };
  };
  web.metadata.name = name;
  web.spec.selector.matchLabels = { app: name };
  web.spec.template.metadata.labels = { app: name };
  const volumes = [
    { name: "data", persistentVolumeClaim: { claimName: "data" } },
    { name: "settings", configMap: { name: "settings" } },
  ];
  if (isUsing) web.spec.template.spec["volumes"] = volumes;
  return aDocument(web);
}

test.each(["apply", "delete"] as const)(
  "what two workloads share stays for the one that is left, though its documents no longer bring it (%s)",
  async (how) => {
    await using fleet = await startEmbeddedFleet({ names: ["a"] });
    const shared = [aClaim(), aConfigMap("settings")];
    await run(fleet, { documents: [aUser("web"), aUser("b"), ...shared] });
    expect((await run(fleet, { documents: [aUser("b")] })).report.outcome).toBe("done");
    if (how === "apply") await run(fleet, { documents: [aUser("web", false)] });
    else await fleet.scheduler.delete({ names: [{ kind: "Deployment", name: "web" }] }, fleet.ctx);
    expect([has(fleet, "a", "ConfigMap", "settings"), has(fleet, "a", "PersistentVolumeClaim", "data")]).toEqual([
      true,
      true,
    ]);
    await fleet.scheduler.delete({ names: [{ kind: "Deployment", name: "b" }] }, fleet.ctx);
    expect(has(fleet, "a", "ConfigMap", "settings")).toBe(false);
  },
);

test("a volume that is in use is not said to be deleted", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: [aWebWithVolume(2), aClaim(), on(["a"])] });
  const { plan, report } = await run(fleet, { documents: [aWebWithVolume(2), aClaim(), on(["nowhere"])] });
  expect([report.outcome, plan.removals, plan.kept]).toEqual(["refused", [], []]);
  expect(plan.warnings.join("\n")).not.toContain("delete it there");
  const moved = await run(fleet, { documents: [aWebWithVolume(2), aClaim(), on(["b"])] });
  expect(moved.plan.warnings.join("\n")).toContain(
    "PersistentVolumeClaim shop/data stays on kubeconfig/test/-/a; delete it there",
  );
});
