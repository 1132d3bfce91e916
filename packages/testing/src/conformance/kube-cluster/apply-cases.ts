import assert from "node:assert/strict";
import type { ApplyResult, KubeObject } from "@flotilla/core";
import { aDeployment } from "../../builders/a-deployment.ts";
import { MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap, configMapRef, dataOf, replicasOf } from "./sample-objects.ts";

const BY_US = { fieldManager: MANAGER };
const BY_OTHER = { fieldManager: "someone-else" };

export const APPLY_CASES: readonly KubeCheck[] = [
  ["apply creates, changes, and then leaves unchanged", createsChangesRests],
  ["applying a Deployment again leaves it unchanged whatever the server defaulted", restsOnDefaults],
  ["a field of another manager is a conflict that names both, and nothing is written", namesConflicts],
  ["force takes the field, and its former owner then meets the conflict", forces],
  ["two managers may own a field at the same value", sharesOwnership],
  ["a field that is no longer applied goes, unless another manager owns it", removesUnapplied],
  ["a dry run tells the outcome and writes nothing", dryRuns],
  ["status is applied through its subresource only", appliesStatus],
];

function settled(result: ApplyResult): KubeObject {
  assert.ok(result.outcome !== "conflict", "no conflict expected");
  return result.object;
}

async function createsChangesRests({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const first = await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_US, ctx);
  const second = await cluster.apply(aConfigMap(namespace, "a", { k: "2" }), BY_US, ctx);
  const third = await cluster.apply(aConfigMap(namespace, "a", { k: "2" }), BY_US, ctx);
  assert.deepEqual([first.outcome, second.outcome, third.outcome], ["created", "changed", "unchanged"]);
  const versions = [first, second, third].map((result) => settled(result).metadata.resourceVersion);
  assert.notEqual(versions[0], versions[1]);
  assert.equal(versions[1], versions[2]);
  assert.deepEqual(
    settled(third).metadata.managedFields?.map(({ manager, operation }) => ({ manager, operation })),
    [{ manager: MANAGER, operation: "Apply" }],
  );
  assert.deepEqual(dataOf(await cluster.get(configMapRef(namespace, "a"), ctx)), { k: "2" });
}

async function restsOnDefaults({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const deployment = aDeployment({ namespace, replicas: 0 });
  const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace, name: "web" };
  assert.equal((await cluster.apply(deployment, BY_US, ctx)).outcome, "created");
  const generation = (await cluster.get(ref, ctx))?.metadata.generation;
  // A controller may write status between two applies: our fields are what must rest.
  assert.notEqual((await cluster.apply(deployment, BY_US, ctx)).outcome, "created");
  assert.equal((await cluster.get(ref, ctx))?.metadata.generation, generation);
  assert.equal((await cluster.apply(aDeployment({ namespace, replicas: 1 }), BY_US, ctx)).outcome, "changed");
  assert.equal(replicasOf(await cluster.get(ref, ctx)), 1);
}

async function namesConflicts({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  await cluster.apply(aConfigMap(namespace, "a", { k: "1", l: "1", same: "s" }), BY_OTHER, ctx);
  const result = await cluster.apply(aConfigMap(namespace, "a", { k: "2", l: "2", same: "s", own: "o" }), BY_US, ctx);
  assert.ok(result.outcome === "conflict");
  assert.deepEqual(
    result.conflicts.toSorted((a, b) => (a.field < b.field ? -1 : 1)),
    [
      { field: ".data.k", manager: BY_OTHER.fieldManager },
      { field: ".data.l", manager: BY_OTHER.fieldManager },
    ],
  );
  const kept = await cluster.get(configMapRef(namespace, "a"), ctx);
  assert.deepEqual(dataOf(kept), { k: "1", l: "1", same: "s" });
}

async function forces({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_OTHER, ctx);
  const forced = await cluster.apply(aConfigMap(namespace, "a", { k: "2" }), { ...BY_US, force: true }, ctx);
  assert.equal(forced.outcome, "changed");
  assert.deepEqual(dataOf(settled(forced)), { k: "2" });
  const late = await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_OTHER, ctx);
  assert.deepEqual(late, { outcome: "conflict", conflicts: [{ field: ".data.k", manager: MANAGER }] });
}

async function sharesOwnership({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_OTHER, ctx);
  const shared = await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_US, ctx);
  assert.notEqual(shared.outcome, "conflict");
  const owners = settled(shared).metadata.managedFields?.map(({ manager }) => manager);
  assert.deepEqual(owners?.toSorted(), [MANAGER, BY_OTHER.fieldManager].toSorted());
  // One of two owners lets go: the field stays.
  await cluster.apply(aConfigMap(namespace, "a", {}), BY_OTHER, ctx);
  assert.deepEqual(dataOf(await cluster.get(configMapRef(namespace, "a"), ctx)), { k: "1" });
}

async function removesUnapplied({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  await cluster.apply(aConfigMap(namespace, "a", { ours: "1", kept: "1" }), BY_US, ctx);
  await cluster.apply(aConfigMap(namespace, "a", { theirs: "1" }), BY_OTHER, ctx);
  const after = await cluster.apply(aConfigMap(namespace, "a", { kept: "1" }), BY_US, ctx);
  assert.equal(after.outcome, "changed");
  assert.deepEqual(dataOf(settled(after)), { kept: "1", theirs: "1" });
}

async function dryRuns({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const dry = { ...BY_US, dryRun: true };
  const ref = configMapRef(namespace, "a");
  assert.equal((await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), dry, ctx)).outcome, "created");
  assert.equal(await cluster.get(ref, ctx), undefined);
  const real = settled(await cluster.apply(aConfigMap(namespace, "a", { k: "1" }), BY_US, ctx));
  const would = await cluster.apply(aConfigMap(namespace, "a", { k: "2" }), dry, ctx);
  assert.deepEqual(dataOf(settled(would)), { k: "2" });
  const kept = await cluster.get(ref, ctx);
  assert.deepEqual(dataOf(kept), { k: "1" });
  assert.equal(kept?.metadata.resourceVersion, real.metadata.resourceVersion);
  const conflict = await cluster.apply(aConfigMap(namespace, "a", { k: "2" }), { ...BY_OTHER, dryRun: true }, ctx);
  assert.equal(conflict.outcome, "conflict");
}

async function appliesStatus({ cluster, namespace, ctx }: KubeBench): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Service", namespace, name: "web" };
  const service: KubeObject = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace },
    spec: { selector: { app: "web" }, ports: [{ port: 80, protocol: "TCP" }] },
  };
  const condition = {
    type: "Checked",
    status: "True",
    reason: "Conformance",
    message: "",
    lastTransitionTime: "2026-01-01T00:00:00Z",
  };
  await cluster.apply(service, BY_US, ctx);
  const { spec: _spec, ...identity } = service;
  const withStatus: KubeObject = { ...identity, status: { conditions: [condition] } };
  settled(await cluster.apply(withStatus, { ...BY_US, subresource: "status" }, ctx));
  const conditions = async (): Promise<unknown> =>
    ((await cluster.get(ref, ctx))?.["status"] as { readonly conditions?: unknown } | undefined)?.conditions;
  assert.deepEqual(await conditions(), [condition]);
  // The main resource ignores status: neither set by it nor removed by its absence.
  await cluster.apply(service, BY_US, ctx);
  assert.deepEqual(await conditions(), [condition]);
}
