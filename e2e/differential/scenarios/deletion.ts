import { configMap, deployment } from "../objects.ts";
import { get, patch, pathOf, post, remove, withQuery } from "../requests.ts";
import type { Answer, Scenario } from "../step.ts";
import { at, textAt } from "../text-at.ts";

const identity = (answer: Answer): Readonly<Record<string, string>> => ({
  uid: textAt(answer.json, "metadata", "uid"),
  revision: textAt(answer.json, "metadata", "resourceVersion"),
});
const options = (fields: Readonly<Record<string, unknown>>): unknown => ({
  apiVersion: "v1",
  kind: "DeleteOptions",
  ...fields,
});

export const DELETION_SCENARIOS: readonly Scenario[] = [
  {
    name: "delete: preconditions and finalizers",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const one = `${all}/a`;
      const precondition = (fields: Readonly<Record<string, string>>): ReturnType<typeof remove> =>
        remove(one, options({ preconditions: fields }));
      return [
        {
          name: "create",
          request: post(all, configMap("a", {}, { finalizers: ["example.com/hold"] })),
          remember: identity,
        },
        { name: "another uid", request: precondition({ uid: "00000000-0000-0000-0000-000000000000" }) },
        { name: "another revision", request: precondition({ resourceVersion: "1" }) },
        {
          name: "the right ones",
          request: (memory) => precondition({ uid: memory.get("uid"), resourceVersion: memory.get("revision") }),
        },
        { name: "it is held", request: get(one) },
        { name: "once more", request: remove(one) },
        {
          name: "no new finalizer while it goes",
          request: patch(one, "merge-patch", { metadata: { finalizers: ["example.com/hold", "example.com/late"] } }),
        },
        { name: "a write while it goes", request: patch(one, "merge-patch", { data: { k: "1" } }) },
        { name: "the finalizer is done", request: patch(one, "merge-patch", { metadata: { finalizers: null } }) },
        { name: "gone", request: get(one) },
        { name: "a bad finalizer", request: post(all, configMap("b", {}, { finalizers: ["nonsense"] })) },
        { name: "a bad policy", request: remove(one, options({ propagationPolicy: "Sideways" })) },
      ];
    },
  },
  {
    name: "delete: owners and what they own",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const child = (name: string, uid: string, owner: string): unknown =>
        configMap(name, {}, { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: owner, uid }] });
      const goneUntil = ({ status }: Answer): boolean => status === 404;
      return [
        { name: "an owner", request: post(all, configMap("owner", {})), remember: identity },
        { name: "what it owns", request: (memory) => post(all, child("owned", memory.get("uid"), "owner")) },
        { name: "delete the owner", request: remove(`${all}/owner`) },
        { name: "what it owned goes", request: get(`${all}/owned`), until: goneUntil },
        { name: "another owner", request: post(all, configMap("second", {})), remember: identity },
        { name: "what that owns", request: (memory) => post(all, child("kept", memory.get("uid"), "second")) },
        {
          name: "delete it and keep the rest",
          request: remove(withQuery(`${all}/second`, { propagationPolicy: "Orphan" })),
          compare: "code",
        },
        { name: "the second goes", request: get(`${all}/second`), until: goneUntil },
        {
          name: "the rest is nobody's",
          request: get(`${all}/kept`),
          until: ({ json }) => at(json, "metadata", "ownerReferences") === undefined,
        },
        { name: "a third owner", request: post(all, configMap("third", {})), remember: identity },
        { name: "what that owns", request: (memory) => post(all, child("first-to-go", memory.get("uid"), "third")) },
        {
          name: "delete in the foreground",
          request: remove(`${all}/third`, options({ propagationPolicy: "Foreground" })),
          compare: ({ json }) => at(json, "metadata", "finalizers"),
        },
        { name: "the owned is gone", request: get(`${all}/first-to-go`), until: goneUntil },
        { name: "and then the owner", request: get(`${all}/third`), until: goneUntil },
        {
          name: "an owner that never was",
          request: post(all, child("waif", "00000000-0000-0000-0000-00000000dead", "nobody")),
          compare: "code",
        },
        { name: "takes it along", request: get(`${all}/waif`), until: goneUntil },
      ];
    },
  },
  {
    name: "a namespace that terminates",
    steps: (namespace) => {
      const other = `${namespace}-ends`;
      const all = pathOf("v1", other, "configmaps");
      return [
        {
          name: "create it",
          request: post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: other } }),
        },
        {
          name: "its service account",
          request: get(pathOf("v1", other, "serviceaccounts", "default")),
          until: ({ status }) => status === 200,
          compare: "code",
        },
        {
          name: "something held in it",
          request: post(all, configMap("held", {}, { finalizers: ["example.com/hold"] })),
          compare: "code",
        },
        {
          name: "delete it",
          request: remove(`/api/v1/namespaces/${other}`),
          compare: ({ status, json }) => [status, at(json, "status", "phase")],
        },
        {
          name: "it terminates",
          request: get(`/api/v1/namespaces/${other}`),
          compare: ({ status, json }) => [status, at(json, "status", "phase"), at(json, "spec", "finalizers")],
        },
        { name: "nothing new in it", request: post(all, configMap("late", {})) },
        {
          name: "what is in it goes",
          request: get(`${all}/held`),
          until: ({ json }) => at(json, "metadata", "deletionTimestamp") !== undefined,
          compare: "code",
        },
        {
          name: "let it go",
          request: patch(`${all}/held`, "merge-patch", { metadata: { finalizers: null } }),
          compare: "code",
        },
        { name: "it is gone", request: get(`/api/v1/namespaces/${other}`), until: ({ status }) => status === 404 },
      ];
    },
  },
  {
    name: "workloads that run",
    steps: (namespace) => {
      const all = pathOf("apps/v1", namespace, "deployments");
      const one = `${all}/web`;
      const pods = withQuery(pathOf("v1", namespace, "pods"), { labelSelector: "app=web" });
      const rolled = ({ json }: Answer): boolean =>
        at(json, "status", "observedGeneration") === at(json, "metadata", "generation") &&
        at(json, "status", "availableReplicas") === at(json, "spec", "replicas") &&
        at(json, "status", "updatedReplicas") === at(json, "spec", "replicas") &&
        at(json, "status", "replicas") === at(json, "spec", "replicas");
      const status = ({ json }: Answer): unknown => {
        const conditions = at(json, "status", "conditions");
        const facts = Array.isArray(conditions)
          ? conditions.map((one: unknown) => [at(one, "type"), at(one, "status"), at(one, "reason")])
          : [];
        const number = (name: string): unknown => at(json, "status", name);
        return {
          numbers: [
            "replicas",
            "readyReplicas",
            "updatedReplicas",
            "availableReplicas",
            "unavailableReplicas",
            "observedGeneration",
          ].map(number),
          conditions: facts.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
        };
      };
      const podFacts = ({ json }: Answer): unknown => {
        const items = at(json, "items");
        const facts = (item: unknown): unknown => [
          at(item, "status", "phase"),
          textAt(item, "spec", "nodeName") !== "",
          textAt(item, "status", "podIP") !== "",
          at(item, "metadata", "ownerReferences", "0", "kind"),
        ];
        return Array.isArray(items) ? items.map(facts) : [];
      };
      const tooBig = deployment(
        "big",
        { replicas: 1 },
        { containers: [{ name: "a", image: "x", resources: { requests: { cpu: "900" } } }] },
      );
      return [
        { name: "three replicas", request: post(all, deployment("web", { replicas: 3 })), compare: "code" },
        { name: "are rolled out", request: get(one), until: rolled, compare: status },
        { name: "their pods run", request: get(pods), compare: podFacts },
        {
          name: "a new image",
          request: patch(one, "strategic-merge-patch", {
            spec: { template: { spec: { containers: [{ name: "main", image: "example/main:2" }] } } },
          }),
          compare: "code",
        },
        { name: "is rolled out", request: get(one), until: rolled, compare: status },
        {
          name: "down to one",
          request: patch(`${one}/scale`, "merge-patch", { spec: { replicas: 1 } }),
          compare: "code",
        },
        { name: "is one", request: get(one), until: rolled, compare: status },
        { name: "one too big", request: post(all, tooBig), compare: "code" },
        {
          name: "stays unschedulable",
          request: get(withQuery(pathOf("v1", namespace, "pods"), { labelSelector: "app=big" })),
          until: ({ json }) => at(json, "items", "0", "status", "conditions", "0", "reason") === "Unschedulable",
          compare: ({ json }) => [
            at(json, "items", "0", "status", "phase"),
            at(json, "items", "0", "status", "conditions", "0", "type"),
            at(json, "items", "0", "status", "conditions", "0", "status"),
          ],
        },
      ];
    },
  },
];
