import assert from "node:assert/strict";
import { aDeployment } from "../../builders/a-deployment.ts";
import { assertFails, MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap, configMapRef, dataOf } from "./sample-objects.ts";

const BY_US = { fieldManager: MANAGER };

export const WRITE_CASES: readonly KubeCheck[] = [
  [
    "create makes the object once and names the field manager",
    async ({ cluster, namespace, ctx }) => {
      const created = await cluster.create(aConfigMap(namespace, "a", { k: "v" }), BY_US, ctx);
      assert.ok(created.metadata.uid !== undefined);
      assert.deepEqual(
        created.metadata.managedFields?.map(({ manager, operation }) => ({ manager, operation })),
        [{ manager: MANAGER, operation: "Update" }],
      );
      await assertFails(cluster.create(aConfigMap(namespace, "a", { k: "other" }), BY_US, ctx), "exists");
      assert.deepEqual(dataOf(await cluster.get(configMapRef(namespace, "a"), ctx)), { k: "v" });
    },
  ],
  [
    "a dry-run create makes nothing",
    async ({ cluster, namespace, ctx }) => {
      const would = await cluster.create(aConfigMap(namespace, "a", { k: "v" }), { ...BY_US, dryRun: true }, ctx);
      assert.deepEqual(dataOf(would), { k: "v" });
      assert.equal(await cluster.get(configMapRef(namespace, "a"), ctx), undefined);
    },
  ],
  [
    "replace puts the whole object, at the version that was read",
    async ({ cluster, namespace, ctx }) => {
      const created = await cluster.create(aConfigMap(namespace, "a", { k: "1", gone: "x" }), BY_US, ctx);
      const replaced = await cluster.replace({ ...created, data: { k: "2" } }, BY_US, ctx);
      assert.deepEqual(dataOf(replaced), { k: "2" });
      assert.notEqual(replaced.metadata.resourceVersion, created.metadata.resourceVersion);
      await assertFails(cluster.replace({ ...created, data: { k: "late" } }, BY_US, ctx), "stale");
      assert.deepEqual(dataOf(await cluster.get(configMapRef(namespace, "a"), ctx)), { k: "2" });
    },
  ],
  [
    "what the server finds invalid is told with the field it names",
    async ({ cluster, namespace, ctx }) => {
      const badName = cluster.create(aConfigMap(namespace, "Not_A_Name", {}), BY_US, ctx);
      assert.match(await assertFails(badName, "invalid"), /metadata\.name/);
      const { spec, ...rest } = aDeployment({ namespace, replicas: 1 });
      const { template } = spec as { readonly template: unknown };
      const noSelector = cluster.apply({ ...rest, spec: { template } }, BY_US, ctx);
      assert.match(await assertFails(noSelector, "invalid"), /spec\.selector/);
    },
  ],
  [
    "a write into a missing namespace, or of a missing kind, is notFound",
    async ({ cluster, namespace, ctx }) => {
      const elsewhere = aConfigMap("no-such-namespace", "a", {});
      await assertFails(cluster.apply(elsewhere, BY_US, ctx), "notFound");
      await assertFails(cluster.create(elsewhere, BY_US, ctx), "notFound");
      const gadget = { apiVersion: "gadgets.example/v1", kind: "Gadget", metadata: { name: "a", namespace } };
      await assertFails(cluster.apply(gadget, BY_US, ctx), "notFound");
      await assertFails(cluster.create(gadget, BY_US, ctx), "notFound");
    },
  ],
  ["delete says deleted, and absent where there was nothing", deletes],
  ["a delete whose precondition does not hold is stale and deletes nothing", honoursPreconditions],
  ["an object with a finalizer is deleting until the finalizer is gone", waitsForFinalizers],
];

async function deletes({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const ref = configMapRef(namespace, "a");
  await cluster.create(aConfigMap(namespace, "a", {}), BY_US, ctx);
  assert.notEqual(await cluster.delete(ref, { dryRun: true }, ctx), "absent");
  assert.ok((await cluster.get(ref, ctx)) !== undefined, "a dry run deletes nothing");
  assert.equal(await cluster.delete(ref, { propagation: "Background" }, ctx), "deleted");
  assert.equal(await cluster.get(ref, ctx), undefined);
  assert.equal(await cluster.delete(ref, {}, ctx), "absent");
  assert.equal(await cluster.delete(configMapRef("no-such-namespace", "a"), {}, ctx), "absent");
}

async function honoursPreconditions({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const ref = configMapRef(namespace, "a");
  const created = await cluster.create(aConfigMap(namespace, "a", { k: "1" }), BY_US, ctx);
  const changed = await cluster.replace({ ...created, data: { k: "2" } }, BY_US, ctx);
  const { uid = "", resourceVersion: old = "" } = created.metadata;
  const { resourceVersion: current = "" } = changed.metadata;
  await assertFails(cluster.delete(ref, { uid: "00000000-0000-4000-8000-000000000000" }, ctx), "stale");
  await assertFails(cluster.delete(ref, { resourceVersion: old }, ctx), "stale");
  assert.ok((await cluster.get(ref, ctx)) !== undefined);
  assert.equal(await cluster.delete(ref, { uid, resourceVersion: current }, ctx), "deleted");
}

async function waitsForFinalizers({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const ref = configMapRef(namespace, "held");
  const held = aConfigMap(namespace, "held", {}, { finalizers: ["conformance.example/hold"] });
  await cluster.create(held, BY_US, ctx);
  assert.equal(await cluster.delete(ref, {}, ctx), "deleting");
  const deleting = await cluster.get(ref, ctx);
  assert.ok(deleting?.metadata.deletionTimestamp !== undefined);
  assert.equal(await cluster.delete(ref, {}, ctx), "deleting");
  const { finalizers: _gone, ...metadata } = deleting.metadata;
  await cluster.replace({ ...deleting, metadata: { ...metadata, finalizers: [] } }, BY_US, ctx);
  assert.equal(await cluster.get(ref, ctx), undefined);
}
