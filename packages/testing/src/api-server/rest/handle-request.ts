import { forbiddenRequest, isAllowed } from "../auth/authorize.ts";
import {
  aggregatedDiscovery,
  groupDocument,
  groupList,
  resourceList,
  versionsByGroup,
} from "../discovery/discovery-documents.ts";
import { openApiDocument, openApiIndex } from "../discovery/openapi-document.ts";
import { openApiV2 } from "../discovery/openapi-v2.ts";
import { json, plain, type Reply } from "../http/reply.ts";
import type { ApiRequest } from "../http/request.ts";
import { StatusError } from "../http/status-error.ts";
import type { JsonObject } from "../json/json.ts";
import { handleResource } from "./handle-resource.ts";
import { review, type Reviewer } from "./reviews.ts";
import { withJsonBody } from "./read-protobuf.ts";
import type { ServerState } from "./server-state.ts";

/** What the server says of itself. */
export interface ServerIdentity extends Reviewer {
  /** Like `v1.36.3`. */
  readonly kubernetesVersion: string;
  readonly address: () => string;
}

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const OPENAPI_V2 = "proto-openapi.spec.v2@v1.0+protobuf";
const HEALTH = /^\/(healthz|livez|readyz)(\/.*)?$/;

/** Answers a request of a known user. @throws StatusError */
export async function handleRequest(state: ServerState, identity: ServerIdentity, sent: ApiRequest): Promise<Reply> {
  const { info, user } = sent;
  if (!isAllowed(user, info, identity.roles)) throw forbiddenRequest(user, info);
  if (!info.isResource) return handlePath(state, identity, sent);
  const request = withJsonBody(state.registry, sent);
  const resource = state.registry.byPlural(info.group, info.version, info.plural);
  if (resource === undefined || (!resource.namespaced && info.namespace !== "" && info.plural !== "namespaces"))
    return unknownKind(state, info.group, info.version);
  const reviewed = info.verb === "create" ? await review(identity, resource, request) : undefined;
  return reviewed === undefined ? handleResource(state, resource, request) : json(201, reviewed);
}

/** A kind missing from a version that is there is told as a status, anything else as no page. */
function unknownKind(state: ServerState, group: string, version: string): Reply {
  const isServed = versionsByGroup(state.registry.all()).get(group)?.includes(version) === true;
  if (!isServed) return plain(404, "404 page not found\n");
  return json(404, new StatusError(404, "NotFound", "the server could not find the requested resource", {}).toStatus());
}

function handlePath(state: ServerState, identity: ServerIdentity, request: ApiRequest): Reply {
  const { path } = request.info;
  const trimmed = path.length > 1 ? path.replace(/\/$/, "") : path;
  if (HEALTH.test(path))
    return plain(200, request.info.query.has("verbose") ? `[+]ping ok\n${trimmed.slice(1)} check passed\n` : "ok");
  if (trimmed === "/version") return json(200, version(identity.kubernetesVersion));
  if (trimmed === "/") return json(200, { paths: rootPaths(state) });
  if (trimmed === "/openapi/v2") return openApiV2Reply(state, identity, request);
  if (trimmed === "/openapi/v3") return json(200, openApiIndex(state.registry));
  const document = trimmed.startsWith("/openapi/v3/")
    ? openApiDocument(state.registry, trimmed.slice("/openapi/v3/".length), identity.kubernetesVersion)
    : discovery(state, identity, request, trimmed);
  return document === undefined ? plain(404, "404 page not found\n") : withDiscoveryType(request, trimmed, document);
}

/** Only the protobuf form: nothing that asks for JSON needs version 2. */
function openApiV2Reply(state: ServerState, identity: ServerIdentity, request: ApiRequest): Reply {
  const accept = request.headers["accept"] ?? "";
  if (!accept.includes(OPENAPI_V2))
    return plain(406, "only the protobuf form of OpenAPI version 2 is served; use /openapi/v3\n");
  const body = openApiV2(state.registry.all(), identity.kubernetesVersion);
  return { kind: "body", status: 200, body, contentType: "application/octet-stream" };
}

function wantsAggregated(request: ApiRequest, path: string): boolean {
  const accept = (request.headers["accept"] ?? "").replaceAll(" ", "");
  return (
    (path === "/api" || path === "/apis") && accept.includes("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
  );
}

function withDiscoveryType(request: ApiRequest, path: string, document: JsonObject): Reply {
  const reply = { kind: "body", status: 200, body: document } as const;
  return wantsAggregated(request, path) ? { ...reply, contentType: AGGREGATED } : reply;
}

function discovery(
  state: ServerState,
  identity: ServerIdentity,
  request: ApiRequest,
  path: string,
): JsonObject | undefined {
  const resources = state.registry.all();
  const [root, group, groupVersion, ...rest] = path.split("/").slice(1);
  if (root !== "api" && root !== "apis") return undefined;
  if (wantsAggregated(request, path)) return aggregatedDiscovery(resources, root === "api");
  if (root === "api") {
    if (group === undefined) {
      return {
        kind: "APIVersions",
        versions: ["v1"],
        serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: identity.address() }],
      };
    }
    return group === "v1" && groupVersion === undefined ? resourceList(resources, "v1") : undefined;
  }
  if (group === undefined) return groupList(resources);
  if (groupVersion === undefined) return groupDocument(resources, group);
  const isKnown = versionsByGroup(resources).get(group)?.includes(groupVersion) === true && rest.length === 0;
  return isKnown ? resourceList(resources, `${group}/${groupVersion}`) : undefined;
}

function rootPaths(state: ServerState): string[] {
  const groups = [...versionsByGroup(state.registry.all())].filter(([group]) => group !== "");
  const apis = groups.flatMap(([group, versions]) => [
    `/apis/${group}`,
    ...versions.map((one) => `/apis/${group}/${one}`),
  ]);
  return ["/api", "/api/v1", "/apis", ...apis, "/healthz", "/livez", "/openapi/v3", "/readyz", "/version"].sort();
}

function version(gitVersion: string): JsonObject {
  const [major = "1", minor = "0"] = gitVersion.replace(/^v/, "").split(".");
  return {
    major,
    minor,
    gitVersion,
    gitCommit: "embedded",
    gitTreeState: "clean",
    buildDate: "1970-01-01T00:00:00Z",
    goVersion: "go0.0.0",
    compiler: "gc",
    platform: "linux/amd64",
  };
}
