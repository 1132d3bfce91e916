import { configMap } from "../objects.ts";
import { get, patch, pathOf, post, remove, withQuery } from "../requests.ts";
import type { Answer, Scenario, Step } from "../step.ts";
import { at, textAt } from "../text-at.ts";

/** Labels them too: `parity` is what selectors choose by. The CA's ConfigMap of every namespace has no such label. */
function createFive(all: string): readonly Step[] {
  return ["a", "b", "c", "d", "e"].map((name, index) => ({
    name: `create ${name}`,
    request: post(
      all,
      configMap(name, { k: name }, { labels: { parity: index % 2 === 0 ? "even" : "odd", own: "yes" } }),
    ),
    compare: "code",
    remember: (answer) => ({ revision: textAt(answer.json, "metadata", "resourceVersion") }),
  }));
}

const names = (answer: Answer): unknown => {
  const items = at(answer.json, "items");
  return Array.isArray(items) ? items.map((item: unknown) => textAt(item, "metadata", "name")) : answer.json;
};
const page = (answer: Answer): unknown => ({
  names: names(answer),
  more: textAt(answer.json, "metadata", "continue") !== "",
  remaining: at(answer.json, "metadata", "remainingItemCount"),
});
const token = (answer: Answer): Readonly<Record<string, string>> => ({
  token: textAt(answer.json, "metadata", "continue"),
});

export const LIST_SCENARIOS: readonly Scenario[] = [
  {
    name: "lists: selectors and pages",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const list = (query: Readonly<Record<string, string>>): ReturnType<typeof get> => get(withQuery(all, query));
      return [
        ...createFive(all),
        { name: "all of them", request: list({ labelSelector: "own" }) },
        { name: "equality", request: list({ labelSelector: "parity=odd" }), compare: names },
        { name: "inequality", request: list({ labelSelector: "own,parity!=odd" }), compare: names },
        { name: "sets", request: list({ labelSelector: "parity in (odd,none)" }), compare: names },
        { name: "not in a set", request: list({ labelSelector: "own,parity notin (odd)" }), compare: names },
        { name: "absence", request: list({ labelSelector: "!own" }), compare: names },
        { name: "a selector that is none", request: list({ labelSelector: "a in (" }) },
        { name: "by name", request: list({ fieldSelector: "metadata.name=c" }), compare: names },
        {
          name: "by not name",
          request: list({ fieldSelector: "metadata.name!=c", labelSelector: "own" }),
          compare: names,
        },
        { name: "by a field that cannot", request: list({ fieldSelector: "data.k=c" }) },
        { name: "page one", request: list({ labelSelector: "own", limit: "2" }), compare: page, remember: token },
        {
          name: "something new meanwhile",
          request: post(all, configMap("aa", {}, { labels: { own: "yes" } })),
          compare: "code",
        },
        {
          name: "page two",
          request: (memory) => list({ labelSelector: "own", limit: "2", continue: memory.get("token") }),
          compare: page,
          remember: token,
        },
        {
          name: "page three",
          request: (memory) => list({ labelSelector: "own", limit: "2", continue: memory.get("token") }),
          compare: page,
        },
        { name: "a page without selector counts what remains", request: list({ limit: "3" }), compare: page },
        { name: "a page token that is none", request: list({ limit: "2", continue: "nonsense" }) },
        {
          name: "from the cache",
          request: list({ labelSelector: "own", resourceVersion: "0" }),
          compare: (answer) => answer.status,
        },
        {
          name: "not older than",
          request: (memory) =>
            list({
              labelSelector: "own",
              resourceVersion: memory.get("revision"),
              resourceVersionMatch: "NotOlderThan",
            }),
          compare: names,
        },
        {
          name: "exactly at",
          request: (memory) =>
            list({ labelSelector: "own", resourceVersion: memory.get("revision"), resourceVersionMatch: "Exact" }),
          compare: names,
        },
        { name: "a match without revision", request: list({ resourceVersionMatch: "Exact" }) },
        { name: "a revision that is none", request: list({ resourceVersion: "soon" }), compare: "code" },
        {
          name: "metadata only",
          request: get(withQuery(all, { labelSelector: "own" }), {
            accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
          }),
        },
        {
          name: "one's metadata only",
          request: get(`${all}/a`, { accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" }),
        },
        {
          name: "delete a selection",
          request: remove(withQuery(all, { labelSelector: "parity=odd" })),
          compare: (answer) => answer.status,
        },
        { name: "what is left", request: list({ labelSelector: "own" }), compare: names },
      ];
    },
  },
  {
    name: "watches: events, selectors and history",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const watch = (query: Readonly<Record<string, string>>): ReturnType<typeof get> =>
        get(withQuery(all, { watch: "true", ...query }));
      const since = { name: "beginning" };
      return [
        {
          name: "begin",
          request: post(all, configMap("begin", {})),
          remember: (answer) => ({ [since.name]: textAt(answer.json, "metadata", "resourceVersion") }),
        },
        ...createFive(all),
        { name: "b changes", request: patch(`${all}/b`, "merge-patch", { data: { k: "changed" } }), compare: "code" },
        {
          name: "b becomes even",
          request: patch(`${all}/b`, "merge-patch", { metadata: { labels: { parity: "even" } } }),
          compare: "code",
        },
        {
          name: "a becomes odd",
          request: patch(`${all}/a`, "merge-patch", { metadata: { labels: { parity: "odd" } } }),
          compare: "code",
        },
        { name: "c goes", request: remove(`${all}/c`), compare: "code" },
        {
          name: "a write that changes nothing",
          request: patch(`${all}/d`, "merge-patch", { data: { k: "d" } }),
          compare: "code",
        },
        {
          name: "end",
          request: post(all, configMap("end", {}, { labels: { parity: "even", own: "yes" } })),
          compare: "code",
        },
        {
          name: "everything since",
          request: (memory) => watch({ resourceVersion: memory.get(since.name) }),
          compare: { watchUntil: "end" },
        },
        {
          name: "the even ones since",
          request: (memory) => watch({ resourceVersion: memory.get(since.name), labelSelector: "parity=even" }),
          compare: { watchUntil: "end" },
        },
        {
          name: "one of them since",
          request: (memory) =>
            watch({ resourceVersion: memory.get(since.name), fieldSelector: "metadata.name=b", timeoutSeconds: "1" }),
          compare: { watchUntil: "end" },
        },
        {
          name: "begun with a list",
          request: watch({
            sendInitialEvents: "true",
            resourceVersionMatch: "NotOlderThan",
            allowWatchBookmarks: "true",
            labelSelector: "own",
            timeoutSeconds: "2",
          }),
          compare: { watchUntil: "" },
        },
        { name: "a list without its match", request: watch({ sendInitialEvents: "true" }) },
        {
          name: "a future revision",
          request: watch({ resourceVersion: "999999999", timeoutSeconds: "1" }),
          compare: "nothing",
        },
        { name: "a revision that is none", request: watch({ resourceVersion: "soon" }), compare: "refused" },
      ];
    },
  },
  {
    name: "tables",
    steps: (namespace) => {
      const all = pathOf("v1", namespace, "configmaps");
      const accept = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
      const columns = (answer: Answer): unknown => {
        const definitions = at(answer.json, "columnDefinitions");
        const rows = at(answer.json, "rows");
        return {
          kind: at(answer.json, "kind"),
          columns: Array.isArray(definitions)
            ? definitions.map((one: unknown) => [
                at(one, "name"),
                at(one, "type"),
                at(one, "format"),
                at(one, "priority"),
              ])
            : [],
          rows: Array.isArray(rows)
            ? rows.map((row: unknown) => [at(row, "cells", "0"), at(row, "object", "kind")])
            : [],
        };
      };
      const kinds = [
        "v1/pods",
        "v1/services",
        "v1/secrets",
        "v1/serviceaccounts",
        "v1/persistentvolumeclaims",
        "v1/events",
        "apps/v1/deployments",
        "apps/v1/replicasets",
        "apps/v1/statefulsets",
        "apps/v1/daemonsets",
        "batch/v1/jobs",
        "batch/v1/cronjobs",
        "networking.k8s.io/v1/ingresses",
        "autoscaling/v2/horizontalpodautoscalers",
        "policy/v1/poddisruptionbudgets",
      ];
      return [
        { name: "create", request: post(all, configMap("a", { x: "1", y: "2" })), compare: "code" },
        { name: "one", request: get(`${all}/a`, accept), compare: columns },
        {
          name: "a list",
          request: get(withQuery(all, { fieldSelector: "metadata.name=a" }), accept),
          compare: columns,
        },
        {
          name: "nodes",
          request: get("/api/v1/nodes?limit=1", accept),
          compare: (answer) => (columns(answer) as { columns: unknown }).columns,
        },
        {
          name: "namespaces",
          request: get("/api/v1/namespaces?limit=1", accept),
          compare: (answer) => (columns(answer) as { columns: unknown }).columns,
        },
        ...kinds.map((kind): Step => {
          const group = kind.slice(0, kind.lastIndexOf("/"));
          const request = get(pathOf(group, namespace, kind.slice(group.length + 1)), accept);
          return { name: kind, request, compare: (answer) => (columns(answer) as { columns: unknown }).columns };
        }),
      ];
    },
  },
];
