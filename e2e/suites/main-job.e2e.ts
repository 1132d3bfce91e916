import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import { at, textAt } from "../differential/text-at.ts";
import { shop, writeApp } from "../job/job-files.ts";
import { idOf, startJob, type Job } from "../job/job.ts";
import type { ApplyJson, DiffJson, DiscoverJson, PlanJson, StatusJson } from "../job/views.ts";
import { deploymentPath, read, readItems, replicasByCluster, revisions, sumOf } from "../job/witness.ts";

const GIB = 1024 ** 3;
const APP = ["-f", "app.yaml"];

// One story, told in order: each test goes on where the one before ended.
describeOnRealClusters("the main job on real clusters", { count: 3, nodes: 4 }, (fleet) => {
  let job: Job;
  beforeAll(async () => {
    job = await startJob(fleet());
    await writeApp(job.folder, { replicas: 9 });
  });
  afterAll(async () => {
    await job[Symbol.asyncDispose]();
  });
  const flotilla = (): Job["flotilla"] => job.flotilla;
  const planes = (): ReturnType<typeof fleet>["clusters"] => fleet().clusters;

  test("discover tells clouds, regions, sizes and prices from the nodes", async () => {
    const seen = await flotilla().json<DiscoverJson>(["discover", ...job.config]);
    expect(seen.gaps).toEqual([]);
    expect(Number.isNaN(Date.parse(seen.takenAt))).toBe(false);
    const facts = seen.clusters.map(({ name, provider, region, zones, phase, kubernetesVersion, nodes }) => ({
      name,
      provider,
      region,
      zones,
      phase,
      kubernetesVersion,
      nodes,
    }));
    const common = { phase: "ready", kubernetesVersion: "1.36.3", nodes: 4 };
    const zonesOf = (region: string, ...ends: readonly string[]): readonly string[] => ends.map((end) => region + end);
    expect(facts.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      {
        name: "eemshaven",
        provider: "gcp",
        region: "europe-west4",
        zones: zonesOf("europe-west4", "-a", "-b", "-c"),
        ...common,
      },
      {
        name: "hongkong",
        provider: "azure",
        region: "eastasia",
        zones: zonesOf("eastasia", "-1", "-2", "-3"),
        ...common,
      },
      { name: "virginia", provider: "aws", region: "us-east-1", zones: zonesOf("us-east-1", "a", "b", "c"), ...common },
    ]);
    const virginia = seen.clusters.find(({ name }) => name === "virginia");
    expect(virginia).toMatchObject({
      id: idOf("virginia"),
      capacity: { cpuMilli: 16_000, memoryBytes: 64 * GIB, pods: 440 },
      requested: { cpuMilli: 0, memoryBytes: 0, pods: 0 },
    });
    expect(virginia?.pricePerHourUsd).toBeCloseTo(4 * 0.192 + 0.1);
  });

  test("a plan places every replica, explains every cluster, and changes nothing", async () => {
    const plan = await flotilla().json<PlanJson>(["plan", ...APP, ...job.config]);
    const [workload] = plan.workloads;
    expect(workload).toMatchObject({
      ref: { kind: "Deployment", namespace: "shop", name: "shop" },
      replicas: 9,
      unplaced: 0,
    });
    expect(sum(workload?.placements)).toBe(9);
    expect(workload?.explanation.candidates.map(({ cluster }) => cluster).toSorted()).toEqual(
      ["eemshaven", "hongkong", "virginia"].map(idOf),
    );
    for (const candidate of workload?.explanation.candidates ?? []) {
      const weights = candidate.scores.reduce((total, { weight }) => total + weight, 0);
      const weighted = candidate.scores.reduce((total, score) => total + (score.weighted ?? 0), 0);
      expect(candidate.score).toBeCloseTo(weighted / weights, 1);
    }
    expect(plan.cost.perMonthUsd).toBeGreaterThan(0);
    expect(plan.objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["ConfigMap", "Secret", "Service"]));
    for (const plane of planes()) expect(await read(plane, "/api/v1/namespaces/shop")).toBeUndefined();
  });

  test("apply rolls exactly that plan out, with each cluster's overrides", async () => {
    const plan = await flotilla().json<PlanJson>(["plan", ...APP, ...job.config]);
    const report = await flotilla().json<ApplyJson>(["apply", plan.planId, ...job.config]);
    expect(report).toMatchObject({ planId: plan.planId, outcome: "done" });
    const planned = (plan.workloads[0]?.placements ?? []).map(({ cluster, replicas }) => [cluster, replicas]);
    const real = Object.entries(await replicasByCluster(planes())).map(([name, replicas]) => [idOf(name), replicas]);
    expect(Object.fromEntries(real)).toEqual(Object.fromEntries(planned));
    for (const plane of planes()) await checkRendered(plane);
  });

  async function checkRendered(plane: ReturnType<typeof planes>[number]): Promise<void> {
    const deployment = await read(plane, deploymentPath("shop", "shop"));
    if (deployment === undefined) return;
    const container = at(deployment, "spec", "template", "spec", "containers", "0");
    const registry = plane.place.provider === "aws" ? "mirror.example" : "registry.example";
    expect(at(container, "image")).toBe(`${registry}/shop:1.4.0`);
    expect(at(container, "env")).toEqual([{ name: "REGION", value: plane.place.region }]);
    expect(at(deployment, "metadata", "labels", "flotilla.dev/fleet")).toBe("e2e");
    const managers = at(deployment, "metadata", "managedFields");
    expect(JSON.stringify(managers)).toContain('"manager":"flotilla-e2e","operation":"Apply"');
    for (const object of ["configmaps/settings", "secrets/key", "services/shop"])
      expect(await read(plane, `/api/v1/namespaces/shop/${object}`), `${object} in ${plane.name}`).toBeDefined();
    expect(textAt(await read(plane, "/api/v1/namespaces/shop/secrets/key"), "data", "password")).toBe(
      Buffer.from("canary-5f0e7a1c").toString("base64"),
    );
  }

  test("status sums what the clusters say", async () => {
    const { workloads } = await flotilla().json<StatusJson>(["status", "shop/Deployment/shop", ...job.config]);
    const [status] = workloads;
    expect(status).toMatchObject({ health: "healthy", replicas: { desired: 9, ready: 9, updated: 9, available: 9 } });
    expect(status?.clusters.every(({ replicas, ready }) => replicas === ready)).toBe(true);
    const { stdout } = await flotilla().run(["status", ...job.config]);
    expect(stdout).toContain("shop");
  });

  test("a second apply writes nothing", async () => {
    const before = await revisions(planes());
    await flotilla().run(["apply", ...APP, ...job.config]);
    expect(await revisions(planes())).toEqual(before);
  });

  test("explain says why, also for one cluster and in words", async () => {
    const text = await flotilla().run(["explain", "shop/Deployment/shop", ...job.config]);
    for (const name of ["virginia", "eemshaven", "hongkong"]) expect(text.stdout).toContain(name);
    const one = await flotilla().json<PlanJson>([
      "explain",
      "shop/deployment/shop",
      "--cluster",
      idOf("hongkong"),
      ...job.config,
    ]);
    expect(one.workloads[0]?.explanation.candidates.map(({ cluster }) => cluster)).toEqual([idOf("hongkong")]);
  });

  test("diff sees what a new file would change, and nothing when nothing would", async () => {
    await flotilla().run(["diff", ...APP, "--exit-code", ...job.config]);
    await writeFile(path.join(job.folder, "newer.yaml"), shop({ replicas: 9, image: "registry.example/shop:1.5.0" }));
    const diff = await flotilla().json<DiffJson>(["diff", "-f", "newer.yaml", "--exit-code", ...job.config], [4]);
    expect(diff.different).toBe(true);
    const changed = diff.objects.filter(({ change }) => change !== "unchanged");
    expect(new Set(changed.map(({ kind }) => kind))).toEqual(new Set(["Deployment"]));
    const { stdout } = await flotilla().run(["diff", "-f", "newer.yaml", ...job.config]);
    expect(stdout).not.toContain(Buffer.from("canary-5f0e7a1c").toString("base64"));
  });

  test("scaling up moves no replica that runs", async () => {
    const before = await replicasByCluster(planes());
    await writeApp(job.folder, { replicas: 14 });
    await flotilla().run(["apply", ...APP, ...job.config]);
    const after = await replicasByCluster(planes());
    expect(sumOf(after)).toBe(14);
    for (const [name, replicas] of Object.entries(before)) expect(after[name]).toBeGreaterThanOrEqual(replicas);
    const { workloads } = await flotilla().json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]?.replicas.ready).toBe(14);
  });

  test("a plan is refused when its documents say something else by now", async () => {
    const plan = await flotilla().json<PlanJson>(["plan", ...APP, ...job.config]);
    await writeApp(job.folder, { replicas: 13 });
    const before = await revisions(planes());
    const refused = await flotilla().run(["apply", plan.planId, ...job.config], [3]);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(/document|app\.yaml|manifest/i);
    expect(await revisions(planes())).toEqual(before);
    await writeApp(job.folder, { replicas: 14 });
  });

  test("another field manager's field is a conflict by name, and is taken only when asked", async () => {
    const [name] = Object.keys(await replicasByCluster(planes()));
    const plane = fleet().cluster(name ?? "");
    await plane.admin.send({
      method: "PATCH",
      path: `${deploymentPath("shop", "shop")}?fieldManager=someone-else`,
      headers: { "content-type": "application/strategic-merge-patch+json" },
      body: { spec: { template: { spec: { containers: [{ name: "shop", image: "elsewhere.example/shop:9" }] } } } },
    });
    const report = await flotilla().json<ApplyJson>(["apply", ...APP, ...job.config], [3, 4]);
    const conflict = report.objects.find(({ conflicts = [] }) => conflicts.length > 0);
    expect(conflict).toMatchObject({ cluster: idOf(plane.name), kind: "Deployment" });
    expect(conflict?.conflicts).toEqual([
      { manager: "someone-else", field: '.spec.template.spec.containers[name="shop"].image' },
    ]);
    expect(imageOf(await read(plane, deploymentPath("shop", "shop")))).toBe("elsewhere.example/shop:9");
    await flotilla().run(["apply", ...APP, "--force-conflicts", ...job.config]);
    expect(imageOf(await read(plane, deploymentPath("shop", "shop")))).toMatch(/\.example\/shop:1\.4\.0$/);
  });

  test("what somebody deleted by hand comes back", async () => {
    const [name] = Object.keys(await replicasByCluster(planes()));
    const plane = fleet().cluster(name ?? "");
    await plane.admin.send({ method: "DELETE", path: "/api/v1/namespaces/shop/services/shop" });
    await flotilla().run(["apply", ...APP, ...job.config]);
    expect(await read(plane, "/api/v1/namespaces/shop/services/shop")).toBeDefined();
  });

  test("an object that somebody else made is not taken over silently", async () => {
    const plane = fleet().cluster("eemshaven");
    const path = "/api/v1/namespaces/default/configmaps";
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "legacy" }, data: { old: "1" } };
    await plane.admin.send({ method: "POST", path, body });
    await writeFile(`${job.folder}/legacy.yaml`, LEGACY);
    const refused = await flotilla().run(["apply", "-f", "legacy.yaml", ...job.config], [3]);
    expect(`${refused.stdout}${refused.stderr}`).toContain("legacy");
    expect(at(await read(plane, `${path}/legacy`), "data")).toEqual({ old: "1" });
    await flotilla().run(["apply", "-f", "legacy.yaml", "--adopt", ...job.config]);
    expect(at(await read(plane, `${path}/legacy`), "data")).toMatchObject({ new: "2" });
    await flotilla().run(["delete", "-f", "legacy.yaml", ...job.config]);
    expect(await read(plane, `${path}/legacy`), "adopted objects are never deleted").toBeDefined();
  });

  test("bad input is refused with its place, before anything is contacted", async () => {
    const bad = shop({ replicas: 9 }).replace("maxSharePercent", "maxShareProcent");
    await writeFile(path.join(job.folder, "bad.yaml"), bad);
    const line = bad.split("\n").findIndex((text) => text.includes("maxShareProcent")) + 1;
    const refused = await flotilla().run(["plan", "-f", "bad.yaml", ...job.config], [2]);
    expect(refused.stderr).toContain(`bad.yaml:${line}:`);
    expect(refused.stderr).toContain("maxSharePercent");
    expect(refused.stdout).toBe("");
  });

  test("nothing fits: a reason per cluster", async () => {
    await writeFile(path.join(job.folder, "big.yaml"), shop({ replicas: 2, cpu: "64", namespace: "big" }));
    const refused = await flotilla().run(["plan", "-f", "big.yaml", ...job.config], [3]);
    const told = `${refused.stdout}${refused.stderr}`;
    expect(told).toContain("0/3");
    for (const name of ["virginia", "eemshaven", "hongkong"]) expect(told).toContain(name);
  });

  test("delete takes away what was applied, and only that", async () => {
    await flotilla().run(["delete", ...APP, ...job.config]);
    for (const plane of planes()) {
      expect(await read(plane, deploymentPath("shop", "shop"))).toBeUndefined();
      expect(await readItems(plane, "/api/v1/namespaces/shop/services")).toEqual([]);
      expect(await read(plane, "/api/v1/namespaces/default")).toBeDefined();
    }
    const again = await flotilla().json<StatusJson>(["status", ...job.config]);
    expect(again.workloads).toEqual([]);
  });

  test("no secret was printed or kept", async () => {
    const canary = "canary-5f0e7a1c";
    const secrets = planes().flatMap(({ adminCertificate, tokens }) => [
      ...Object.values(tokens),
      ...[adminCertificate.keyPem, Buffer.from(adminCertificate.keyPem).toString("base64")].map((key) =>
        key.slice(60, 120),
      ),
    ]);
    const texts = [job.flotilla.transcript(), ...(await stateFiles(job.folder))];
    for (const secret of [canary, Buffer.from(canary).toString("base64"), ...secrets])
      expect(
        texts.some((text) => text.includes(secret)),
        "a secret leaked",
      ).toBe(false);
  });
});

const LEGACY = `apiVersion: v1
kind: ConfigMap
metadata: { name: legacy, namespace: default }
data: { new: "2" }
---
apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: { name: legacy, namespace: default }
spec:
  workloads: [{ apiVersion: v1, kind: ConfigMap, name: legacy }]
  clusters: { names: [eemshaven] }
`;

function sum(placements: readonly { readonly replicas: number }[] = []): number {
  return placements.reduce((total, { replicas }) => total + replicas, 0);
}

function imageOf(deployment: unknown): string {
  return textAt(deployment, "spec", "template", "spec", "containers", "0", "image");
}

/** SQLite files are searched as bytes. */
async function stateFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, "state"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(path.join(entry.parentPath, entry.name), "latin1")));
}
