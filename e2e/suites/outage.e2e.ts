import { until } from "@flotilla/sandbox/control-planes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import { writeApp } from "../job/job-files.ts";
import { idOf, startJob, type Job } from "../job/job.ts";
import type { DiscoverJson, PlacementJson, PlanJson, StatusJson } from "../job/views.ts";
import { deploymentPath, read, replicasByCluster, revisions, sumOf } from "../job/witness.ts";
import { textAt } from "../differential/text-at.ts";

const APP = ["-f", "app.yaml"];
const SLOWEST_MS = 45_000;

// One story, told in order: a cluster hangs, dies, is given up, comes back; and a rollout is interrupted.
describeOnRealClusters("outages and interrupts on real clusters", { count: 3, nodes: 4 }, (fleet) => {
  let job: Job;
  let before: Readonly<Record<string, number>>;
  beforeAll(async () => {
    job = await startJob(fleet());
    await writeApp(job.folder, { replicas: 12 });
    await job.flotilla.run(["apply", ...APP, ...job.config]);
    before = await replicasByCluster(fleet().clusters);
  });
  afterAll(async () => {
    await job[Symbol.asyncDispose]();
  });

  /** The cluster with the most replicas: losing it hurts. */
  const busiest = (): string => {
    const [first] = Object.entries(before).toSorted(([, a], [, b]) => b - a);
    return first?.[0] ?? "";
  };
  const placed = (plan: PlanJson): readonly PlacementJson[] => plan.workloads[0]?.placements ?? [];
  const shareOf = (plan: PlanJson, name: string): PlacementJson | undefined =>
    placed(plan).find(({ cluster }) => cluster === idOf(name));

  test("a server that hangs is a problem of its cluster, told within the deadline", async () => {
    const plane = fleet().cluster(busiest());
    plane.pause("kube-apiserver");
    try {
      const startedAtMs = performance.now();
      const seen = await job.flotilla.json<DiscoverJson>(["discover", ...job.config]);
      expect(performance.now() - startedAtMs).toBeLessThan(SLOWEST_MS);
      const hanging = seen.clusters.find(({ name }) => name === plane.name);
      expect(hanging).toMatchObject({ capacity: null });
      expect(hanging?.problem?.message).toBeTruthy();
      expect(seen.clusters.filter(({ capacity }) => capacity !== null)).toHaveLength(2);
      await job.flotilla.run(["discover", "--strict", ...job.config], [4]);
    } finally {
      plane.resume("kube-apiserver");
    }
  });

  test("while it hangs its share is held, and the others are left alone", async () => {
    const plane = fleet().cluster(busiest());
    plane.pause("kube-apiserver");
    try {
      const plan = await job.flotilla.json<PlanJson>(["plan", ...APP, ...job.config]);
      expect(shareOf(plan, plane.name)).toEqual({
        cluster: idOf(plane.name),
        replicas: before[plane.name],
        held: true,
      });
      for (const [name, replicas] of Object.entries(before)) expect(shareOf(plan, name)?.replicas).toBe(replicas);
    } finally {
      plane.resume("kube-apiserver");
    }
  });

  test("after the hang everything is as before", async () => {
    const { workloads } = await job.flotilla.json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]).toMatchObject({ health: "healthy", replicas: { ready: 12 } });
    const unchanged = await revisions(fleet().clusters);
    await job.flotilla.run(["apply", ...APP, ...job.config]);
    expect(await revisions(fleet().clusters)).toEqual(unchanged);
  });

  test("a dead cluster's share is held until it is given up", async () => {
    await fleet().cluster(busiest()).kill("kube-apiserver");
    const plan = await job.flotilla.json<PlanJson>(["plan", ...APP, ...job.config]);
    expect(shareOf(plan, busiest())).toMatchObject({ replicas: before[busiest()], held: true });
    const { workloads } = await job.flotilla.json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]?.health).not.toBe("healthy");
    await job.flotilla.run(["status", "--strict", ...job.config], [4]);
  });

  test("given up, its share moves to the others, within the policy", async () => {
    const lose = ["--lose", idOf(busiest())];
    const plan = await job.flotilla.json<PlanJson>(["plan", ...APP, ...lose, ...job.config]);
    expect(shareOf(plan, busiest())).toBeUndefined();
    expect(placed(plan).reduce((total, { replicas }) => total + replicas, 0) + (plan.workloads[0]?.unplaced ?? 0)).toBe(
      12,
    );
    await job.flotilla.run(["apply", plan.planId, ...job.config], [0, 4]);
    const alive = fleet().clusters.filter(({ name }) => name !== busiest());
    const after = await replicasByCluster(alive);
    for (const { cluster, replicas } of placed(plan)) expect(after[cluster.replace(/.*\//, "")]).toBe(replicas);
  });

  test("when it comes back, one more apply makes the fleet whole again", async () => {
    await fleet().cluster(busiest()).restart("kube-apiserver");
    await job.flotilla.run(["apply", ...APP, ...job.config], [0]);
    const healed = await replicasByCluster(fleet().clusters);
    expect(sumOf(healed)).toBe(12);
    const { workloads } = await job.flotilla.json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]).toMatchObject({ health: "healthy", replicas: { desired: 12, ready: 12 } });
  });

  test("an interrupt says what is still running, and running again converges", async () => {
    await writeApp(job.folder, { replicas: 12, image: "registry.example/shop:2.0.0", readyAfter: "6s" });
    const running = job.flotilla.start(["apply", ...APP, ...job.config]);
    await until("the new image to arrive", async () => Object.values(await images()).includes(true));
    running.interrupt();
    const { exitCode, stdout, stderr } = await running.ended;
    expect(exitCode).toBe(130);
    expect(`${stdout}${stderr}`).toMatch(/interrupt/i);
    await job.flotilla.run(["apply", ...APP, ...job.config]);
    expect(Object.values(await images())).not.toContain(false);
    const { workloads } = await job.flotilla.json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]).toMatchObject({ health: "healthy", replicas: { ready: 12, updated: 12 } });
  });

  /** By cluster: whether its Deployment has the new image. */
  async function images(): Promise<Readonly<Record<string, boolean>>> {
    const found = await Promise.all(
      fleet().clusters.map(async (plane) => {
        const deployment = await read(plane, deploymentPath("shop", "shop"));
        const image = textAt(deployment, "spec", "template", "spec", "containers", "0", "image");
        return [plane.name, image === "" ? undefined : image.endsWith(":2.0.0")] as const;
      }),
    );
    return Object.fromEntries(found.flatMap(([name, isNew]) => (isNew === undefined ? [] : [[name, isNew]])));
  }

  test("a rollout that cannot get ready ends with 4 in time, and a better one heals it", async () => {
    await writeApp(job.folder, { replicas: 12, image: "registry.example/shop:3.0.0", readyAfter: "10m" });
    const pending = await job.flotilla.run(["apply", ...APP, "--timeout", "8s", ...job.config], [4]);
    expect(pending.tookMs).toBeLessThan(SLOWEST_MS);
    await writeApp(job.folder, { replicas: 12, image: "registry.example/shop:3.0.1" });
    await job.flotilla.run(["apply", ...APP, ...job.config]);
    const { workloads } = await job.flotilla.json<StatusJson>(["status", ...job.config]);
    expect(workloads[0]).toMatchObject({ health: "healthy", replicas: { ready: 12, updated: 12 } });
  });
});
