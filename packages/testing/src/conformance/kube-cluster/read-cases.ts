import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { MANAGER, type KubeBench, type KubeCheck } from "./kube-case.ts";
import { aConfigMap, configMapRef } from "./sample-objects.ts";

export const READ_CASES: readonly KubeCheck[] = [
  [
    "the version reads like v1.N",
    async ({ cluster, ctx }) => {
      assert.match(await cluster.version(ctx), /^v\d+\.\d+/);
    },
  ],
  [
    "kinds tells plural, scope and verbs of every kind, and no subresources",
    async ({ cluster, ctx }) => {
      const kinds = await cluster.kinds(ctx);
      const find = (apiVersion: string, kind: string) =>
        kinds.filter((each) => each.apiVersion === apiVersion && each.kind === kind);
      assert.deepEqual(
        [find("v1", "ConfigMap"), find("apps/v1", "Deployment"), find("v1", "Namespace")].map((found) =>
          found.map(({ plural, namespaced }) => ({ plural, namespaced })),
        ),
        [
          [{ plural: "configmaps", namespaced: true }],
          [{ plural: "deployments", namespaced: true }],
          [{ plural: "namespaces", namespaced: false }],
        ],
      );
      for (const verb of ["get", "list", "watch", "patch", "create", "update", "delete"]) {
        assert.ok(find("v1", "ConfigMap")[0]?.verbs.includes(verb), `verb ${verb}`);
      }
      assert.deepEqual(
        kinds.filter(({ plural }) => plural.includes("/")),
        [],
      );
    },
  ],
  [
    "an unknown kind is undefined, also in get",
    async ({ cluster, namespace, ctx }) => {
      assert.equal(await cluster.kind("v1", "Gadget", ctx), undefined);
      assert.equal(await cluster.kind("gadgets.example/v1", "Gadget", ctx), undefined);
      assert.equal(await cluster.get({ apiVersion: "v1", kind: "Gadget", namespace, name: "a" }, ctx), undefined);
    },
  ],
  ["a kind that the server learns later is found", findsNewKind],
  [
    "what is not there is undefined, in a namespace that is not there too",
    async ({ cluster, namespace, ctx }) => {
      assert.equal(await cluster.get(configMapRef(namespace, "absent"), ctx), undefined);
      assert.equal(await cluster.get(configMapRef("no-such-namespace", "absent"), ctx), undefined);
    },
  ],
  [
    "get gives the object with the server's own fields",
    async ({ cluster, namespace, ctx }) => {
      await cluster.create(aConfigMap(namespace, "a", { k: "v" }), { fieldManager: MANAGER }, ctx);
      const object = await cluster.get(configMapRef(namespace, "a"), ctx);
      assert.ok(object !== undefined);
      assert.equal(`${object.apiVersion} ${object.kind}`, "v1 ConfigMap");
      assert.deepEqual(object["data"], { k: "v" });
      assert.match(object.metadata.uid ?? "", /^[0-9a-f-]{36}$/);
      assert.match(object.metadata.resourceVersion ?? "", /^\d+$/);
      assert.equal(object.metadata.namespace, namespace);
    },
  ],
];

async function findsNewKind({ cluster, ctx, eventually }: KubeBench): Promise<void> {
  const group = `c${randomUUID().slice(0, 8)}.example`;
  const name = `gadgets.${group}`;
  // Asked before it exists, so that a cache which remembers "unknown" is found out.
  assert.equal(await cluster.kind(`${group}/v1`, "Gadget", ctx), undefined);
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "gadgets", singular: "gadget", kind: "Gadget", listKind: "GadgetList" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  };
  await cluster.create(definition, { fieldManager: MANAGER }, ctx);
  try {
    const kind = await eventually("the new kind", () => cluster.kind(`${group}/v1`, "Gadget", ctx));
    assert.deepEqual({ plural: kind.plural, namespaced: kind.namespaced }, { plural: "gadgets", namespaced: true });
  } finally {
    const { apiVersion, kind } = definition;
    await cluster.delete({ apiVersion, kind, name }, {}, ctx);
  }
}
