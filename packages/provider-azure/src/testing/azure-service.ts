import {
  type EmulatorCall,
  type EmulatorCallContext,
  type EmulatorReply,
  type EmulatorRequest,
  type EmulatorService,
  matchRoute,
  type RouteMatch,
} from "@flotilla/testing";
import { aksError, armError } from "./azure-failure.ts";
import type { AzureHandler } from "./azure-request.ts";
import type { AzureWorld } from "./azure-world.ts";
import { checkVersion } from "./api-versions.ts";
import { checkCaller, checkSubscription } from "./gate.ts";
import { AZURE_ROUTES } from "./routes.ts";

/** Longer than any test or client waits: a region that does not answer. */
const NEVER_MS = 2_147_483_647;
const API_VERSION = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-preview)?$/;

/** Resource Manager, AKS, Compute usage and retail prices behind one address. */
export function createAzureService(world: AzureWorld): EmulatorService {
  return {
    describe: (request) => describe(world, request),
    answer: (request, context) => tagged(world, answer(world, request, context)),
    failure: (kind, request) => tagged(world, failureOf(kind, request)),
    slownessMs: (call) => slownessMs(world, call),
  };
}

function find(request: EmulatorRequest): RouteMatch<AzureHandler> {
  return matchRoute(AZURE_ROUTES, request, { ignoreCase: true });
}

function describe(world: AzureWorld, request: EmulatorRequest): EmulatorCall {
  const match = find(request);
  const token = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
  const caller = world.tokens.verify(token, "arm");
  const params = match.kind === "found" ? match.params : {};
  return {
    action: match.kind !== "found" ? "" : match.target.isPublic === true ? "retailPrices" : match.target.action,
    scope: params["subscription"] ?? "",
    region: params["location"] ?? "",
    caller: caller.ok ? caller.username : "",
  };
}

function answer(world: AzureWorld, request: EmulatorRequest, context: EmulatorCallContext): EmulatorReply {
  world.operations.settle();
  const match = find(request);
  if (match.kind === "found" && match.target.isPublic === true) {
    return match.target.answer({ world, request, context, params: match.params });
  }
  const version = request.query.get("api-version");
  if (version === null || version === "") {
    const text = "The api-version query parameter (?api-version=) is required for all requests.";
    return armError(400, "MissingApiVersionParameter", text);
  }
  if (!API_VERSION.test(version)) {
    return armError(400, "InvalidApiVersionParameter", `The api-version '${version}' is invalid.`);
  }
  checkCaller(world, request);
  if (match.kind !== "found") return unknownPath(request, match);
  checkVersion(version, match);
  checkSubscription(world, context, match);
  return match.target.answer({ world, request, context, params: match.params });
}

function unknownPath({ method, path, query }: EmulatorRequest, match: RouteMatch<AzureHandler>): EmulatorReply {
  if (match.kind === "method") {
    return armError(405, "HttpMethodNotAllowed", `The HTTP method '${method}' is not supported at scope '${path}'.`);
  }
  const [, namespace, type] = /\/providers\/([^/]+)\/([^/]+)/i.exec(path) ?? [];
  if (namespace === undefined) {
    return armError(404, "InvalidResourceType", `The resource at '${path}' could not be found.`);
  }
  const text = `The resource type '${type ?? ""}' could not be found in the namespace '${namespace}' for api version '${query.get("api-version") ?? ""}'.`;
  return armError(404, "InvalidResourceType", text);
}

function failureOf(kind: "throttled" | "internal", request: EmulatorRequest): EmulatorReply {
  if (kind === "internal") return armError(500, "InternalServerError", "The server encountered an internal error.");
  if (/\/providers\/Microsoft\.ContainerService\//i.test(request.path)) {
    return aksError(429, "Throttled", "The request has been throttled: too many requests to the resource provider.");
  }
  const text = "Number of requests for the subscription and operation has exceeded the backend storage limit.";
  return armError(429, "SubscriptionRequestsThrottled", text);
}

/** Every answer of Resource Manager names its request. */
function tagged(world: AzureWorld, reply: EmulatorReply): EmulatorReply {
  const id = world.newRequestId();
  return { ...reply, headers: { "x-ms-request-id": id, "x-ms-correlation-request-id": id, ...reply.headers } };
}

/** A list over a subscription is as slow as its slowest region. */
function slownessMs(world: AzureWorld, { scope, region }: EmulatorCall): number {
  const regions = world.fleet.scope(scope)?.regions ?? [];
  if (region === "") return Math.max(0, ...regions.map(({ slowMs = 0 }) => slowMs));
  const found = regions.find(({ name }) => name.toLowerCase() === region.toLowerCase());
  return found?.unreachable === true ? NEVER_MS : (found?.slowMs ?? 0);
}
