import { isJsonObject, type KindInfo } from "@flotilla/core";

/** Asks for the whole discovery in one document; older servers ignore it and send the plain index. Source: KEP-3352. */
export const AGGREGATED_DISCOVERY: string =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/** `APIGroupDiscoveryList`; `undefined` where the server sent something else. */
export function readAggregated(body: unknown): readonly KindInfo[] | undefined {
  if (!isJsonObject(body) || body["kind"] !== "APIGroupDiscoveryList") return undefined;
  return objects(body["items"]).flatMap((group) => {
    const name = isJsonObject(group["metadata"]) ? text(group["metadata"]["name"]) : "";
    return objects(group["versions"]).flatMap((version) => {
      const apiVersion = name === "" ? text(version["version"]) : `${name}/${text(version["version"])}`;
      return objects(version["resources"]).map((resource) => ({
        apiVersion,
        kind: isJsonObject(resource["responseKind"]) ? text(resource["responseKind"]["kind"]) : "",
        plural: text(resource["resource"]),
        namespaced: resource["scope"] === "Namespaced",
        verbs: texts(resource["verbs"]),
      }));
    });
  });
}

/** The group versions of `/api` (`APIVersions`) or `/apis` (`APIGroupList`). */
export function readGroupNames(body: unknown): readonly string[] {
  if (!isJsonObject(body)) return [];
  if (body["kind"] === "APIVersions") return texts(body["versions"]);
  return objects(body["groups"]).flatMap((group) =>
    objects(group["versions"]).map((version) => text(version["groupVersion"])),
  );
}

/** The kinds of an `APIResourceList`. Subresources, whose names hold a slash, are no kinds of their own. */
export function readResources(apiVersion: string, body: unknown): readonly KindInfo[] {
  if (!isJsonObject(body)) return [];
  return objects(body["resources"])
    .filter((resource) => !text(resource["name"]).includes("/"))
    .map((resource) => ({
      apiVersion,
      kind: text(resource["kind"]),
      plural: text(resource["name"]),
      namespaced: resource["namespaced"] === true,
      verbs: texts(resource["verbs"]),
    }));
}

function objects(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
