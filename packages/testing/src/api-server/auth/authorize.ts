import { StatusError } from "../http/status-error.ts";
import type { RequestInfo } from "../http/request-info.ts";
import type { FakeRoles, FakeRule, FakeUser } from "./user.ts";

/** What everybody who is known may read. Source: the system:discovery and system:public-info-viewer roles. */
const PUBLIC_PATHS = [
  "/api",
  "/api/*",
  "/apis",
  "/apis/*",
  "/healthz",
  "/livez",
  "/readyz",
  "/livez/*",
  "/readyz/*",
  "/openapi",
  "/openapi/*",
  "/version",
  "/version/",
];

/** What is asked of the authorizer. */
export type AccessAttributes = Pick<
  RequestInfo,
  "verb" | "group" | "plural" | "subresource" | "namespace" | "name" | "isResource" | "path"
>;

/** Whether the user may do this. Reviews of oneself are always allowed. */
export function isAllowed(user: FakeUser, attributes: AccessAttributes, roles: FakeRoles): boolean {
  const groups = user.groups ?? [];
  if (groups.includes("system:masters")) return true;
  if (
    !attributes.isResource &&
    attributes.verb === "get" &&
    PUBLIC_PATHS.some((pattern) => matchesPath(pattern, attributes.path))
  )
    return true;
  if (attributes.verb === "create" && attributes.plural.startsWith("selfsubject")) return true;
  const rules = [`user:${user.name}`, ...groups.map((group) => `group:${group}`)].flatMap((key) => roles[key] ?? []);
  return rules.some((rule) =>
    attributes.isResource ? allowsResource(rule, attributes) : allowsPath(rule, attributes),
  );
}

function allowsResource(rule: FakeRule, asked: AccessAttributes): boolean {
  const resource = asked.subresource === "" ? asked.plural : `${asked.plural}/${asked.subresource}`;
  return (
    includes(rule.verbs, asked.verb) &&
    includes(rule.apiGroups ?? ["*"], asked.group) &&
    includes(rule.resources ?? [], resource) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(asked.name)) &&
    (rule.namespaces === undefined || rule.namespaces.includes(asked.namespace))
  );
}

function allowsPath(rule: FakeRule, asked: AccessAttributes): boolean {
  return (
    includes(rule.verbs, asked.verb) && (rule.nonResourceURLs ?? []).some((pattern) => matchesPath(pattern, asked.path))
  );
}

function includes(list: readonly string[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

/** The refusal, in the server's words. */
export function forbiddenRequest(user: FakeUser, asked: AccessAttributes): StatusError {
  if (!asked.isResource) {
    return new StatusError(
      403,
      "Forbidden",
      `forbidden: User ${JSON.stringify(user.name)} cannot ${asked.verb} path ${JSON.stringify(asked.path)}`,
      {},
    );
  }
  const qualified = asked.group === "" ? asked.plural : `${asked.plural}.${asked.group}`;
  const subject = asked.name === "" ? qualified : `${qualified} "${asked.name}"`;
  const resource = asked.subresource === "" ? asked.plural : `${asked.plural}/${asked.subresource}`;
  const where = asked.namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(asked.namespace)}`;
  const message = `${subject} is forbidden: User ${JSON.stringify(user.name)} cannot ${asked.verb} resource "${resource}" in API group "${asked.group}" ${where}`;
  const group = asked.group === "" ? {} : { group: asked.group };
  return new StatusError(403, "Forbidden", message, {
    ...(asked.name === "" ? {} : { name: asked.name }),
    ...group,
    kind: asked.plural,
  });
}
