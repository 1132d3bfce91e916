import { readFile, stat } from "node:fs/promises";
import {
  type CloudProvider,
  type Ctx,
  type DiscoveryEvent,
  isCloudError,
  type KubeAccess,
  type ProviderFactory,
} from "@flotilla/core";
import { readDocuments } from "@flotilla/documents";
import { connectKubeCluster } from "@flotilla/kube";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SandboxCloud } from "../sandbox-member.ts";
import { startCloudSandbox, type CloudSandbox } from "./start-cloud-sandbox.ts";

const ctx: Ctx = { signal: new AbortController().signal };
const CLOUDS: readonly SandboxCloud[] = ["aws", "gcp", "azure"];

interface ConfigFile {
  readonly spec: {
    readonly providers: readonly { readonly use: string; readonly name: SandboxCloud; readonly options: unknown }[];
  };
}

/** What the configuration says, and nothing else: as the command would make them. */
async function providersOf(sandbox: CloudSandbox): Promise<Readonly<Record<SandboxCloud, CloudProvider>>> {
  const [document] = await readDocuments({ text: await readFile(sandbox.configPath, "utf8"), file: "flotilla.yaml" });
  if (document === undefined) throw new Error("the configuration is empty");
  const entries = (document.value as ConfigFile).spec.providers.map(async ({ use, name, options }) => {
    const { flotillaProvider } = (await import(use)) as { readonly flotillaProvider: ProviderFactory };
    const provider = await flotillaProvider.create({ name, options, env: sandbox.env, baseDir: sandbox.folder });
    return [name, provider] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<SandboxCloud, CloudProvider>;
}

let sandbox: CloudSandbox;
let providers: Readonly<Record<SandboxCloud, CloudProvider>>;
beforeAll(async () => {
  sandbox = await startCloudSandbox({ readyAfterMs: 10 });
  providers = await providersOf(sandbox);
}, 60_000);
afterAll(() => sandbox[Symbol.asyncDispose]());

function cloudOf(name: string): SandboxCloud {
  const member = sandbox.members.find((each) => each.name === name);
  if (member === undefined) throw new Error(`no member ${name}`);
  return member.site.cloud;
}

function accessTo(name: string): Promise<KubeAccess> {
  return providers[cloudOf(name)].credentials.connect({ id: sandbox.idOf(name) }, ctx);
}

async function discoverAll(): Promise<readonly DiscoveryEvent[]> {
  const each = CLOUDS.map((cloud) => Array.fromAsync(providers[cloud].discovery.discover({}, ctx)));
  return (await Promise.all(each)).flat();
}

test("the configuration finds every cluster under its id, and the region that nobody may look at", async () => {
  const events = await discoverAll();
  const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
  expect(clusters.map(({ id }) => id).toSorted()).toEqual(sandbox.members.map(({ id }) => id).toSorted());
  const facts = clusters.map(({ name, phase, region, labels, endpoint }) => ({
    name,
    phase,
    region,
    tier: labels["tier"],
    server: endpoint?.url,
  }));
  const told = sandbox.members.map(({ name, site, isDegraded }) => ({
    name,
    phase: isDegraded ? "degraded" : "ready",
    region: site.region,
    tier: site.tier,
    server: sandbox.server(name).url,
  }));
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  expect(facts.toSorted(byName)).toMatchObject(told.map(({ server: _server, ...rest }) => rest).toSorted(byName));
  const gaps = events.flatMap((event) => (event.type === "gap" ? [event] : []));
  expect(gaps.map(({ location, error }) => [location, error.kind])).toEqual([["me-south-1", "policy"]]);
});

test("every price is the place's own, of the cloud's price list", async () => {
  for (const { site, id } of sandbox.members) {
    const { cloud, region, machine } = site;
    const node = { kind: "node", provider: cloud, region, instanceType: machine.instanceType } as const;
    const price = await providers[cloud].prices?.quote({ ...node, zone: null, purchase: "onDemand" }, ctx);
    expect([id, price]).toMatchObject([id, { known: true, microUsd: machine.perHour }]);
  }
});

describe("a member lets in", () => {
  async function isLetIn(name: string, access: KubeAccess): Promise<boolean> {
    await using cluster = connectKubeCluster({ id: sandbox.idOf(name), access });
    try {
      await cluster.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" }, ctx);
      return true;
    } catch (error) {
      if (isCloudError(error, "unauthenticated")) return false;
      throw error;
    }
  }

  /** The access to a member with somebody else's token. */
  async function withToken(name: string, value: string): Promise<KubeAccess> {
    const { server, caPem } = await accessTo(name);
    const tokens = { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined };
    return { server, ...(caPem === undefined ? {} : { caPem }), auth: { kind: "bearer", tokens } };
  }

  async function tokenFor(name: string): Promise<string> {
    const { auth } = await accessTo(name);
    if (auth.kind !== "bearer") throw new Error(`${name} takes no token`);
    return (await auth.tokens.token(ctx)).value;
  }

  test("whoever its cloud vouches for, each in its cloud's way", async () => {
    for (const { name } of sandbox.members)
      expect([name, await isLetIn(name, await accessTo(name))]).toEqual([name, true]);
    const kinds = await Promise.all(sandbox.members.map(async ({ name }) => (await accessTo(name)).auth.kind));
    expect(kinds.filter((kind) => kind === "certificate")).toHaveLength(1);
  });

  test("nobody with a token of another EKS cluster, another audience or another cloud", async () => {
    const { SANDBOX_AZURE_TOKEN: arm = "", SANDBOX_AKS_TOKEN: aks = "", SANDBOX_GCP_TOKEN: gcp = "" } = sandbox.env;
    const wrong: readonly (readonly [string, string])[] = [
      ["aws-dublin", await tokenFor("aws-virginia")],
      ["aws-dublin", gcp],
      ["azure-amsterdam", arm],
      ["azure-amsterdam", gcp],
      ["azure-pune", aks], // of local accounts
      ["gcp-eemshaven", aks],
      ["gcp-eemshaven", await tokenFor("aws-dublin")],
      ["gcp-eemshaven", ""],
    ];
    for (const [name, token] of wrong) {
      expect([name, await isLetIn(name, await withToken(name, token))]).toEqual([name, false]);
    }
    expect(await isLetIn("azure-amsterdam", await withToken("azure-amsterdam", aks))).toBe(true);
  });
});

test("a member that is killed does not answer, and revived it does, while its cloud goes on", async () => {
  const access = await accessTo("aws-mumbai");
  await sandbox.kill("aws-mumbai");
  await using cluster = connectKubeCluster({ id: sandbox.idOf("aws-mumbai"), access });
  await expect(cluster.version({ ...ctx, deadlineMs: Date.now() + 2_000 })).rejects.toMatchObject({
    name: "CloudError",
  });
  expect((await accessTo("aws-mumbai")).server).toBe(access.server);
  await sandbox.revive("aws-mumbai");
  await using again = connectKubeCluster({ id: sandbox.idOf("aws-mumbai"), access: await accessTo("aws-mumbai") });
  expect(await again.version(ctx)).toBe("v1.35.1");
});

test("the files hold no secret, and a folder of one's own stays when the rest is gone", async () => {
  const small = await startCloudSandbox({ only: ["aws-dublin"] });
  const config = await readFile(small.configPath, "utf8");
  for (const [name, value] of Object.entries(small.env)) {
    expect([config.includes(name), config.includes(value)]).toEqual([true, false]);
  }
  expect(small.members.map(({ name }) => name)).toEqual(["aws-dublin"]);
  expect(() => small.idOf("nowhere")).toThrow('no member "nowhere": aws-dublin');
  await small[Symbol.asyncDispose]();
  await expect(stat(small.folder)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(fetch(small.endpoints.aws)).rejects.toMatchObject({ message: "fetch failed" });
  await expect(startCloudSandbox({ clusters: 0 })).rejects.toThrow("1 to 200 clusters, not 0");
  await expect(startCloudSandbox({ only: ["aws-paris"] })).rejects.toThrow('no member "aws-paris": aws-dublin, ');
});
