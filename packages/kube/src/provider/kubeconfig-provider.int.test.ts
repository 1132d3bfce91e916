import { inspect } from "node:util";
import { isCloudError, type Cluster, type CloudProvider, type DiscoveryEvent } from "@flotilla/core";
import { startApiServer, type ApiServer } from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFolder, type TestFolder } from "../../test/kubeconfig-files.ts";
import { aCtx } from "../../test/scripted-server.ts";
import {
  connectKubeCluster,
  createKubeconfigProvider,
  flotillaProvider,
  type KubeconfigProviderOptions,
} from "../index.ts";

const CANARY = "canary-token-5b1f0c2d";
let server: ApiServer;
let folder: TestFolder;
let merged: string;

interface Entry {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** The server under several contexts: as it is, as somebody without rights, with a wrong token, dead, and broken. */
beforeAll(async () => {
  const labels = { "topology.kubernetes.io/region": "eu-west-1", "node.kubernetes.io/instance-type": "m6i.large" };
  const zone = (name: string): Record<string, string> => ({ ...labels, "topology.kubernetes.io/zone": name });
  server = await startApiServer({
    name: "good",
    tokens: { [CANARY]: { name: "viewer", groups: [] } },
    nodes: [
      {
        name: "n1",
        cpu: "4",
        memory: "16Gi",
        labels: { ...zone("eu-west-1b"), "eks.amazonaws.com/nodegroup": "main" },
        providerID: "aws:///eu-west-1b/i-1",
        podCIDR: "10.244.0.0/24",
      },
      {
        name: "n2",
        cpu: "4",
        memory: "16Gi",
        labels: { ...zone("eu-west-1a"), "eks.amazonaws.com/nodegroup": "main" },
        providerID: "aws:///eu-west-1a/i-2",
        podCIDR: "10.244.1.0/24",
      },
    ],
  });
  folder = await aFolder();
  const config = server.kubeconfig() as unknown as Record<"clusters" | "users" | "contexts", Entry[]>;
  const [cluster, user] = [config.clusters[0]!, config.users[0]!];
  const context = (name: string, userName: string, clusterName: string = cluster.name): Entry => ({
    name,
    context: { cluster: clusterName, user: userName },
  });
  merged = await folder.write("config", {
    ...config,
    clusters: [cluster, { name: "dead", cluster: { server: "https://127.0.0.1:1" } }],
    users: [
      user,
      { name: "viewer", user: { token: CANARY } },
      { name: "stranger", user: { token: `${CANARY}-wrong` } },
      { name: "helper", user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "/opt/get-token" } } },
    ],
    contexts: [
      context("good", user.name),
      context("viewer", "viewer"),
      context("stranger", "stranger"),
      context("dead", user.name, "dead"),
      context("broken", "nobody"),
      context("helper", "helper"),
    ],
  });
});

afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

function provider(more: Partial<KubeconfigProviderOptions> = {}): CloudProvider {
  return createKubeconfigProvider({ name: "mine", origin: { kind: "files", files: [merged] }, ...more });
}

async function discovered(
  from: CloudProvider,
): Promise<{ readonly events: readonly DiscoveryEvent[]; readonly clusters: ReadonlyMap<string, Cluster> }> {
  const events = await Array.fromAsync(from.discovery.discover({}, aCtx()));
  const clusters = events.flatMap((event) =>
    event.type === "cluster" ? [[event.cluster.name, event.cluster] as const] : [],
  );
  return { events, clusters: new Map(clusters) };
}

describe("discovery", () => {
  test("tells every context, with what its nodes say or with its problem", async () => {
    const { events, clusters } = await discovered(provider());
    expect(events.at(-1)).toEqual({ type: "scopeDone", scope: "mine" });
    expect(clusters.get("good")).toMatchObject({
      id: "kubeconfig/mine/-/good",
      provider: "aws",
      scope: "mine",
      region: "eu-west-1",
      zones: ["eu-west-1a", "eu-west-1b"],
      phase: "ready",
      kubernetesVersion: expect.stringMatching(/^1\.\d+/),
      endpoint: { url: server.url, access: "private" },
      network: { podCidrs: ["10.244.0.0/23"] },
      nodePools: [{ name: "main", nodes: 2, instanceTypes: ["m6i.large"], purchase: "onDemand" }],
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(clusters.get("good")).not.toHaveProperty("problem");
    const problems = [...clusters.values()].flatMap(({ name, problem }) =>
      problem === undefined ? [] : [[name, problem.kind]],
    );
    expect(Object.fromEntries(problems)).toEqual({
      broken: "invalid",
      dead: "transient",
      helper: "policy",
      stranger: "unauthenticated",
    });
    expect(clusters.get("viewer")).toMatchObject({ phase: "ready", provider: "unknown", nodePools: [] });
    expect(inspect(events, { depth: 20 })).not.toContain(CANARY);
  });

  test("a context that was asked for and is not there is a gap with the nearest name", async () => {
    const { events } = await discovered(provider({ contexts: ["good", "goood"] }));
    expect(events.map(({ type }) => type)).toEqual(["gap", "cluster", "scopeDone"]);
    const [gap] = events;
    expect(gap?.type === "gap" && gap.error).toMatchObject({
      kind: "notFound",
      message: expect.stringContaining('did you mean "good"'),
    });
  });

  test("one that hangs is given up in its time and keeps nobody waiting", async () => {
    server.pause();
    try {
      const startedMs = Date.now();
      const { clusters } = await discovered(provider({ contexts: ["good", "dead"], contextTimeoutMs: 300 }));
      expect(Date.now() - startedMs).toBeLessThan(3_000);
      expect(clusters.get("good")).toMatchObject({
        phase: "unknown",
        endpoint: { url: server.url },
        problem: { kind: "transient" },
      });
    } finally {
      server.resume();
    }
  });

  test("other scopes are somebody else's, and an aborted one throws its reason", async () => {
    expect(await Array.fromAsync(provider().discovery.discover({ scopes: ["other"] }, aCtx()))).toEqual([]);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(Array.fromAsync(provider().discovery.discover({}, { signal }))).rejects.toThrow("enough");
  });

  test("no kubeconfig at all is an error", async () => {
    const none = createKubeconfigProvider({ name: "x", origin: { kind: "files", files: ["/nonexistent/config"] } });
    await expect(discovered(none)).rejects.toSatisfy((error: unknown) => isCloudError(error, "notFound"));
  });
});

describe("connecting", () => {
  test("leads to the cluster of the id, and of no other provider's", async () => {
    const { credentials } = provider();
    const id = "kubeconfig/mine/-/good";
    await using cluster = connectKubeCluster({ id, access: await credentials.connect({ id }, aCtx()) });
    expect((await cluster.capacity(aCtx())).allocatable).toEqual({
      cpuMilli: 8000,
      memoryBytes: 32 * 1024 ** 3,
      pods: 220,
    });
    for (const wrong of ["kubeconfig/other/-/good", "kubeconfig/mine/-/absent", "aws/1/eu/good", "nonsense"]) {
      await expect(credentials.connect({ id: wrong }, aCtx())).rejects.toSatisfy((error: unknown) =>
        isCloudError(error, "notFound"),
      );
    }
  });
});

describe("the factory", () => {
  const input = { name: "mine", env: {}, baseDir: "/" };

  test("reads options: paths start from the configuration's folder, `~` is the user's home", async () => {
    const base = { ...input, baseDir: folder.path, env: { HOME: folder.path } };
    for (const kubeconfig of ["config", "./config", "~/config", merged, ["missing-is-told", "config"]]) {
      const made = await flotillaProvider.create({ ...base, options: { kubeconfig, contexts: ["good"] } });
      expect([made.id, made.name, (await discovered(made)).clusters.size]).toEqual(["kubeconfig", "mine", 1]);
    }
    const made = await flotillaProvider.create({ ...base, env: { KUBECONFIG: merged }, options: undefined });
    expect((await discovered(made)).clusters.size).toBe(6);
  });

  test("points at what is wrong, within the file it stands in", async () => {
    const locate = (path: readonly (string | number)[], target?: string) => ({
      file: "flotilla.yaml",
      line: path.length,
      column: target === "key" ? 1 : 2,
    });
    const source = { document: { value: {}, locate }, path: ["spec", "providers", 0, "options"] };
    await expect(
      flotillaProvider.create({ ...input, options: { context: ["a"], timeoutSeconds: "5" }, source }),
    ).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining("unknown field"),
          suggestion: "contexts",
          path: [...source.path, "context"],
          position: { line: 5, column: 1 },
        },
        { path: [...source.path, "timeoutSeconds"], position: { line: 5, column: 2 } },
      ],
    });
  });

  test("describes its options", async () => {
    expect(await flotillaProvider.optionsJsonSchema()).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { kubeconfig: {}, contexts: {}, execAllow: {}, timeoutSeconds: {} },
    });
  });
});
