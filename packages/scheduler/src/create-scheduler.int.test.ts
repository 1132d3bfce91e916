import { expect, test } from "vitest";
import { aDocument, type EmbeddedFleet, startEmbeddedFleet } from "../test-support/embedded-fleet.ts";
import { aConfigMap, anOverride, aPlacement, aSecret, aService, aWeb } from "../test-support/some-manifests.ts";
import type { PlanInput } from "./create-scheduler.ts";
import type { Plan } from "./plan/plan.ts";
import type { ApplyReport } from "./rollout/apply-report.ts";
import type { RolloutOptions } from "./rollout/rollout-run.ts";

const CANARY = "correct-horse-battery-staple";

async function run(
  fleet: EmbeddedFleet,
  input: PlanInput,
  options: RolloutOptions = {},
): Promise<{ plan: Plan; report: ApplyReport }> {
  const plan = await fleet.scheduler.plan(input, fleet.ctx);
  const report = await fleet.scheduler.apply(plan, { timeoutMs: 10_000, ...options }, fleet.ctx);
  return { plan, report };
}

function sharesOf(plan: Plan): Record<string, number> {
  return Object.fromEntries(
    (plan.workloads[0]?.placements ?? []).map(({ cluster, replicas }) => [cluster.slice(-1), replicas]),
  );
}

function replicasOn(fleet: EmbeddedFleet, name: string, workload = "web"): unknown {
  const live = fleet.member(name).server.objects().get("apps/v1", "Deployment", "shop", workload);
  return (live?.["spec"] as { replicas?: number } | undefined)?.replicas;
}

function has(fleet: EmbeddedFleet, name: string, kind: string, object = "web"): boolean {
  return fleet.member(name).server.objects().get("v1", kind, "shop", object) !== undefined;
}

const everything = (replicas = 6) => [
  aWeb({ replicas, configMap: "web", secret: "web" }),
  aConfigMap("web"),
  aSecret("web", { password: CANARY }),
  aService("web"),
  anOverride("web", [{ env: [{ container: "web", name: "REGION", value: "${cluster.region}" }] }]),
];

test("a workload is placed with all it needs, runs everywhere it was placed, and a second apply writes nothing", async () => {
  await using fleet = await startEmbeddedFleet();
  const first = await run(fleet, { documents: everything() });
  expect(first.report).toMatchObject({ outcome: "done", refusals: [] });
  expect(sharesOf(first.plan)).toEqual({ a: 2, b: 2, c: 2 });
  for (const name of ["a", "b", "c"]) {
    expect(replicasOn(fleet, name)).toBe(2);
    expect([has(fleet, name, "ConfigMap"), has(fleet, name, "Secret"), has(fleet, name, "Service")]).toEqual([
      true,
      true,
      true,
    ]);
  }
  const live = fleet.member("b").server.objects().get("apps/v1", "Deployment", "shop", "web");
  expect(JSON.stringify(live)).toContain('{"name":"REGION","value":"europe-west4"}');
  fleet.forgetRequests();
  const second = await run(fleet, { documents: everything() });
  expect(second.report.outcome).toBe("done");
  expect(second.plan.planId).toBe(first.plan.planId);
  expect(fleet.writes()).toEqual([]);
});

test("scaling changes the workload alone and status adds up what the members say", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything(3) });
  const { report } = await run(fleet, { documents: everything(9) });
  expect(report.objects.filter(({ outcome }) => outcome !== "unchanged").map(({ ref }) => ref.kind)).toEqual([
    "Deployment",
    "Deployment",
    "Deployment",
  ]);
  const {
    workloads: [status],
  } = await fleet.scheduler.status([{ kind: "deployment", name: "web" }], fleet.ctx);
  expect(status).toMatchObject({ health: "healthy", replicas: { desired: 9, ready: 9, updated: 9, available: 9 } });
  expect(status?.clusters.map(({ replicas, ready, health }) => [replicas, ready, health])).toEqual(
    Array.from({ length: 3 }, () => [3, 3, "healthy"]),
  );
  expect(status?.objects.map(({ ref, health }) => [ref.kind, health])).toEqual([
    ["ConfigMap", "healthy"],
    ["Secret", "healthy"],
    ["Service", "healthy"],
  ]);
});

test("a field that someone else has taken is named with its owner and is not taken back unless asked", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything() });
  await using other = fleet.connect("b");
  const theirs = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { replicas: 5 },
  };
  await other.apply(theirs, { fieldManager: "someone", force: true }, fleet.ctx);
  const { report } = await run(fleet, { documents: everything() }, { timeoutMs: 0 });
  expect(report.outcome).toBe("refused");
  const conflict = report.objects.find(({ outcome }) => outcome === "conflict");
  expect(conflict).toMatchObject({
    cluster: "kubeconfig/test/-/b",
    conflicts: [{ field: ".spec.replicas", manager: "someone" }],
  });
  expect(replicasOn(fleet, "b")).toBe(5);
  const forced = await run(fleet, { documents: everything() }, { forceConflicts: true });
  expect(forced.report.outcome).toBe("done");
  expect(replicasOn(fleet, "b")).toBe(2);
});

test("an object of someone else is refused before anything changes, and once adopted it is never deleted", async () => {
  await using fleet = await startEmbeddedFleet();
  await using other = fleet.connect("c");
  await other.create(
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
    { fieldManager: "someone" },
    fleet.ctx,
  );
  const mine = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "web", namespace: "shop" },
    data: { key: "value" },
  };
  await other.create(mine, { fieldManager: "someone" }, fleet.ctx);
  fleet.forgetRequests();
  const { report } = await run(fleet, { documents: everything() });
  expect(report.outcome).toBe("refused");
  expect(report.refusals.map(({ code }) => code)).toEqual(["foreignObject"]);
  expect(report.refusals[0]?.message).toContain("ConfigMap shop/web is already on kubeconfig/test/-/c");
  expect(fleet.writes()).toEqual([]);
  const adopted = await run(fleet, { documents: everything() }, { adopt: true });
  expect(adopted.report.outcome).toBe("done");
  expect([adopted.plan.warnings.join(), adopted.report.warnings]).toEqual([expect.stringContaining("--adopt"), []]);
  fleet.forgetRequests();
  expect((await run(fleet, { documents: everything() })).report.outcome).toBe("done");
  expect(fleet.writes()).toEqual([]);
  const deleted = await fleet.scheduler.delete({ names: [{ kind: "Deployment", name: "web" }] }, fleet.ctx);
  expect(deleted.outcome).toBe("done");
  expect([has(fleet, "a", "ConfigMap"), has(fleet, "b", "ConfigMap"), has(fleet, "c", "ConfigMap")]).toEqual([
    false,
    false,
    true,
  ]);
  expect(has(fleet, "c", "Secret")).toBe(false);
});

test("a dead member keeps its share until it is given up; what ran there goes when it is back", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything(6) });
  await fleet.member("b").server.kill();
  const held = await run(fleet, { documents: everything(8) });
  expect(sharesOf(held.plan)).toEqual({ a: 3, b: 2, c: 3 });
  expect(held.plan.workloads[0]?.placements.find(({ cluster }) => cluster.endsWith("b"))?.held).toBe(true);
  expect(held.report.outcome).toBe("partial");
  const {
    workloads: [status],
  } = await fleet.scheduler.status(undefined, fleet.ctx);
  expect(status?.clusters.map(({ health }) => health)).toEqual(["healthy", "unknown", "healthy"]);
  expect(status?.health).toBe("degraded");
  const lost = await run(fleet, { documents: everything(8), lose: ["b"] });
  expect([sharesOf(lost.plan), lost.report.outcome]).toEqual([{ a: 4, c: 4 }, "done"]);
  await fleet.member("b").server.restart();
  const back = await run(fleet, { documents: everything(8) });
  expect(sharesOf(back.plan)).toEqual({ a: 4, c: 4 });
  expect(back.report.removals.map(({ outcome }) => outcome)).toEqual(["deleted", "deleted", "deleted", "deleted"]);
  expect([replicasOn(fleet, "b"), has(fleet, "b", "Service")]).toEqual([undefined, false]);
});

test("a member that cannot be read is told, though nobody knows of anything there", async () => {
  await using fleet = await startEmbeddedFleet();
  await fleet.member("b").server.kill();
  const { workloads, gaps } = await fleet.scheduler.status(undefined, fleet.ctx);
  expect([workloads, gaps.map(({ ref }) => ref?.id)]).toEqual([[], ["kubeconfig/test/-/b"]]);
  const plan = await fleet.scheduler.plan({ documents: everything() }, fleet.ctx);
  expect(plan.warnings.join()).toMatch(/kubeconfig\/test\/-\/b could not be read/);
});

test("the copies of a workload that runs on every node times their price are what it costs", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const labels = { app: "agent" };
  const agent = aDocument({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "shop" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "busybox" }] } },
    },
  });
  const { workloads, cost } = await fleet.scheduler.plan({ documents: [agent] }, fleet.ctx);
  const sum = (workloads[0]?.placements ?? []).reduce((total, { cluster, copies = 0 }) => {
    const candidate = workloads[0]?.explanation.candidates.find((each) => each.cluster === cluster);
    return total + copies * (candidate?.pricePerMonthUsd ?? 0);
  }, 0);
  expect(workloads[0]?.placements.map(({ replicas, copies }) => [replicas, copies])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(sum).toBeCloseTo(cost.perMonthUsd, 2);
});

test("the share of a dead member is known without a store, from its neighbours", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything(6) });
  await fleet.member("a").server.kill();
  const { createMemoryStore } = await import("@flotilla/testing");
  const { systemClock } = await import("@flotilla/core");
  await using empty = createMemoryStore(systemClock);
  const elsewhere = fleet.schedulerWith({ store: empty });
  const plan = await elsewhere.plan({ documents: everything(6) }, fleet.ctx);
  expect(sharesOf(plan)).toEqual({ a: 2, b: 2, c: 2 });
});

test("a cluster that is no longer chosen is left only when its replacements are healthy", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything(6) });
  const onlyAB = [...everything(6), aPlacement("web", { clusters: { names: ["a", "b"] } })];
  // A crash loop: the replacements never become ready.
  const broken = [aWeb({ configMap: "web", secret: "web", image: "broken:1" }), ...onlyAB.slice(1)];
  const failing = broken.map((document) => withCrashLoop(document));
  const stuck = await run(fleet, { documents: failing }, { timeoutMs: 1_000 });
  expect(stuck.report.outcome).toBe("partial");
  expect(stuck.report.removals.every(({ outcome }) => outcome === "pending")).toBe(true);
  expect([replicasOn(fleet, "c"), has(fleet, "c", "ConfigMap")]).toEqual([2, true]);
  const moved = await run(fleet, { documents: onlyAB });
  expect([moved.report.outcome, sharesOf(moved.plan)]).toEqual(["done", { a: 3, b: 3 }]);
  expect([replicasOn(fleet, "c"), has(fleet, "c", "ConfigMap")]).toEqual([undefined, false]);
  const left = fleet
    .member("c")
    .server.objects()
    .list("v1", "ConfigMap", "shop")
    .map(({ metadata }) => metadata.name);
  expect(left).toEqual(["kube-root-ca.crt"]);
});

function withCrashLoop(document: ReturnType<typeof aWeb>): ReturnType<typeof aWeb> {
  const value = structuredClone(document.value) as {
    kind: string;
    spec?: { template?: { metadata: Record<string, unknown> } };
  };
  if (value.kind === "Deployment" && value.spec?.template !== undefined) {
    value.spec.template.metadata["annotations"] = { "flotilla.dev/test-crashloop": "true" };
  }
  return { ...document, value };
}

test("a ConfigMap that two workloads use goes with the last of them", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"] });
  const documents = [
    aWeb({ name: "one", configMap: "shared", replicas: 1 }),
    aWeb({ name: "two", configMap: "shared", replicas: 1 }),
    aConfigMap("shared"),
  ];
  await run(fleet, { documents });
  const one = await fleet.scheduler.delete({ names: [{ kind: "Deployment", name: "one" }] }, fleet.ctx);
  expect(one.removals.map(({ ref, outcome }) => [ref.name, outcome])).toEqual([
    ["one", "deleted"],
    ["shared", "kept"],
  ]);
  expect(has(fleet, "a", "ConfigMap", "shared")).toBe(true);
  await fleet.scheduler.delete({ documents: [aWeb({ name: "two" })] }, fleet.ctx);
  expect(has(fleet, "a", "ConfigMap", "shared")).toBe(false);
});

test("deleting with a dead member is pending and running it again finishes", async () => {
  await using fleet = await startEmbeddedFleet();
  await run(fleet, { documents: everything() });
  await fleet.member("c").server.kill();
  const names = [{ kind: "Deployment", name: "web", namespace: "shop" }];
  const first = await fleet.scheduler.delete({ names }, fleet.ctx);
  expect(first.outcome).toBe("partial");
  expect(first.clusters.find(({ cluster }) => cluster.endsWith("c"))?.outcome).toBe("unreachable");
  expect((await fleet.scheduler.delete({ names }, fleet.ctx)).outcome).toBe("partial");
  await fleet.member("c").server.restart();
  expect((await fleet.scheduler.delete({ names }, fleet.ctx)).outcome).toBe("done");
  expect([replicasOn(fleet, "c"), has(fleet, "c", "Secret")]).toEqual([undefined, false]);
  const again = await fleet.scheduler.delete({ names }, fleet.ctx);
  expect([again.outcome, again.notFound]).toEqual(["done", names]);
});

test("a stored plan runs as it is, or says what changed", async () => {
  await using fleet = await startEmbeddedFleet();
  const documents = everything(6);
  const plan = await fleet.scheduler.plan({ documents, sources: ["app.yaml"] }, fleet.ctx);
  const stored = await fleet.scheduler.loadPlan(plan.planId);
  if (stored === undefined) throw new Error("the plan is not stored");
  expect(stored.basis.sources).toEqual(["app.yaml"]);
  const options = { timeoutMs: 10_000 };
  const changed = await fleet.scheduler.applyStored(stored, { documents: everything(7) }, options, fleet.ctx);
  expect(changed.refusals.map(({ code }) => code)).toEqual(["documentsChanged"]);
  const otherConfig = fleet.schedulerWith({ configDigest: "another" });
  const moved = await otherConfig.applyStored(stored, { documents }, options, fleet.ctx);
  expect(moved.refusals.map(({ code }) => code)).toEqual(["configurationChanged"]);
  const applied = await fleet.scheduler.applyStored(stored, { documents }, options, fleet.ctx);
  expect([applied.outcome, applied.planId]).toEqual(["done", plan.planId]);
  // The same plan again finds its own work and has nothing to do.
  fleet.forgetRequests();
  expect((await fleet.scheduler.applyStored(stored, { documents }, options, fleet.ctx)).outcome).toBe("done");
  expect(fleet.writes()).toEqual([]);
});

test("a stored plan is refused when a target is gone, the fleet costs more, or an object was changed", async () => {
  await using fleet = await startEmbeddedFleet();
  const documents = everything(6);
  await run(fleet, { documents });
  const plan = await fleet.scheduler.plan({ documents: everything(9) }, fleet.ctx);
  await using other = fleet.connect("a");
  await other.apply(
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web", namespace: "shop" }, data: { key: "theirs" } },
    { fieldManager: "someone", force: true },
    fleet.ctx,
  );
  await fleet.member("b").server.kill();
  const { createPriceList } = await import("@flotilla/core");
  const dearer = fleet.schedulerWith({ prices: [createPriceList([{ nodePerHour: 200_000, asOfMs: 0 }], "dear")] });
  const report = await dearer.applyStored(plan, { documents: everything(9) }, {}, fleet.ctx);
  expect(report.outcome).toBe("refused");
  expect([...new Set(report.refusals.map(({ code }) => code))].sort()).toEqual([
    "costMoved",
    "objectChanged",
    "targetUnfit",
  ]);
});

test("no Secret value and no token is in any plan, report, status, diff, store or error", async () => {
  await using fleet = await startEmbeddedFleet();
  const documents = everything();
  const { plan, report } = await run(fleet, { documents });
  const diff = await fleet.scheduler.diff(
    { documents: [...documents.slice(0, 2), aSecret("web", { password: `${CANARY}-2` }), ...documents.slice(3)] },
    {},
    fleet.ctx,
  );
  expect(diff.filter(({ change }) => change === "change").map(({ ref }) => ref.kind)).toEqual([
    "Secret",
    "Secret",
    "Secret",
  ]);
  const { workloads: status } = await fleet.scheduler.status(undefined, fleet.ctx);
  const stored = await Promise.all(
    ["plans/", "parts/", "last-plans/", "shares/"].map((prefix) => fleet.store.list(prefix)),
  );
  const { objects: _objects, ...told } = plan;
  const everythingTold = JSON.stringify([told, report, diff, status, stored]);
  const encoded = Buffer.from(CANARY).toString("base64");
  for (const secret of [CANARY, encoded, ...fleet.members.map(({ server }) => server.adminToken)])
    expect(everythingTold).not.toContain(secret);
  const inventory = fleet.member("a").server.objects().list("v1", "ConfigMap", "shop");
  expect(JSON.stringify(inventory)).not.toContain(encoded);
});

test("an interrupt says what is still running, and running again converges", async () => {
  await using fleet = await startEmbeddedFleet({ readyAfterMs: 1_500 });
  const documents = everything();
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  const stop = new AbortController();
  const watching = fleet.schedulerWith({ onProgress: ({ phase }) => (phase === "wait" ? stop.abort() : undefined) });
  const report = await watching.apply(plan, { timeoutMs: 10_000 }, { signal: stop.signal });
  expect(report.outcome).toBe("interrupted");
  expect(report.running).toEqual(
    ["a", "b", "c"].map((name) => `Deployment shop/web on kubeconfig/test/-/${name}: rolling out`),
  );
  const again = await run(fleet, { documents });
  expect(again.report.outcome).toBe("done");
});
