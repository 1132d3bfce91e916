import assert from "node:assert/strict";
import type { KubeObject, ListInput, ListPage } from "@flotilla/core";
import { assertFails, MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap } from "./sample-objects.ts";

const OURS = { labelSelector: "app=conformance" };
const COUNT = 25;
const PAGE_SIZE = 10;

export const LIST_CASES: readonly KubeCheck[] = [
  ["a list comes page by page, every object once, as one consistent list", pages],
  [
    "what a list gives says its own apiVersion and kind",
    async (bench) => {
      await fill(bench, 2);
      const items = await listed(bench, { ...OURS });
      assert.deepEqual(
        items.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
        ["v1 ConfigMap", "v1 ConfigMap"],
      );
    },
  ],
  ["labels and fields select", selects],
  [
    "without a namespace the list covers all of them",
    async (bench) => {
      await fill(bench, 1);
      const { cluster, ctx } = bench;
      const everywhere = await collect(cluster.list({ apiVersion: "v1", kind: "ConfigMap", ...OURS }, ctx));
      const ours = everywhere
        .flatMap(({ items }) => items)
        .filter((item) => item.metadata.namespace === bench.namespace);
      assert.equal(ours.length, 1);
    },
  ],
  [
    "an empty list is one page with a resourceVersion",
    async ({ cluster, namespace, ctx }) => {
      const found = await collect(cluster.list({ apiVersion: "v1", kind: "ConfigMap", namespace, ...OURS }, ctx));
      assert.deepEqual(
        found.map(({ items }) => items),
        [[]],
      );
      assert.match(found[0]?.resourceVersion ?? "", /^\d+$/);
    },
  ],
  [
    "a list may be left after its first page",
    async (bench) => {
      await fill(bench, PAGE_SIZE + 1);
      for await (const page of bench.cluster.list(input(bench, { pageSize: PAGE_SIZE }), bench.ctx)) {
        assert.equal(page.items.length, PAGE_SIZE);
        break;
      }
      assert.equal((await listed(bench, OURS)).length, PAGE_SIZE + 1);
    },
  ],
  [
    "a list of a kind that the server does not have is notFound",
    async ({ cluster, ctx }) => {
      await assertFails(collect(cluster.list({ apiVersion: "gadgets.example/v1", kind: "Gadget" }, ctx)), "notFound");
    },
  ],
];

/** Needs a server whose history can be compacted. */
export const LIST_COMPACTION_CASES: readonly KubeCheck[] = [
  [
    "a page token that expires on the way restarts the list by itself",
    async (bench) => {
      const { cluster, ctx, harness } = bench;
      const names = await fill(bench, COUNT);
      const seen = new Set<string>();
      for await (const page of cluster.list(input(bench, { pageSize: PAGE_SIZE }), ctx)) {
        if (seen.size === 0) {
          // History must move on before there is something to forget.
          await cluster.apply(aConfigMap(bench.namespace, "unrelated", { k: "v" }), { fieldManager: MANAGER }, ctx);
          await harness.compact?.();
        }
        for (const item of page.items) seen.add(item.metadata.name);
      }
      assert.deepEqual([...seen].toSorted(), names);
    },
  ],
];

async function pages(bench: KubeBench): Promise<void> {
  const names = await fill(bench, COUNT);
  const found = await collect(bench.cluster.list(input(bench, { ...OURS, pageSize: PAGE_SIZE }), bench.ctx));
  assert.deepEqual(
    found.map(({ items }) => items.length),
    [10, 10, 5],
  );
  assert.equal(new Set(found.map(({ resourceVersion }) => resourceVersion)).size, 1);
  assert.deepEqual(
    found.flatMap(({ items }) => items.map(({ metadata }) => metadata.name)),
    names,
  );
  assert.deepEqual(found[0]?.items[0]?.["data"], { index: "0" });
}

async function selects(bench: KubeBench): Promise<void> {
  await fill(bench, 3);
  const namesOf = async (selection: Partial<ListInput>): Promise<readonly string[]> =>
    (await listed(bench, selection)).map(({ metadata }) => metadata.name);
  assert.deepEqual(await namesOf({ labelSelector: "app=conformance,index!=1" }), ["item-000", "item-002"]);
  assert.deepEqual(await namesOf({ labelSelector: "index in (1,2)" }), ["item-001", "item-002"]);
  assert.deepEqual(await namesOf({ fieldSelector: "metadata.name=item-001" }), ["item-001"]);
}

/** Creates `count` labelled ConfigMaps; hands back their names in list order. */
async function fill({ cluster, namespace, ctx }: KubeBench, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `item-${String(index).padStart(3, "0")}`);
  for (const [index, name] of names.entries()) {
    const labels = { app: "conformance", index: String(index) };
    await cluster.create(
      aConfigMap(namespace, name, { index: String(index) }, { labels }),
      { fieldManager: MANAGER },
      ctx,
    );
  }
  return names;
}

function input({ namespace }: KubeBench, more: Partial<ListInput>): ListInput {
  return { apiVersion: "v1", kind: "ConfigMap", namespace, ...OURS, ...more };
}

async function listed(bench: KubeBench, more: Partial<ListInput>): Promise<readonly KubeObject[]> {
  return (await collect(bench.cluster.list(input(bench, more), bench.ctx))).flatMap(({ items }) => items);
}

async function collect(list: AsyncIterable<ListPage>): Promise<readonly ListPage[]> {
  return Array.fromAsync(list);
}
