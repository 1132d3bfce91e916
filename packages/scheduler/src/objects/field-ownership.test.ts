import type { KubeObject } from "@flotilla/core";
import { expect, test } from "vitest";
import { ownedKeys, ownsEveryField, ownsField } from "./field-ownership.ts";

const fieldsV1 = {
  "f:metadata": { "f:labels": { "f:app": {} } },
  "f:data": { "f:a": {}, "f:b": {} },
  "f:spec": {
    "f:replicas": {},
    "f:selector": {},
    "f:template": {
      "f:spec": {
        "f:containers": {
          'k:{"name":"web"}': {
            ".": {},
            "f:name": {},
            "f:image": {},
            "f:ports": { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } },
            "f:args": {},
          },
        },
      },
    },
  },
  "f:finalizers": { 'v:"x"': {} },
};

const live: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "web",
    managedFields: [
      { manager: "flotilla", operation: "Apply", apiVersion: "apps/v1", fieldsType: "FieldsV1", fieldsV1 },
    ],
  },
};

function desired(container: Record<string, unknown>, more: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: { spec: { containers: [{ name: "web", ...container }] } },
      ...more,
    },
  };
}

test.each<[string, KubeObject, boolean]>([
  [
    "everything set is owned; a list key left to its default too",
    desired({ image: "nginx", ports: [{ containerPort: 80 }], args: ["-a", "-b"] }),
    true,
  ],
  ["a field that someone else took", desired({ image: "nginx", command: ["x"] }), false],
  ["a list item that is not there", desired({ ports: [{ containerPort: 81 }] }), false],
  ["another protocol is another item", desired({ ports: [{ containerPort: 80, protocol: "UDP" }] }), false],
  ["a field of spec", desired({}, { paused: true }), false],
  ["a field set to nothing claims nothing", desired({ command: null }), true],
])("%s", (_, object, expected) => {
  expect(ownsEveryField(object, live, "flotilla")).toBe(expected);
});

test("a set member is owned one by one", () => {
  const set = (values: readonly string[]): KubeObject => ({ ...desired({}), finalizers: values });
  expect(ownsEveryField(set(["x"]), live, "flotilla")).toBe(true);
  expect(ownsEveryField(set(["x", "y"]), live, "flotilla")).toBe(false);
});

test("another manager, an update, a subresource and another API version are not our apply", () => {
  const entry = live.metadata.managedFields?.[0];
  const variants = [
    { manager: "other" },
    { operation: "Update" as const },
    { subresource: "status" },
    { apiVersion: "apps/v1beta1" },
  ];
  for (const variant of variants) {
    const other: KubeObject = { ...live, metadata: { name: "web", managedFields: [{ ...entry, ...variant }] } };
    expect([variant, ownsEveryField(desired({}), other, "flotilla")]).toEqual([variant, false]);
  }
});

test("single fields and the keys of a map are told", () => {
  expect([ownsField(live, "flotilla", ["spec", "replicas"]), ownsField(live, "flotilla", ["spec", "paused"])]).toEqual([
    true,
    false,
  ]);
  expect(ownedKeys(live, "flotilla", ["data"])).toEqual(["a", "b"]);
  expect(ownedKeys(live, "other", ["data"])).toEqual([]);
});
