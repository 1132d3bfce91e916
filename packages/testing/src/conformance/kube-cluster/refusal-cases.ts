import assert from "node:assert/strict";
import { isCloudError, type Ctx, type KubeCluster } from "@flotilla/core";
import { assertFails, MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap, configMapRef } from "./sample-objects.ts";

const BY_US = { fieldManager: MANAGER };
/** A deadline of its own, and how much later than that an answer is still called prompt on a busy machine. */
const SHORT_MS = 300;
const PROMPT_MS = 5_000;

export const REFUSAL_CASES: readonly KubeCheck[] = [
  [
    "who has no rights is denied, in capacity too",
    async (bench) => {
      await using viewer = await bench.harness.connect("viewer");
      for (const attempt of attempts(viewer, bench)) await assertFails(attempt(bench.ctx), "denied");
      await assertFails(viewer.capacity(bench.ctx), "denied");
      await assertUnwritten(bench);
    },
  ],
  [
    "who is not known is unauthenticated",
    async (bench) => {
      await using stranger = await bench.harness.connect("stranger");
      for (const attempt of attempts(stranger, bench)) await assertFails(attempt(bench.ctx), "unauthenticated");
      await assertUnwritten(bench);
    },
  ],
  [
    "a signal that is aborted already stops every call before it is made",
    async (bench) => {
      const ctx = { signal: AbortSignal.abort() };
      for (const attempt of attempts(bench.cluster, bench)) await assertFails(attempt(ctx), "cancelled");
      await assertUnwritten(bench);
    },
  ],
  [
    "a deadline that is over stops every call before it is made",
    async (bench) => {
      const ctx = { signal: bench.ctx.signal, deadlineMs: Date.now() - 1 };
      for (const attempt of attempts(bench.cluster, bench))
        await assertFails(attempt(ctx), "transient", "timeoutUnknown");
      await assertUnwritten(bench);
    },
  ],
];

/** Needs a link that can be stalled. */
export const REFUSAL_LINK_CASES: readonly KubeCheck[] = [
  [
    "a server that hangs is given up at the deadline, and a write then may have landed",
    async (bench) => {
      await throughLink(bench, async (cluster, stall) => {
        const [read, write] = [attempts(cluster, bench)[0], attempts(cluster, bench)[2]];
        assert.ok(read !== undefined && write !== undefined);
        stall();
        await withinPrompt(assertFails(read(shortly(bench)), "transient", "timeoutUnknown"));
        await withinPrompt(assertFails(write(shortly(bench)), "timeoutUnknown"));
      });
    },
  ],
  [
    "an abort ends the wait for a server that hangs",
    async (bench) => {
      await throughLink(bench, async (cluster, stall) => {
        stall();
        const controller = new AbortController();
        const waiting = cluster.get(configMapRef(bench.namespace, "a"), { signal: controller.signal });
        waiting.catch(() => {});
        setTimeout(() => controller.abort(new Error("had enough")), SHORT_MS);
        await withinPrompt(
          assert.rejects(waiting, (error: Error) => isCloudError(error, "cancelled") || error.message === "had enough"),
        );
      });
    },
  ],
];

type Attempt = (ctx: Ctx) => Promise<unknown>;

/** One of each way to ask. The third is a write. */
function attempts(cluster: KubeCluster, { namespace }: KubeBench): readonly Attempt[] {
  const object = aConfigMap(namespace, "a", { k: "v" });
  return [
    (ctx) => cluster.get(configMapRef(namespace, "a"), ctx),
    (ctx) => Array.fromAsync(cluster.list({ apiVersion: "v1", kind: "ConfigMap", namespace }, ctx)),
    (ctx) => cluster.apply(object, BY_US, ctx),
    (ctx) => cluster.create(object, BY_US, ctx),
    (ctx) => cluster.delete(configMapRef(namespace, "a"), {}, ctx),
  ];
}

async function assertUnwritten({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  assert.equal(await cluster.get(configMapRef(namespace, "a"), ctx), undefined);
}

function shortly({ ctx }: KubeBench): Ctx {
  return { signal: ctx.signal, deadlineMs: Date.now() + SHORT_MS };
}

async function throughLink(
  { harness, ctx }: KubeBench,
  check: (cluster: KubeCluster, stall: () => void) => Promise<void>,
): Promise<void> {
  const linked = await harness.connectThroughLink?.();
  assert.ok(linked !== undefined);
  await using link = linked.link;
  await using cluster = linked.cluster;
  // Connected and warm before it stalls: what hangs is a request, not the handshake.
  await cluster.kind("v1", "ConfigMap", ctx);
  await check(cluster, () => link.stall());
}

async function withinPrompt<T>(work: Promise<T>): Promise<T> {
  const startedAtMs = Date.now();
  const result = await work;
  const tookMs = Date.now() - startedAtMs;
  assert.ok(tookMs < PROMPT_MS, `took ${tookMs} ms`);
  return result;
}
