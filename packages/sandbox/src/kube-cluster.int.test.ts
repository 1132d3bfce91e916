import { isCloudError, type KubeCluster, type WatchEvent } from "@flotilla/core";
import { connectKubeCluster } from "@flotilla/kube";
import {
  conformanceTitle,
  kubeClusterConformance,
  openTcpLink,
  startApiServer,
  type ApiServer,
  type KubeClusterHarness,
  type KubeIdentity,
} from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The kit that real kube-apiservers pass in e2e: here on the embedded one, through the same client.
let server: ApiServer;
beforeAll(async () => {
  const nodes = ["a", "b", "c"].map((name) => ({ name, cpu: "4", memory: "16Gi" }));
  server = await startApiServer({ nodes, tokens: { "viewer-token": { name: "viewer" } } });
});
afterAll(() => server.close());

function connect(as: KubeIdentity, url: string = server.url): KubeCluster {
  const value = { admin: server.adminToken, viewer: "viewer-token", stranger: "nobody-knows-this" }[as];
  const tokens = { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined };
  const access = { server: url, caPem: server.caPem, auth: { kind: "bearer", tokens } } as const;
  return connectKubeCluster({ id: "kubeconfig/test/-/embedded", access });
}

function aHarness(decorate: (cluster: KubeCluster) => KubeCluster = (cluster) => cluster): KubeClusterHarness {
  return {
    connect: async (as) => decorate(connect(as)),
    connectThroughLink: async () => {
      const link = await openTcpLink({ port: Number(new URL(server.url).port) });
      return { link, cluster: decorate(connect("admin", `https://127.0.0.1:${link.port}`)) };
    },
    compact: async () => server.compactHistory(),
    hasNodes: true,
    patienceMs: 5_000,
  };
}

describe("KubeCluster on the embedded API server", () => {
  for (const { name, skip, run } of kubeClusterConformance(aHarness())) {
    test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
  }
});

/** The client with one promise broken. Methods that are not named stay as they are. */
function broken(over: (real: KubeCluster) => Partial<KubeCluster>) {
  return (real: KubeCluster): KubeCluster => {
    const changed = over(real);
    return new Proxy(real, {
      get(target, key) {
        const value: unknown = Reflect.get(key in changed ? changed : target, key);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };
}

async function* told(events: AsyncIterable<WatchEvent>, tell: (event: WatchEvent) => readonly WatchEvent[]) {
  for await (const event of events) yield* tell(event);
}

const BREAKAGES: readonly (readonly [what: string, failing: string, decorate: (real: KubeCluster) => KubeCluster])[] = [
  [
    "an apply that takes every field by force",
    "a field of another manager is a conflict",
    broken((real) => ({ apply: (object, options, ctx) => real.apply(object, { ...options, force: true }, ctx) })),
  ],
  [
    "an apply that forgets the dry run",
    "a dry run tells the outcome",
    broken((real) => ({ apply: (object, options, ctx) => real.apply(object, { ...options, dryRun: false }, ctx) })),
  ],
  [
    "an apply that always says changed",
    "apply creates, changes, and then leaves unchanged",
    broken((real) => ({
      async apply(object, options, ctx) {
        const result = await real.apply(object, options, ctx);
        return result.outcome === "unchanged" ? { ...result, outcome: "changed" } : result;
      },
    })),
  ],
  [
    "a delete that ignores preconditions",
    "a delete whose precondition does not hold",
    broken((real) => ({ delete: (ref, _options, ctx) => real.delete(ref, {}, ctx) })),
  ],
  [
    "a get that throws for what is not there",
    "what is not there is undefined",
    broken((real) => ({
      async get(ref, ctx) {
        const object = await real.get(ref, ctx);
        if (object === undefined) throw new Error("not found");
        return object;
      },
    })),
  ],
  [
    "a list that is never paged",
    "a list comes page by page",
    broken((real) => ({ list: ({ pageSize: _size, ...input }, ctx) => real.list(input, ctx) })),
  ],
  [
    "a watch that tells everything twice",
    "a watch tells what is there",
    broken((real) => ({ watch: (input, ctx) => told(real.watch(input, ctx), (event) => [event, event]) })),
  ],
  [
    "a watch that keeps deletions to itself",
    "a watch that lost its connection",
    broken((real) => ({
      watch: (input, ctx) => told(real.watch(input, ctx), (event) => (event.type === "deleted" ? [] : [event])),
    })),
  ],
  [
    "a capacity that does not count pods",
    "requested grows by exactly",
    broken((real) => ({
      async capacity(ctx) {
        const capacity = await real.capacity(ctx);
        return { ...capacity, requested: { cpuMilli: 0, memoryBytes: 0, pods: 0 } };
      },
    })),
  ],
  [
    "a client that calls every refusal internal",
    "who has no rights is denied",
    broken((real) => ({
      get: (ref, ctx) =>
        real.get(ref, ctx).catch((error: unknown) => {
          throw isCloudError(error, "denied") ? new Error("internal", { cause: error }) : error;
        }),
    })),
  ],
];

test.for(BREAKAGES)("the kit finds %s", async ([, failing, decorate], { signal }) => {
  const harness = { ...aHarness(decorate), patienceMs: 500 };
  const found = kubeClusterConformance(harness).find(({ name }) => name.startsWith(failing));
  await expect(found?.run({ signal })).rejects.toThrow(/./);
});
