import assert from "node:assert/strict";
import type { KubeCluster, WatchInput } from "@flotilla/core";
import type { TcpLink } from "../../link/tcp-link.ts";
import { MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap, configMapRef } from "./sample-objects.ts";
import { assertNothingToldTwice, openWatchLog, type WatchLog } from "./watch-log.ts";

const LABELS = { labels: { app: "conformance" } };

export const WATCH_CASES: readonly KubeCheck[] = [
  ["a watch tells what is there, then synced, then every change in order", tellsChanges],
  ["a label selector turns a change of labels into added and deleted", followsSelectors],
  [
    "a watch of an empty namespace is synced",
    async (bench) => {
      await using log = openWatchLog(bench.cluster, watched(bench));
      await synced(bench, log);
      assert.deepEqual(log.lines(), ["synced"]);
    },
  ],
  [
    "a watch whose signal is aborted already returns at once",
    async (bench) => {
      const aborted = { signal: AbortSignal.abort() };
      assert.deepEqual(await Array.fromAsync(bench.cluster.watch(watched(bench), aborted)), []);
    },
  ],
];

/** Needs a link that can be cut. */
export const WATCH_LINK_CASES: readonly KubeCheck[] = [
  ["a watch that lost its connection tells everything it missed, once", (bench) => survivesCut(bench, async () => {})],
];

/** Needs a link that can be cut and a server whose history can be compacted. */
export const WATCH_COMPACTION_CASES: readonly KubeCheck[] = [
  [
    "a watch whose place in history is gone lists again and tells what was deleted meanwhile",
    (bench) => survivesCut(bench, async () => bench.harness.compact?.()),
  ],
];

async function tellsChanges(bench: KubeBench): Promise<void> {
  const { cluster, namespace, ctx } = bench;
  await put(bench, "there", "1");
  await using log = openWatchLog(cluster, watched(bench));
  await synced(bench, log);
  await put(bench, "new", "1");
  await put(bench, "new", "2");
  await put(bench, "there", "2");
  await cluster.delete(configMapRef(namespace, "new"), {}, ctx);
  await bench.eventually("the deletion", async () => (log.lines().includes("deleted new") ? true : undefined));
  assert.deepEqual(log.lines(), [
    "added there",
    "synced",
    "added new",
    "modified new",
    "modified there",
    "deleted new",
  ]);
  assertNothingToldTwice(log.events);
  const told = log.events.flatMap((event) => ("object" in event ? [event.object] : []));
  assert.ok(told.every(({ apiVersion, kind }) => apiVersion === "v1" && kind === "ConfigMap"));
  assert.deepEqual(Object.keys(log.cache()), ["there"]);
}

async function followsSelectors(bench: KubeBench): Promise<void> {
  const { cluster, namespace, ctx } = bench;
  const by = { fieldManager: MANAGER };
  const labelled = (app: string) => aConfigMap(namespace, "a", {}, { labels: { app } });
  await cluster.apply(labelled("other"), by, ctx);
  await using log = openWatchLog(cluster, watched(bench));
  await synced(bench, log);
  await cluster.apply(labelled("conformance"), by, ctx);
  await cluster.apply(labelled("other"), by, ctx);
  await bench.eventually("the deletion", async () => (log.lines().includes("deleted a") ? true : undefined));
  assert.deepEqual(log.lines(), ["synced", "added a", "deleted a"]);
}

/** What happens while the link is down: everything a watch can miss, one of each. */
async function survivesCut(bench: KubeBench, whileDown: () => Promise<void>): Promise<void> {
  const { cluster, namespace, ctx, harness } = bench;
  for (const name of ["changed", "deleted", "replaced", "untouched"]) await put(bench, name, "1");
  const linked = await harness.connectThroughLink?.();
  assert.ok(linked !== undefined);
  await using wire: TcpLink = linked.link;
  await using watcher: KubeCluster = linked.cluster;
  await using log = openWatchLog(watcher, watched(bench));
  await synced(bench, log);
  const before = log.lines().length;
  wire.cut();
  await put(bench, "changed", "2");
  await put(bench, "new", "1");
  await put(bench, "short-lived", "1");
  await cluster.delete(configMapRef(namespace, "short-lived"), {}, ctx);
  await cluster.delete(configMapRef(namespace, "deleted"), {}, ctx);
  await cluster.delete(configMapRef(namespace, "replaced"), {}, ctx);
  const replacement = await put(bench, "replaced", "2");
  await whileDown();
  wire.mend();
  await put(bench, "last", "1");
  await bench.eventually("the last object", async () => (log.cache()["last"] === undefined ? undefined : true));
  const truth = await namesAndUids(bench);
  await bench.eventually("the cache to be true", async () =>
    JSON.stringify(log.cache()) === JSON.stringify(truth) ? true : undefined,
  );
  assert.equal(log.cache()["replaced"], replacement);
  const later = log.lines().slice(before);
  assert.ok(later.includes("deleted deleted"));
  assert.ok(later.indexOf("deleted replaced") < later.indexOf("added replaced"));
  assert.ok(!later.some((line) => line.endsWith(" untouched")), "what did not change is not told again");
  assertNothingToldTwice(log.events);
}

function watched({ namespace }: KubeBench): WatchInput {
  return { apiVersion: "v1", kind: "ConfigMap", namespace, labelSelector: "app=conformance" };
}

/** Hands back the uid. */
async function put({ cluster, namespace, ctx }: KubeBench, name: string, value: string): Promise<string> {
  const result = await cluster.apply(aConfigMap(namespace, name, { value }, LABELS), { fieldManager: MANAGER }, ctx);
  assert.ok(result.outcome !== "conflict");
  return result.object.metadata.uid ?? "";
}

function synced(bench: KubeBench, log: WatchLog): Promise<boolean> {
  return bench.eventually("synced", async () => (log.isSynced() ? true : undefined));
}

async function namesAndUids(bench: KubeBench): Promise<Readonly<Record<string, string>>> {
  const pages = await Array.fromAsync(bench.cluster.list(watched(bench), bench.ctx));
  const entries = pages.flatMap(({ items }) =>
    items.map(({ metadata }) => [metadata.name, metadata.uid ?? ""] as const),
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
