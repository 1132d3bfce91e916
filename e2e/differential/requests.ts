import type { RawRequest } from "@flotilla/sandbox/control-planes";

/** Path of a namespaced collection or object; `group` is e.g. `apps/v1`, and `v1` is the core group. */
export function pathOf(group: string, namespace: string, plural: string, ...rest: readonly string[]): string {
  const root = group === "v1" ? "/api/v1" : `/apis/${group}`;
  return [root, "namespaces", namespace, plural, ...rest].join("/");
}

export function get(path: string, headers: Readonly<Record<string, string>> = {}): RawRequest {
  return { method: "GET", path, headers };
}

export function post(path: string, body: unknown): RawRequest {
  return { method: "POST", path: withManager(path, "e2e-writer"), body };
}

export function put(path: string, body: unknown): RawRequest {
  return { method: "PUT", path: withManager(path, "e2e-writer"), body };
}

export function remove(path: string, body?: unknown): RawRequest {
  return { method: "DELETE", path, ...(body === undefined ? {} : { body }) };
}

export type PatchKind = "json-patch" | "merge-patch" | "strategic-merge-patch";

export function patch(path: string, kind: PatchKind, body: unknown, manager = "e2e-patcher"): RawRequest {
  const headers = { "content-type": `application/${kind}+json` };
  return { method: "PATCH", path: withManager(path, manager), headers, body };
}

/** Server-side apply; JSON is YAML. */
export function apply(path: string, manager: string, body: unknown): RawRequest {
  const headers = { "content-type": "application/apply-patch+yaml" };
  return { method: "PATCH", path: withManager(path, manager), headers, body };
}

export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const separator = path.includes("?") ? "&" : "?";
  return `${path}${separator}${new URLSearchParams(query).toString()}`;
}

function withManager(path: string, manager: string): string {
  return path.includes("fieldManager=") ? path : withQuery(path, { fieldManager: manager });
}
