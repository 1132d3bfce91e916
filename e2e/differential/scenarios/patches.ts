import { configMap, deployment } from "../objects.ts";
import { get, patch, pathOf, post } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { textAt } from "../text-at.ts";

export const PATCH_SCENARIOS: readonly Scenario[] = [
  {
    name: "JSON patch and merge patch",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const one = `${all}/a`;
      const json = (...operations: readonly unknown[]): ReturnType<typeof patch> =>
        patch(one, "json-patch", operations);
      const merge = (body: unknown): ReturnType<typeof patch> => patch(one, "merge-patch", body);
      return [
        { name: "create", request: post(all, configMap("a", { x: "1", y: "1" })), remember: remembered },
        {
          name: "add, replace, remove",
          request: json(
            { op: "add", path: "/data/z", value: "1" },
            { op: "replace", path: "/data/x", value: "2" },
            { op: "remove", path: "/data/y" },
          ),
        },
        {
          name: "copy and move",
          request: json(
            { op: "copy", from: "/data/x", path: "/data/c" },
            { op: "move", from: "/data/z", path: "/data/m" },
          ),
        },
        {
          name: "a test that holds",
          request: json({ op: "test", path: "/data/x", value: "2" }, { op: "add", path: "/data/t", value: "1" }),
        },
        { name: "a test that fails", request: json({ op: "test", path: "/data/x", value: "nine" }), compare: "code" },
        { name: "removing what is not there", request: json({ op: "remove", path: "/data/none" }), compare: "code" },
        { name: "no list of operations", request: patch(one, "json-patch", { op: "add" }), compare: "code" },
        { name: "an unknown operation", request: json({ op: "shuffle", path: "/data" }), compare: "code" },
        { name: "changing the name", request: json({ op: "replace", path: "/metadata/name", value: "b" }) },
        { name: "merge: null removes", request: merge({ data: { x: null, n: "1" } }) },
        { name: "merge: nothing changes", request: merge({ data: { n: "1" } }) },
        {
          name: "merge with an old revision",
          request: (memory) => merge({ metadata: { resourceVersion: memory.get("revision") }, data: { n: "2" } }),
        },
        { name: "merge with a wrong uid", request: merge({ metadata: { uid: "11111111-2222" } }), compare: "refused" },
        { name: "merge that breaks the schema", request: merge({ data: "text" }), compare: "code" },
        { name: "a patch of nothing", request: patch(`${all}/none`, "merge-patch", {}) },
        {
          name: "an unknown kind of patch",
          request: { method: "PATCH", path: one, headers: { "content-type": "application/json" }, body: {} },
        },
        { name: "in the end", request: get(one) },
      ];
    },
  },
  {
    name: "strategic merge patch",
    steps: (namespace) => {
      const all = pathOf("apps/v1", namespace, "deployments");
      const one = `${all}/web`;
      const pod = (spec: unknown): ReturnType<typeof patch> =>
        patch(one, "strategic-merge-patch", { spec: { template: { spec } } });
      return [
        {
          name: "create",
          request: post(
            all,
            deployment(
              "web",
              {},
              { containers: [{ name: "main", image: "example/main:1", env: [{ name: "A", value: "1" }] }] },
            ),
          ),
        },
        { name: "a container by name", request: pod({ containers: [{ name: "main", image: "example/main:2" }] }) },
        { name: "another container", request: pod({ containers: [{ name: "side", image: "example/side:1" }] }) },
        { name: "a variable", request: pod({ containers: [{ name: "main", env: [{ name: "B", value: "2" }] }] }) },
        {
          name: "delete a variable",
          request: pod({ containers: [{ name: "main", env: [{ name: "A", $patch: "delete" }] }] }),
        },
        {
          name: "replace a list",
          request: pod({ containers: [{ name: "main", env: [{ $patch: "replace" }, { name: "C", value: "3" }] }] }),
        },
        {
          name: "an order for the list",
          request: pod({
            "$setElementOrder/containers": [{ name: "side" }, { name: "main" }],
            containers: [{ name: "side", image: "example/side:2" }],
          }),
        },
        { name: "delete a container", request: pod({ containers: [{ name: "side", $patch: "delete" }] }) },
        {
          name: "a port by number",
          request: pod({
            containers: [{ name: "main", ports: [{ containerPort: 80 }, { containerPort: 81, name: "x" }] }],
          }),
        },
        {
          name: "rename that port",
          request: pod({ containers: [{ name: "main", ports: [{ containerPort: 81, name: "y" }] }] }),
        },
        { name: "a list that is one value", request: pod({ containers: [{ name: "main", command: ["a", "b"] }] }) },
        { name: "is replaced", request: pod({ containers: [{ name: "main", command: ["c"] }] }) },
        { name: "null removes", request: pod({ containers: [{ name: "main", command: null }] }) },
        {
          name: "finalizers are a set",
          request: patch(one, "strategic-merge-patch", {
            metadata: { finalizers: ["example.com/one", "example.com/two"] },
          }),
        },
        {
          name: "and are deleted from it",
          request: patch(one, "strategic-merge-patch", {
            metadata: { "$deleteFromPrimitiveList/finalizers": ["example.com/one", "example.com/two"] },
          }),
        },
        {
          name: "an unknown directive",
          request: patch(one, "strategic-merge-patch", { spec: { $patch: "shuffle" } }),
          compare: "refused",
        },
        {
          name: "replace a map",
          request: patch(one, "strategic-merge-patch", { spec: { strategy: { $patch: "replace", type: "Recreate" } } }),
        },
        {
          name: "retainKeys",
          request: patch(one, "strategic-merge-patch", {
            spec: { strategy: { $retainKeys: ["type"], type: "RollingUpdate" } },
          }),
        },
        { name: "in the end", request: get(one) },
      ];
    },
  },
];

function remembered(answer: Answer): Readonly<Record<string, string>> {
  return { revision: textAt(answer.json, "metadata", "resourceVersion") };
}
