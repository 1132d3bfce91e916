import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ControlPlane } from "@flotilla/sandbox/control-planes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import { shop, writeApp, writeConfiguration } from "../job/job-files.ts";
import { startJob, type Job } from "../job/job.ts";
import type { DiscoverJson, PlanJson, StatusJson } from "../job/views.ts";
import { read, replicasByCluster, sumOf } from "../job/witness.ts";

/** The tenant may not read nodes, which tell the regions. */
const REGIONS = { virginia: "us-east-1", eemshaven: "europe-west4" };
const APP = ["-f", "app.yaml"];

// What users see who may not do everything, with the server's own authorization.
describeOnRealClusters("rights on real clusters", { count: 2, nodes: 2 }, (fleet) => {
  let job: Job;
  beforeAll(async () => {
    job = await startJob(fleet());
  });
  afterAll(async () => {
    await job[Symbol.asyncDispose]();
  });

  test("a token without rights: clusters are named, capacity is unknown, nothing is chosen", async () => {
    const viewer = await writeConfiguration(job.folder, await fleet().writeKubeconfig("viewer"), { name: "viewer" });
    const seen = await job.flotilla.json<DiscoverJson>(["discover", "--config", viewer]);
    expect(seen.clusters.map(({ name, nodes, capacity, requested }) => [name, nodes, capacity, requested])).toEqual([
      ["eemshaven", null, null, null],
      ["virginia", null, null, null],
    ]);
    await writeApp(job.folder, { replicas: 2, policy: "" });
    const refused = await job.flotilla.run(["plan", ...APP, "--config", viewer], [3]);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(/capacity|nodes|denied|rights/i);
  });

  test("a wrong token is told as such, per cluster, and discovery goes on", async () => {
    const viewer = await fleet().writeKubeconfig("viewer", ["virginia"]);
    const bad = path.join(job.folder, "bad-kubeconfig");
    const text = await readFile(viewer, "utf8");
    await writeFile(bad, text.replace(fleet().cluster("virginia").tokens.viewer, "no-such-token-anywhere"));
    const file = await writeConfiguration(job.folder, bad, { name: "bad" });
    const seen = await job.flotilla.json<DiscoverJson>(["discover", "--config", file]);
    expect(seen.clusters[0]).toMatchObject({ name: "virginia", capacity: null, problem: { kind: "unauthenticated" } });
    expect(job.flotilla.transcript()).not.toContain("no-such-token-anywhere");
  });

  test("rights in one namespace are enough to place there, where the policy allows unknown capacity", async () => {
    await Promise.all(fleet().clusters.map((plane) => giveTenantRights(plane, "tenant")));
    const tenant = await writeConfiguration(job.folder, await fleet().writeKubeconfig("tenant"), {
      name: "tenant",
      regions: REGIONS,
    });
    await writeFile(
      path.join(job.folder, "app.yaml"),
      shop({
        replicas: 4,
        namespace: "tenant",
        policy: "  unknownCapacity: Neutral\n  replicas: { divideBy: Weights }\n",
      }),
    );
    const plan = await job.flotilla.json<PlanJson>(["plan", ...APP, "--config", tenant]);
    expect(plan.workloads[0]).toMatchObject({ unplaced: 0, replicas: 4 });
    await job.flotilla.run(["apply", plan.planId, "--config", tenant]);
    const real = await replicasByCluster(fleet().clusters, "tenant");
    expect(sumOf(real)).toBe(4);
    const { workloads } = await job.flotilla.json<StatusJson>(["status", "tenant/Deployment/shop", "--config", tenant]);
    expect(workloads[0]?.replicas.ready).toBe(4);
    await job.flotilla.run(["delete", ...APP, "--config", tenant]);
    expect(await replicasByCluster(fleet().clusters, "tenant")).toEqual({});
    for (const plane of fleet().clusters) expect(await read(plane, "/api/v1/namespaces/tenant")).toBeDefined();
  });

  test("rights that are missing in one cluster leave the other's share done, and running again finishes", async () => {
    const [first, second] = fleet().clusters;
    if (first === undefined || second === undefined) throw new Error("two clusters");
    await giveTenantRights(first, "half");
    await giveTenantRights(second, "half", "view");
    const tenant = await writeConfiguration(job.folder, await fleet().writeKubeconfig("tenant"), {
      name: "tenant",
      regions: REGIONS,
    });
    const policy = "  unknownCapacity: Neutral\n  replicas: { divideBy: Weights }\n";
    await writeFile(path.join(job.folder, "app.yaml"), shop({ replicas: 4, namespace: "half", policy }));
    const partial = await job.flotilla.run(["apply", ...APP, "--config", tenant], [4]);
    expect(`${partial.stdout}${partial.stderr}`).toContain(second.name);
    expect(`${partial.stdout}${partial.stderr}`).toMatch(/forbidden|denied|may not/i);
    await giveTenantRights(second, "half", "admin");
    await job.flotilla.run(["apply", ...APP, "--config", tenant]);
    expect(sumOf(await replicasByCluster(fleet().clusters, "half"))).toBe(4);
  });
});

async function createNamespace(plane: ControlPlane, name: string): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  await plane.admin.send({ method: "POST", path: "/api/v1/namespaces", body });
}

/** A built-in role within one namespace: nothing about nodes or other namespaces. `view` reads all but Secrets. */
async function giveTenantRights(
  plane: ControlPlane,
  namespace: string,
  role: "admin" | "view" = "admin",
): Promise<void> {
  await createNamespace(plane, namespace);
  const body = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: `tenant-${role}` },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "tenant" }],
  };
  const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;
  const { status, text } = await plane.admin.send({ method: "POST", path, body });
  if (status !== 201) throw new Error(`${plane.name} refused the role binding: ${text}`);
}
