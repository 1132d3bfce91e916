import { CloudError, type KindInfo } from "@flotilla/core";

/** `/api/v1` or `/apis/GROUP/VERSION`. */
export function groupVersionPath(apiVersion: string): string {
  const parts = apiVersion.split("/").map(encodeURIComponent).join("/");
  return apiVersion.includes("/") ? `/apis/${parts}` : `/api/${parts}`;
}

/** Path of a collection; without a namespace that of the whole cluster, also for kinds that live in namespaces. */
export function collectionPath(kind: KindInfo, namespace: string | undefined): string {
  const base = groupVersionPath(kind.apiVersion);
  if (!kind.namespaced || namespace === undefined) return `${base}/${kind.plural}`;
  return `${base}/namespaces/${encodeURIComponent(namespace)}/${kind.plural}`;
}

/** Path of one object. @throws CloudError `invalid` for an empty name, or where the kind needs a namespace and none is given. */
export function objectPath(kind: KindInfo, namespace: string | undefined, name: string): string {
  if (name === "")
    throw new CloudError("invalid", `${kind.kind} without metadata.name: an object is addressed by its name`);
  if (kind.namespaced && (namespace === undefined || namespace === "")) {
    throw new CloudError("invalid", `${kind.kind} ${name} has no namespace: set metadata.namespace`);
  }
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** `?a=1&b=2` of the parameters that are given; empty without any. */
export function queryOf(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  let query = "";
  for (const [key, value] of Object.entries(parameters)) {
    if (value === undefined || value === "" || value === false) continue;
    query += `${query === "" ? "?" : "&"}${key}=${encodeURIComponent(value)}`;
  }
  return query;
}
