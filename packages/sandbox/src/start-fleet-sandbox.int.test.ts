import { stat } from "node:fs/promises";
import { join } from "node:path";
import { parseClusterId, type CloudProvider, type Cluster, type Ctx, type KubeCluster } from "@flotilla/core";
import { connectKubeCluster, flotillaProvider } from "@flotilla/kube";
import { expect, test } from "vitest";
import { DEFAULT_MEMBERS } from "./default-members.ts";
import type { SandboxMember } from "./sandbox-member.ts";
import { startFleetSandbox, type FleetSandbox } from "./start-fleet-sandbox.ts";

const ctx: Ctx = { signal: new AbortController().signal };
const TWO = DEFAULT_MEMBERS.slice(0, 2);

function providerOf(sandbox: FleetSandbox): Promise<CloudProvider> {
  const options = { kubeconfig: sandbox.kubeconfigPath };
  return flotillaProvider.create({ name: "sandbox", options, env: {}, baseDir: sandbox.folder });
}

async function discoverAll(sandbox: FleetSandbox): Promise<readonly Cluster[]> {
  const events = await Array.fromAsync((await providerOf(sandbox)).discovery.discover({}, ctx));
  const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
  return clusters.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function connect(sandbox: FleetSandbox, name: string): Promise<KubeCluster> {
  const id = sandbox.idOf(name);
  return connectKubeCluster({ id, access: await (await providerOf(sandbox)).credentials.connect({ id }, ctx) });
}

test("every default member is found where it pretends to be, under its id", async () => {
  await using sandbox = await startFleetSandbox();
  const clusters = await discoverAll(sandbox);
  const told = (member: SandboxMember) => ({
    id: sandbox.idOf(member.name),
    provider: member.cloud,
    region: member.region,
    kubernetesVersion: member.kubernetesVersion.slice(1),
    zones: [...new Set(member.pools.flatMap(({ zones }) => zones))].toSorted(),
  });
  expect(
    clusters.map(({ id, provider, region, kubernetesVersion, zones }) => ({
      id,
      provider,
      region,
      kubernetesVersion,
      zones,
    })),
  ).toEqual(DEFAULT_MEMBERS.map(told).toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  expect(new Set(clusters.map(({ uid }) => uid)).size).toBe(DEFAULT_MEMBERS.length);
  expect(clusters.every(({ id }) => parseClusterId(id)?.provider === "kubeconfig")).toBe(true);
});

test("a member that is killed does not answer, the others do, and revived it has what it had", async () => {
  await using sandbox = await startFleetSandbox({ members: TWO });
  const [first, second] = TWO.map(({ name }) => name) as [string, string];
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kept", namespace: "default" },
    data: { k: "v" },
  };
  await using one = await connect(sandbox, first);
  await one.create(object, { fieldManager: "test" }, ctx);
  await sandbox.kill(first);
  const shortly = { ...ctx, deadlineMs: Date.now() + 2_000 };
  await expect(one.version(shortly)).rejects.toMatchObject({ name: "CloudError" });
  await using other = await connect(sandbox, second);
  expect(await other.version(ctx)).toBe(TWO[1]?.kubernetesVersion);
  await sandbox.revive(first);
  await using again = await connect(sandbox, first);
  const kept = await again.get({ apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "kept" }, ctx);
  expect(kept?.["data"]).toEqual({ k: "v" });
});

test("the kubeconfig is private, and everything is gone when the sandbox is", async () => {
  const sandbox = await startFleetSandbox({ members: TWO });
  expect((await stat(sandbox.kubeconfigPath)).mode & 0o777).toBe(0o600);
  const { url } = sandbox.server("aws-dublin");
  await sandbox[Symbol.asyncDispose]();
  await expect(stat(sandbox.folder)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(fetch(join(url, "version"))).rejects.toMatchObject({ message: "fetch failed" });
});

test("a name that is no member's is refused with the names that are", async () => {
  await using sandbox = await startFleetSandbox({ members: TWO });
  expect(() => sandbox.idOf("nowhere")).toThrow('no member "nowhere": aws-dublin, gcp-eemshaven');
});
