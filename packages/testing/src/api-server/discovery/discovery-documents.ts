import type { JsonObject } from "../json/json.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";

const SUBRESOURCE_VERBS: Readonly<Record<string, readonly string[]>> = {
  binding: ["create"],
  eviction: ["create"],
  finalize: ["update"],
};
const DEFAULT_SUBRESOURCE_VERBS = ["get", "patch", "update"];

/** What a subresource's body is. */
function subresourceKind(
  resource: Resource,
  name: string,
): { readonly group: string; readonly version: string; readonly kind: string } {
  if (name === "scale") return { group: "autoscaling", version: "v1", kind: "Scale" };
  if (name === "eviction") return { group: "policy", version: "v1", kind: "Eviction" };
  if (name === "binding") return { group: "", version: "v1", kind: "Binding" };
  return { group: resource.group, version: resource.version, kind: resource.kind };
}

/** `/apis/GROUP/VERSION`: the kinds of one group version. */
export function resourceList(resources: readonly Resource[], apiVersion: string): JsonObject {
  const own = resources.filter((resource) => apiVersionOf(resource) === apiVersion);
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: apiVersion,
    resources: own.flatMap((resource) => [
      describe(resource),
      ...resource.subresources.map((name) => describeSubresource(resource, name)),
    ]),
  };
}

function describe(resource: Resource): JsonObject {
  return {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: [...resource.verbs],
    ...(resource.shortNames.length === 0 ? {} : { shortNames: [...resource.shortNames] }),
    ...(resource.categories.length === 0 ? {} : { categories: [...resource.categories] }),
  };
}

function describeSubresource(resource: Resource, name: string): JsonObject {
  const { group, version, kind } = subresourceKind(resource, name);
  const isForeign = group !== resource.group || version !== resource.version;
  return {
    name: `${resource.plural}/${name}`,
    singularName: "",
    namespaced: resource.namespaced,
    ...(isForeign ? { group, version } : {}),
    kind,
    verbs: [...(SUBRESOURCE_VERBS[name] ?? DEFAULT_SUBRESOURCE_VERBS)],
  };
}

/** `/apis`: all named groups. */
export function groupList(resources: readonly Resource[]): JsonObject {
  const groups = [...versionsByGroup(resources)].filter(([group]) => group !== "");
  return {
    kind: "APIGroupList",
    apiVersion: "v1",
    groups: groups.map(([group, versions]) => describeGroup(group, versions)),
  };
}

/** `/apis/GROUP`; `undefined` when there is no such group. */
export function groupDocument(resources: readonly Resource[], group: string): JsonObject | undefined {
  const versions = versionsByGroup(resources).get(group);
  return versions === undefined ? undefined : { kind: "APIGroup", apiVersion: "v1", ...describeGroup(group, versions) };
}

function describeGroup(name: string, versions: readonly string[]): JsonObject {
  const list = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: list, preferredVersion: list[0] ?? {} };
}

/** Groups with their versions, the preferred first. */
export function versionsByGroup(resources: readonly Resource[]): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const { group, version } of resources) {
    const versions = out.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    out.set(group, versions.sort(byPriority));
  }
  return out;
}

/** v2 before v1 before v1beta2 before v1alpha1. */
function byPriority(a: string, b: string): number {
  const rank = (version: string): readonly number[] => {
    const [, major = "0", stage, minor = "0"] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
    return [stage === undefined ? 2 : stage === "beta" ? 1 : 0, Number(major), Number(minor)];
  };
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : (right[at] ?? 0) - (left[at] ?? 0);
}

/** `/api` and `/apis` in the aggregated form: every kind of every group in one answer. */
export function aggregatedDiscovery(resources: readonly Resource[], isCore: boolean): JsonObject {
  const groups = [...versionsByGroup(resources)].filter(([group]) => (group === "") === isCore);
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    metadata: {},
    items: groups.map(([group, versions]) => ({
      metadata: group === "" ? {} : { name: group },
      versions: versions.map((version) => ({
        version,
        resources: resources.filter((one) => one.group === group && one.version === version).map(aggregated),
        freshness: "Current",
      })),
    })),
  };
}

function aggregated(resource: Resource): JsonObject {
  const { group, version, kind } = resource;
  return {
    resource: resource.plural,
    responseKind: { group, version, kind },
    scope: resource.namespaced ? "Namespaced" : "Cluster",
    singularResource: resource.singular,
    verbs: [...resource.verbs],
    ...(resource.shortNames.length === 0 ? {} : { shortNames: [...resource.shortNames] }),
    ...(resource.categories.length === 0 ? {} : { categories: [...resource.categories] }),
    ...(resource.subresources.length === 0
      ? {}
      : {
          subresources: resource.subresources.map((name) => ({
            subresource: name,
            responseKind: subresourceKind(resource, name),
            verbs: [...(SUBRESOURCE_VERBS[name] ?? DEFAULT_SUBRESOURCE_VERBS)],
          })),
        }),
  };
}
