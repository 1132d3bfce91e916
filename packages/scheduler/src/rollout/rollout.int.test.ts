import type { KubeObject } from "@flotilla/core";
import { expect, test } from "vitest";
import { aDocument, type EmbeddedFleet, startEmbeddedFleet } from "../../test-support/embedded-fleet.ts";
import { aConfigMap, aPlacement, aWeb } from "../../test-support/some-manifests.ts";
import type { PlanInput } from "../create-scheduler.ts";
import { valueAt } from "../objects/json-access.ts";
import type { ApplyReport } from "./apply-report.ts";
import type { RolloutOptions } from "./rollout-run.ts";

async function apply(
  fleet: EmbeddedFleet,
  documents: PlanInput["documents"],
  options: RolloutOptions = {},
): Promise<ApplyReport> {
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  return fleet.scheduler.apply(plan, { timeoutMs: 10_000, ...options }, fleet.ctx);
}

function live(
  fleet: EmbeddedFleet,
  member: string,
  kind: string,
  name: string,
  apiVersion = "apps/v1",
): KubeObject | undefined {
  return fleet.member(member).server.objects().get(apiVersion, kind, "shop", name);
}

test("a move grows the new member first and shrinks the old one when that is healthy", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], readyAfterMs: 400 });
  await apply(fleet, [aWeb({ replicas: 4 }), aPlacement("web", { clusters: { names: ["a"] } })]);
  const order: string[] = [];
  const watching = fleet.schedulerWith({
    onProgress: ({ phase, ref, cluster, message }) => {
      if (phase === "apply" && ref?.kind === "Deployment")
        order.push(
          `${cluster?.slice(-1)} ${message.split(" ")[2]} ready on b: ${JSON.stringify(valueAt(live(fleet, "b", "Deployment", "web"), "status", "readyReplicas") ?? 0)}`,
        );
    },
  });
  const limited = aPlacement("web", { replicas: { limits: [{ clusters: { names: ["a"] }, max: 2 }] } });
  const plan = await watching.plan({ documents: [aWeb({ replicas: 4 }), limited] }, fleet.ctx);
  expect(plan.workloads[0]?.placements.map(({ replicas }) => replicas)).toEqual([2, 2]);
  expect((await watching.apply(plan, { timeoutMs: 10_000 }, fleet.ctx)).outcome).toBe("done");
  expect(order).toContain("b created ready on b: 0");
  expect(order).toContain("a pending ready on b: 0");
  expect(order.at(-1)).toBe("a changed ready on b: 2");
});

function anAutoscaler(): ReturnType<typeof aDocument> {
  return aDocument({
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 1,
      maxReplicas: 9,
    },
  });
}

/** As an autoscaler does it. */
async function scaleTo(fleet: EmbeddedFleet, member: string, replicas: number): Promise<void> {
  await using kube = fleet.connect(member);
  const scale: KubeObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { replicas },
  };
  await kube.apply(scale, { fieldManager: "autoscaler", force: true }, fleet.ctx);
}

test("a member that takes over what an autoscaler has scaled gets its share before the other is left", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const replicas = (name: string) => valueAt(live(fleet, name, "Deployment", "web"), "spec", "replicas");
  await apply(fleet, [aWeb({ replicas: 8 }), anAutoscaler()]);
  await scaleTo(fleet, "a", 7);
  await scaleTo(fleet, "b", 2);
  const onlyB = [aWeb({ replicas: 8 }), anAutoscaler(), aPlacement("web", { clusters: { names: ["b"] } })];
  const report = await apply(fleet, onlyB);
  expect([report.outcome, replicas("a"), replicas("b")]).toEqual(["done", undefined, 8]);
  expect(report.workloads[0]?.replicas).toMatchObject({ desired: 8, ready: 8 });
  // From there on the number is the autoscaler's again.
  await scaleTo(fleet, "b", 3);
  fleet.forgetRequests();
  expect((await apply(fleet, onlyB)).outcome).toBe("done");
  expect([replicas("b"), fleet.writes()]).toEqual([3, []]);
});

test("what a server finds invalid is told before it is applied, refused, and not to be tried again", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  await apply(fleet, [aWeb({ replicas: 2 })]);
  const spec = { selector: { matchLabels: { app: "two" } }, replcas: 2 };
  const invalid = aDocument({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "two", namespace: "shop" },
    spec: {
      ...spec,
      template: { metadata: { labels: { app: "two" } }, spec: { containers: [{ name: "c", image: "i" }] } },
    },
  });
  const documents = [aWeb({ replicas: 4 }), invalid];
  const diff = await fleet.scheduler.diff({ documents }, {}, fleet.ctx);
  expect(diff.filter(({ ref }) => ref.name === "two").map(({ change }) => change)).toEqual(["invalid"]);
  const report = await apply(fleet, documents);
  const outcomes = report.objects
    .filter(({ ref }) => ref.kind === "Deployment")
    .map(({ ref, outcome }) => [ref.name, outcome]);
  expect(outcomes).toContainEqual(["two", "invalid"]);
  expect(outcomes.filter(([name]) => name === "web")).toEqual([
    ["web", "changed"],
    ["web", "changed"],
  ]);
  expect(report.outcome).toBe("refused");
});

test("an autoscaler owns the replicas after creation, and they come back when it goes", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"] });
  const autoscaler = anAutoscaler();
  expect((await apply(fleet, [aWeb({ replicas: 3 }), autoscaler])).outcome).toBe("done");
  const replicas = () => valueAt(live(fleet, "a", "Deployment", "web"), "spec", "replicas");
  expect(replicas()).toBe(3);
  await scaleTo(fleet, "a", 5);
  fleet.forgetRequests();
  expect((await apply(fleet, [aWeb({ replicas: 3 }), autoscaler])).outcome).toBe("done");
  expect([replicas(), fleet.writes()]).toEqual([5, []]);
  // Without the autoscaler the number is ours again: its last writer has to be overruled on purpose.
  const conflict = await apply(fleet, [aWeb({ replicas: 3 })]);
  expect(conflict.objects.find(({ outcome }) => outcome === "conflict")?.conflicts).toEqual([
    { field: ".spec.replicas", manager: "autoscaler" },
  ]);
  expect((await apply(fleet, [aWeb({ replicas: 3 })], { forceConflicts: true })).outcome).toBe("done");
  expect(replicas()).toBe(3);
});

test("a Job's parallelism and completions are divided, a CronJob goes to one member, a DaemonSet to every one", async () => {
  await using fleet = await startEmbeddedFleet();
  const template = {
    spec: {
      restartPolicy: "Never",
      containers: [{ name: "c", image: "busybox", resources: { requests: { cpu: "100m" } } }],
    },
  };
  const meta = (name: string) => ({ name, namespace: "shop" });
  const labels = { app: "agent" };
  const documents = [
    aDocument({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: meta("job"),
      spec: { parallelism: 3, completions: 10, template },
    }),
    aDocument({
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: meta("cron"),
      spec: { schedule: "@daily", jobTemplate: { spec: { template } } },
    }),
    aDocument({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: meta("agent"),
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "busybox" }] } },
      },
    }),
  ];
  const report = await apply(fleet, documents);
  expect(report.outcome).toBe("done");
  const jobs = ["a", "b", "c"].map(
    (name) => live(fleet, name, "Job", "job", "batch/v1")?.["spec"] as { parallelism: number; completions: number },
  );
  expect(jobs.map(({ parallelism }) => parallelism)).toEqual([1, 1, 1]);
  expect(jobs.map(({ completions }) => completions)).toEqual([4, 3, 3]);
  expect(["a", "b", "c"].filter((name) => live(fleet, name, "CronJob", "cron", "batch/v1") !== undefined)).toHaveLength(
    1,
  );
  expect(["a", "b", "c"].filter((name) => live(fleet, name, "DaemonSet", "agent") !== undefined)).toHaveLength(3);
  fleet.forgetRequests();
  expect((await apply(fleet, documents)).outcome).toBe("done");
  expect(fleet.writes()).toEqual([]);
});

test("a definition and an object of its kind go together in one apply", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"] });
  const definition = aDocument({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "boats.x.io" },
    spec: {
      group: "x.io",
      scope: "Namespaced",
      names: { kind: "Boat", plural: "boats", singular: "boat" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  });
  const boat = aDocument({
    apiVersion: "x.io/v1",
    kind: "Boat",
    metadata: { name: "one", namespace: "shop" },
    spec: { sails: 3 },
  });
  const report = await apply(fleet, [boat, definition, aWeb({ replicas: 1 })]);
  expect(report.objects.filter(({ message }) => message !== undefined)).toEqual([]);
  expect(report.outcome).toBe("done");
  expect(valueAt(live(fleet, "a", "Boat", "one", "x.io/v1"), "spec")).toEqual({ sails: 3 });
});

test("objects without a workload are placed by themselves, owned and deleted like one", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const documents = [aConfigMap("settings")];
  expect((await apply(fleet, documents)).outcome).toBe("done");
  expect(["a", "b"].map((name) => live(fleet, name, "ConfigMap", "settings", "v1") !== undefined)).toEqual([
    true,
    true,
  ]);
  fleet.forgetRequests();
  expect((await apply(fleet, documents)).outcome).toBe("done");
  expect(fleet.writes()).toEqual([]);
  const {
    workloads: [status],
  } = await fleet.scheduler.status([{ kind: "ConfigMap", name: "settings" }], fleet.ctx);
  expect(status?.health).toBe("healthy");
  await fleet.scheduler.delete({ documents }, fleet.ctx);
  expect(["a", "b"].map((name) => live(fleet, name, "ConfigMap", "settings", "v1"))).toEqual([undefined, undefined]);
});

test("what one object lacks is told, what needs it is skipped, and the other members go on", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"] });
  const faults = fleet.member("b").server.faults;
  faults.add({
    match: { method: "PATCH", path: ({ path }) => path.includes("/configmaps/web") },
    times: 9,
    action: { kind: "status", code: 403 },
  });
  const report = await apply(fleet, [aWeb({ replicas: 2, configMap: "web" }), aConfigMap("web")], { timeoutMs: 2_000 });
  expect(report.outcome).toBe("partial");
  const outcomes = Object.fromEntries(
    report.objects.map(({ cluster, ref, outcome }) => [`${cluster.slice(-1)} ${ref.kind}`, outcome]),
  );
  expect(outcomes).toMatchObject({ "a Deployment": "created", "b ConfigMap": "failed", "b Deployment": "skipped" });
  faults.clear();
  expect((await apply(fleet, [aWeb({ replicas: 2, configMap: "web" }), aConfigMap("web")])).outcome).toBe("done");
});

test("a member that hangs is left at its deadline and the rest is done", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], deps: { clusterTimeoutMs: 700 } });
  const plan = await fleet.scheduler.plan({ documents: [aWeb({ replicas: 2 })] }, fleet.ctx);
  fleet.member("b").server.pause();
  const report = await fleet.scheduler.apply(plan, { timeoutMs: 5_000 }, fleet.ctx);
  fleet.member("b").server.resume();
  expect(report.outcome).toBe("partial");
  expect(report.clusters.map(({ cluster, outcome }) => [cluster.slice(-1), outcome])).toEqual([
    ["a", "done"],
    ["b", "unreachable"],
  ]);
  expect(report.workloads[0]?.replicas).toMatchObject({ desired: 2, ready: 1 });
});

test("an override that cannot be applied is bad input and nothing is written", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"] });
  const { anOverride } = await import("../../test-support/some-manifests.ts");
  const rules = [
    // Wrong on every cluster, and wrong on a cluster without the label.
    [
      { patch: [{ op: "replace", path: "/spec/nope", value: 1 }] },
      /rule 1: Deployment shop\/web: replace \/spec\/nope/,
    ],
    [
      { env: [{ container: "web", name: "R", value: "${cluster.labels.rack}" }] },
      /rule 1: Deployment shop\/web for kubeconfig.*a: cluster .* has no label rack/,
    ],
  ] as const;
  for (const [rule, message] of rules) {
    const documents = [aWeb(), anOverride("web", [rule])];
    await expect(fleet.scheduler.plan({ documents }, fleet.ctx)).rejects.toThrow(message);
  }
  expect(fleet.writes()).toEqual([]);
});

test("nothing fits: the plan says why per cluster and apply refuses it", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"], cpus: 1 });
  const plan = await fleet.scheduler.plan({ documents: [aWeb({ replicas: 2, cpu: "4" })] }, fleet.ctx);
  expect(plan.workloads[0]).toMatchObject({ unplaced: 2, placements: [] });
  expect(plan.workloads[0]?.explanation.summary).toMatch(/^0\/1 /);
  const report = await fleet.scheduler.apply(plan, {}, fleet.ctx);
  expect([report.outcome, report.refusals.map(({ code }) => code), fleet.writes()]).toEqual([
    "refused",
    ["nothingFits"],
    [],
  ]);
});
