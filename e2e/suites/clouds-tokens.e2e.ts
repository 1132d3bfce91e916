import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Ctx, isCloudError, type KubeAccess, type KubeObject } from "@flotilla/core";
import { connectKubeCluster } from "@flotilla/kube";
import { mintEksToken } from "@flotilla/provider-aws";
import { type CloudSandbox, startCloudSandbox } from "@flotilla/sandbox";
import { type ControlPlane, createRawClient, type KubeconfigUser } from "@flotilla/sandbox/control-planes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CloudProviders, openCloudProviders } from "../clouds/cloud-providers.ts";
import { createFlotilla } from "../job/flotilla-command.ts";
import type { DiscoverJson, PlanJson, StatusJson } from "../job/views.ts";
import type { Kubectl } from "../kubectl/kubectl.ts";
import { memberKubectls, type MemberKubectls } from "../kubectl/member-kubectl.ts";
import { SKIP_VARIABLE } from "../skip-variable.ts";

const ctx: Ctx = { signal: new AbortController().signal };
/** One per cloud, and the AKS cluster with local accounts. */
const MEMBERS = ["aws-dublin", "gcp-eemshaven", "azure-amsterdam", "azure-pune"];
const LOCAL_ACCOUNT = "azure-pune";
/** The authenticator of EKS takes a token for a quarter of an hour. */
const STALE_MS = 16 * 60_000;

const skip = process.env[SKIP_VARIABLE];
const because = skip === undefined ? "" : ` (skipped: ${skip})`;

// The servers are real and ask the emulated clouds; kubectl and our client show what our providers minted.
describe.skipIf(skip !== undefined)(`our tokens on real API servers${because}`, () => {
  let sandbox: CloudSandbox<ControlPlane>;
  let providers: CloudProviders;
  let kubectls: MemberKubectls;
  beforeAll(async () => {
    sandbox = await startCloudSandbox({ real: true, only: MEMBERS });
    providers = await openCloudProviders(sandbox);
    kubectls = await memberKubectls(ctx);
  });
  afterAll(async () => {
    await kubectls[Symbol.asyncDispose]();
    await sandbox[Symbol.asyncDispose]();
  });

  /** A token of EKS for any name and of any age, with keys that the emulated AWS knows. */
  async function eksToken(clusterName: string, ageMs = 0): Promise<string> {
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = sandbox.env;
    const keys = { accessKeyId, secretAccessKey };
    return (await mintEksToken({ clusterName, region: "eu-west-1", keys, nowMs: Date.now() - ageMs })).value;
  }

  async function kubectl(member: string, user?: KubeconfigUser): Promise<Kubectl> {
    return kubectls.open(await providers.connect(member, ctx), user);
  }

  async function json(member: string, args: readonly string[]): Promise<unknown> {
    const { exitCode, stdout, stderr } = await (await kubectl(member)).run([...args, "-o", "json"]);
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(" ")} on ${member}: ${stderr}`);
    return JSON.parse(stdout) as unknown;
  }

  test("every cloud tells the version that runs, not the one of the description", async () => {
    for (const [name, provider] of providers.byName) {
      const events = await Array.fromAsync(provider.discovery.discover({}, ctx));
      const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
      expect([name, clusters.length]).toEqual([name, name === "azure" ? 2 : 1]);
      for (const { kubernetesVersion, name: member } of clusters) {
        const minor = /^v(\d+\.\d+)\./.exec(sandbox.server(member).kubernetesVersion)?.[1] ?? "none";
        expect(kubernetesVersion).toMatch(new RegExp(`^v?${RegExp.escape(minor)}(\\.|$)`));
      }
    }
  });

  describe.each(MEMBERS)("kubectl on %s", (member) => {
    test("sees the nodes of the member's description", async () => {
      const { items } = (await json(member, ["get", "nodes"])) as { readonly items: readonly KubeObject[] };
      const described = sandbox.members.find(({ name }) => name === member);
      if (described === undefined) throw new Error(`no ${member}`);
      const { site, nodes } = described;
      expect(items.map(({ metadata }) => metadata.labels)).toMatchObject(
        Array.from({ length: nodes }, (_, index) => ({
          "node.kubernetes.io/instance-type": site.machine.instanceType,
          "topology.kubernetes.io/region": site.region,
          "topology.kubernetes.io/zone": site.zones[index % site.zones.length],
        })),
      );
      await using cluster = connectKubeCluster({ id: member, access: await providers.connect(member, ctx) });
      const capacity = await cluster.capacity(ctx);
      expect(capacity.allocatable).toMatchObject({
        cpuMilli: nodes * Number.parseInt(site.machine.cpu, 10),
        memoryBytes: nodes * Number.parseInt(site.machine.memory, 10) * 1024 ** 3,
        pods: nodes * 110,
      });
    });

    test("is whom the cloud says, with every right", async () => {
      const told = (await json(member, ["auth", "whoami"])) as { readonly status: { readonly userInfo: unknown } };
      const username = {
        aws: /^arn:aws:iam::123456789012:/,
        gcp: /@/,
        azure: member === LOCAL_ACCOUNT ? /^masterclient$/ : /./,
      }[member.split("-")[0] as "aws" | "gcp" | "azure"];
      expect(told.status.userInfo).toMatchObject({
        username: expect.stringMatching(username) as unknown,
        groups: expect.arrayContaining(["system:masters"]) as unknown,
      });
      const { auth } = await providers.connect(member, ctx);
      expect(auth.kind).toBe(member === LOCAL_ACCOUNT ? "certificate" : "bearer");
      // What the clouds hand out is never the control plane's own administrator.
      expect(auth).not.toMatchObject(sandbox.server(member).adminCertificate);
    });

    test("creates and deletes", async () => {
      const tool = await kubectl(member);
      const made = await tool.run(["create", "configmap", "by-kubectl", "--from-literal=cloud=real"]);
      expect(made).toMatchObject({ exitCode: 0, stdout: "configmap/by-kubectl created\n" });
      const { json: seen } = await sandbox
        .server(member)
        .admin.send({ method: "GET", path: "/api/v1/namespaces/default/configmaps/by-kubectl" });
      expect(seen).toMatchObject({ data: { cloud: "real" } });
      expect(await tool.run(["delete", "configmap", "by-kubectl"])).toMatchObject({ exitCode: 0 });
    });
  });

  test.each(MEMBERS)("our client applies on the server's side on %s", async (member) => {
    await using cluster = connectKubeCluster({ id: member, access: await providers.connect(member, ctx) });
    const metadata = { name: "by-flotilla", namespace: "default" };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { one: "1" } };
    const apply = async (): Promise<string> =>
      (await cluster.apply(object, { fieldManager: "flotilla", force: false }, ctx)).outcome;
    expect([await apply(), await apply()]).toEqual(["created", "unchanged"]);
    const { exitCode } = await (await kubectl(member)).run(["delete", "configmap", "by-flotilla"]);
    expect(exitCode).toBe(0);
  });

  test("an EKS token is good for a quarter of an hour, whatever its signature says", async () => {
    const access = await providers.connect("aws-dublin", ctx);
    expect(await statusOf(access, await eksToken("aws-dublin", 14 * 60_000))).toBe(200);
  });

  describe("a real API server lets nobody in", () => {
    const minted = (member: string) => () => providers.tokenFor(member, ctx);
    const REFUSED: readonly (readonly [what: string, member: string, token: () => Promise<string>])[] = [
      ["of Google Cloud on EKS", "aws-dublin", minted("gcp-eemshaven")],
      ["of AKS on EKS", "aws-dublin", minted("azure-amsterdam")],
      ["of EKS on GKE", "gcp-eemshaven", minted("aws-dublin")],
      ["of AKS on GKE", "gcp-eemshaven", minted("azure-amsterdam")],
      ["of EKS on AKS", "azure-amsterdam", minted("aws-dublin")],
      ["of Google Cloud on AKS", "azure-amsterdam", minted("gcp-eemshaven")],
      ["of EKS for another cluster's name", "aws-dublin", () => eksToken("aws-virginia")],
      ["of EKS made a quarter of an hour ago", "aws-dublin", () => eksToken("aws-dublin", STALE_MS)],
      [
        "of Resource Manager's audience on AKS",
        "azure-amsterdam",
        async () => sandbox.env["SANDBOX_AZURE_TOKEN"] ?? "",
      ],
      ["of AKS where only local accounts are known", LOCAL_ACCOUNT, minted("azure-amsterdam")],
      ["of EKS, tampered with", "aws-dublin", async () => tampered(await minted("aws-dublin")())],
      ["of Google Cloud, tampered with", "gcp-eemshaven", async () => tampered(await minted("gcp-eemshaven")())],
      ["of AKS, tampered with", "azure-amsterdam", async () => tampered(await minted("azure-amsterdam")())],
    ];

    test.each(REFUSED)("with a token %s", async (_what, member, token) => {
      const value = await token();
      expect(value).not.toBe("");
      const access = await providers.connect(member, ctx);
      expect(await statusOf(access, value)).toBe(401);
      const { exitCode, stdout, stderr } = await (await kubectl(member, { token: value })).run(["get", "nodes"]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain("Unauthorized");
      expect(stderr).not.toContain(value);
    });

    test("with another cluster's client certificate, or with none at all", async () => {
      const { auth } = await providers.connect(LOCAL_ACCOUNT, ctx);
      if (auth.kind !== "certificate") throw new Error("no certificate");
      const { certPem, keyPem } = auth;
      const refused = await (await kubectl("azure-amsterdam", { certPem, keyPem })).run(["get", "nodes"]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toMatch(/Unauthorized|logged in/);
      const { server, caPem = "" } = await providers.connect("azure-amsterdam", ctx);
      using nobody = createRawClient({ url: server, caPem });
      expect((await nobody.send({ method: "GET", path: "/api" })).status).toBe(401);
    });

    test("and our client says so", async () => {
      const { server, caPem } = await providers.connect("aws-dublin", ctx);
      const value = await eksToken("aws-virginia");
      const tokens = { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined };
      const access = { server, ...(caPem === undefined ? {} : { caPem }), auth: { kind: "bearer", tokens } } as const;
      await using cluster = connectKubeCluster({ id: "aws-dublin", access });
      const error: unknown = await cluster.capacity(ctx).catch((thrown: unknown) => thrown);
      expect(isCloudError(error, "unauthenticated")).toBe(true);
      expect(String(error)).not.toContain(value);
    });
  });

  test("a member that is killed is refused, its cloud goes on, and revived it has what it had", async () => {
    const before = await providers.connect("gcp-eemshaven", ctx);
    const tool = await kubectl("gcp-eemshaven");
    expect(await tool.run(["create", "configmap", "kept"])).toMatchObject({ exitCode: 0 });
    await sandbox.kill("gcp-eemshaven");
    expect((await tool.run(["get", "nodes"])).stderr).toContain("refused");
    expect((await providers.connect("gcp-eemshaven", ctx)).server).toBe(before.server);
    await sandbox.revive("gcp-eemshaven");
    expect(await tool.run(["get", "configmap", "kept", "-o", "name"])).toMatchObject({ stdout: "configmap/kept\n" });
  });
});

/** The last character that means something, changed. */
function tampered(token: string): string {
  const at = token.length - 4;
  return `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
}

async function statusOf({ server, caPem = "" }: KubeAccess, token: string): Promise<number> {
  using client = createRawClient({ url: server, caPem, token });
  return (await client.send({ method: "GET", path: "/api/v1/nodes" })).status;
}

describe.skipIf(skip !== undefined)(`flotilla sandbox up --real${because}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "flotilla-sandbox-real-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Where the programs are is of this machine; the rest is not. */
  const programs = Object.fromEntries(
    ["KUBEBUILDER_ASSETS", "FLOTILLA_E2E_CACHE", "XDG_CACHE_HOME"].flatMap((name) => {
      const value =
        process.env[name] ?? (name === "XDG_CACHE_HOME" ? path.join(process.env["HOME"] ?? "", ".cache") : "");
      return value === "" ? [] : [[name, value]];
    }),
  );
  const up = (...args: readonly string[]) =>
    createFlotilla(folder, { ...programs, TMPDIR: folder }).start(["sandbox", "up", "--real", ...args]);
  const leftBehind = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.startsWith("flotilla-"));

  test("prints one line; another process discovers, plans, applies and reads; stopped, it leaves nothing", async () => {
    const running = up("-o", "json", "--clusters", "3", "--state", "fleet");
    const line = JSON.parse(await running.firstLine()) as SandboxLine;
    expect(Object.keys(line)).toEqual(["config", "aws", "gcp", "azure", "scopes", "env", "clusters"]);
    const flotilla = createFlotilla(folder, { ...line.env, FLOTILLA_CONFIG: line.config });

    const { clusters } = await flotilla.json<DiscoverJson>(["discover"]);
    expect(clusters.map(({ id }) => id).toSorted()).toEqual(line.clusters.map(({ id }) => id).toSorted());
    expect(clusters).toMatchObject(
      clusters.map(({ nodes }) => ({
        phase: "ready",
        nodes: expect.any(Number) as unknown,
        capacity: { pods: 110 * (nodes ?? 0) },
        pricePerHourUsd: expect.any(Number) as unknown,
      })),
    );

    const app = path.join(folder, "fleet", "app.yaml");
    const plan = await flotilla.json<PlanJson>(["plan", "-f", app]);
    expect(plan.workloads).toMatchObject([{ replicas: 9, unplaced: 0 }]);
    await flotilla.run(["apply", plan.planId]);
    const { workloads } = await flotilla.json<StatusJson>(["status"]);
    expect(workloads).toMatchObject([{ health: "healthy", replicas: { ready: 9 } }]);
    for (const secret of Object.values(line.env)) expect(flotilla.transcript()).not.toContain(secret);

    running.interrupt();
    expect(await running.ended).toMatchObject({ exitCode: 0 });
    expect((await running.ended).stderr).toMatch(/clusters 3\/3: \S+ is up/);
    expect(await leftBehind()).toEqual([]);
    expect(existsSync(line.config)).toBe(true);
    for (const { server } of line.clusters) await expect(fetch(server)).rejects.toThrow("fetch failed");
  });

  test("interrupted while it starts, it ends what runs by then and leaves nothing", async () => {
    const running = up("--clusters", "3");
    await running.sees(/clusters 0\/3/);
    await expect.poll(leftBehind, { timeout: 20_000 }).toHaveLength(2);
    running.interrupt("SIGTERM");
    expect(await running.ended).toMatchObject({ exitCode: 130, stdout: "" });
    expect(await leftBehind()).toEqual([]);
  });
});

interface SandboxLine {
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  readonly clusters: readonly { readonly id: string; readonly server: string }[];
}
