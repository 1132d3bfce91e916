import { configMap } from "../objects.ts";
import { get, pathOf, post, put, remove, withQuery } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { textAt } from "../text-at.ts";

const revision = (answer: Answer): Readonly<Record<string, string>> => ({
  revision: textAt(answer.json, "metadata", "resourceVersion"),
});

export const CRUD_SCENARIOS: readonly Scenario[] = [
  {
    name: "create, read, replace and delete",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const one = `${all}/a`;
      return [
        { name: "create", request: post(all, configMap("a", { k: "1" })), remember: revision },
        { name: "create again", request: post(all, configMap("a", { k: "1" })) },
        { name: "read", request: get(one) },
        { name: "replace without a revision", request: put(one, configMap("a", { k: "2" })) },
        {
          name: "replace with an old revision",
          request: (memory) => put(one, configMap("a", { k: "3" }, { resourceVersion: memory.get("revision") })),
        },
        { name: "replace under another name", request: put(one, configMap("b", { k: "3" })) },
        { name: "replace what is not there", request: put(`${all}/b`, configMap("b", { k: "3" })) },
        {
          name: "replace what is not there, with a revision",
          request: put(`${all}/b`, configMap("b", { k: "3" }, { resourceVersion: "1" })),
        },
        { name: "replace claiming another uid", request: put(one, configMap("a", {}, { uid: "11111111-2222" })) },
        { name: "delete", request: remove(one) },
        { name: "read after delete", request: get(one) },
        { name: "delete again", request: remove(one) },
      ];
    },
  },
  {
    name: "names, namespaces and kinds that are wrong",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const nowhere = `${namespace}-nowhere`;
      return [
        { name: "a bad name", request: post(all, configMap("Not_A_Name", {})) },
        { name: "no name", request: post(all, { apiVersion: "v1", kind: "ConfigMap", metadata: {} }) },
        {
          name: "a generated name",
          request: post(all, { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "made-" } }),
          compare: ({ json }) => /^made-[a-z0-9]{5}$/.test(textAt(json, "metadata", "name")),
        },
        { name: "another namespace in the body", request: post(all, configMap("a", {}, { namespace: "default" })) },
        { name: "a namespace that is missing", request: post(pathOf("v1", nowhere, "configmaps"), configMap("a", {})) },
        { name: "a list of a missing namespace", request: get(pathOf("v1", nowhere, "configmaps")) },
        { name: "an object of a missing namespace", request: get(pathOf("v1", nowhere, "configmaps", "a")) },
        { name: "another kind in the body", request: post(all, { ...configMap("a", {}), kind: "Secret" }) },
        { name: "another version in the body", request: post(all, { ...configMap("a", {}), apiVersion: "v2" }) },
        { name: "no kind in the body", request: post(all, { metadata: { name: "a" } }) },
        { name: "a body that is no JSON", request: post(all, "{nonsense") },
        { name: "a resource that is not served", request: get(pathOf("v1", namespace, "gizmos")), compare: "code" },
        { name: "a group that is not served", request: get("/apis/example.invalid/v1/gizmos"), compare: "code" },
        { name: "a method that is not served", request: put(all, configMap("a", {})), compare: "code" },
        {
          name: "creating with a revision",
          request: post(all, configMap("a", {}, { resourceVersion: "5" })),
          compare: "refused",
        },
        { name: "a bad label", request: post(all, configMap("a", {}, { labels: { "bad key": "x", ok: "no way!" } })) },
        { name: "a bad annotation", request: post(all, configMap("a", {}, { annotations: { "bad key": "x" } })) },
        { name: "a bad data key", request: post(all, configMap("a", { "bad/key": "x" })) },
      ];
    },
  },
  {
    name: "dry run and field validation",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const odd = { ...configMap("a", { k: "1" }), dta: { typo: "1" } };
      const strict = withQuery(all, { fieldValidation: "Strict" });
      return [
        { name: "dry-run create", request: post(withQuery(all, { dryRun: "All" }), configMap("a", { k: "1" })) },
        { name: "nothing was created", request: get(`${all}/a`) },
        { name: "an unknown dry run", request: post(withQuery(all, { dryRun: "Some" }), configMap("a", {})) },
        { name: "an unknown field, strictly", request: post(strict, odd) },
        {
          name: "a duplicate field, strictly",
          request: post(
            strict,
            '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"1"},"data":{"k":"2"}}',
          ),
        },
        { name: "an unknown field, ignored", request: post(withQuery(all, { fieldValidation: "Ignore" }), odd) },
        {
          name: "an unknown field by default warns",
          request: post(all, { ...odd, metadata: { name: "b" } }),
          compare: ({ json, headers }) => ({ warned: headers["warning"] !== undefined, dta: textAt(json, "dta") }),
        },
        { name: "a wrong type", request: post(all, { ...configMap("c", {}), data: "text" }), compare: "code" },
        {
          name: "a number where a text belongs",
          request: post(all, { ...configMap("c", {}), data: { k: 1 } }),
          compare: "code",
        },
        { name: "dry-run delete", request: remove(withQuery(`${all}/a`, { dryRun: "All" })) },
        { name: "nothing was deleted", request: get(`${all}/a`) },
      ];
    },
  },
];
