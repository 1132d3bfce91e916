import {
  type EmulatorCall,
  type EmulatorCallContext,
  type EmulatorReply,
  type EmulatorRequest,
  type EmulatorService,
  jsonReply,
  matchRoute,
} from "@flotilla/testing";
import {
  errorReply,
  type GcpProblem,
  invalidArgument,
  permissionDenied,
  quotaProjectMissing,
  serviceDisabled,
  unauthenticated,
  userProjectDenied,
} from "./gcp-failure.ts";
import { GCP_ROUTES } from "./gcp-routes.ts";
import type { EmulatedGcpToken } from "./gcp-tokens.ts";
import type { GcpMethod, GcpWorld } from "./gcp-world.ts";
import { partialResponse } from "./partial-response.ts";
import { encodeEnums } from "./wire-enum.ts";

/** What every method takes. Source: Google APIs, standard query parameters (system parameters). */
const STANDARD_QUERY: ReadonlySet<string> = new Set([
  "$alt",
  "alt",
  "$prettyPrint",
  "prettyPrint",
  "$fields",
  "fields",
  "quotaUser",
  "$.xgafv",
  "$httpHeaders",
]);

/** The services behind one address, told apart by their paths. */
export function gcpService(world: GcpWorld): EmulatorService {
  return {
    describe: (request) => describe(world, request),
    answer: (request, context) => answer(world, request, context),
    failure: (kind) => errorReply(kind === "throttled" ? THROTTLED : BROKEN),
    slownessMs({ scope, region }) {
      const regions = world.fleet.scope(scope)?.regions ?? [];
      const asked = regions.filter(({ name }) => region === "-" || region.startsWith(name));
      return Math.max(0, ...asked.map(({ slowMs = 0 }) => slowMs));
    },
  };
}

const THROTTLED: GcpProblem = {
  status: 403,
  message:
    "Quota exceeded for quota group 'ReadGroup' and limit 'Read requests per 100 seconds' of service 'container.googleapis.com'.",
  reason: "rateLimitExceeded",
};
const BROKEN: GcpProblem = {
  status: 500,
  message: "Internal error encountered.",
  reason: "backendError",
  grpc: "INTERNAL",
};

function describe(world: GcpWorld, request: EmulatorRequest): EmulatorCall {
  const match = matchRoute(GCP_ROUTES, request);
  const params = match.kind === "found" ? match.params : {};
  return {
    action: match.kind === "found" ? match.target.action : "",
    scope: params["project"] ?? "",
    region: params["location"] ?? params["region"] ?? params["zone"] ?? "",
    caller: world.tokens.find(bearerOf(request) ?? "")?.account ?? "",
  };
}

function answer(world: GcpWorld, request: EmulatorRequest, context: EmulatorCallContext): EmulatorReply {
  const match = matchRoute(GCP_ROUTES, request);
  if (match.kind !== "found") {
    return errorReply({ status: 404, message: "Method not found.", reason: "notFound", grpc: "NOT_FOUND" });
  }
  const { target: method, params } = match;
  const { project = "" } = params;
  const problem = method.service === "oauth2" ? undefined : problemOf(world, method, request, project);
  if (problem !== undefined) return errorReply(method.service === "compute" ? withoutStatus(problem) : problem);
  const call = { world, request, params, project, loopsPages: context.loopsPages };
  if (method.reply !== undefined) return method.reply(call);
  const asNumbers = (request.query.get("$alt") ?? request.query.get("alt") ?? "").includes("enum-encoding=int");
  const headers = { "content-type": "application/json; charset=UTF-8" };
  const { "x-goog-fieldmask": mask } = request.headers;
  const fields = request.query.get("fields") ?? request.query.get("$fields") ?? mask;
  const whole = encodeEnums(method.answer(call), asNumbers);
  const partial = fields === undefined ? { value: whole } : partialResponse(whole, fields);
  if (partial === undefined) return errorReply(invalidArgument(`Invalid field selection ${fields}`));
  return jsonReply(200, partial.value, headers);
}

/** Compute Engine refuses in the older format; only what the front of all Google APIs says has a status and details. */
function withoutStatus({ info, grpc, ...problem }: GcpProblem): GcpProblem {
  const isOwn = info === undefined || info.reason === "IAM_PERMISSION_DENIED";
  return isOwn || grpc === undefined ? problem : { ...problem, info, grpc };
}

/** In Google's order: who asks, then what, then whether the project lets them. */
function problemOf(
  world: GcpWorld,
  method: GcpMethod,
  request: EmulatorRequest,
  project: string,
): GcpProblem | undefined {
  const value = bearerOf(request);
  if (value === undefined) return unauthenticated("CREDENTIALS_MISSING");
  const token = world.tokens.find(value);
  if (token === undefined) return unauthenticated("ACCESS_TOKEN_TYPE_UNSUPPORTED");
  if ((token.expiresAtMs ?? Infinity) <= world.nowMs()) return unauthenticated("ACCESS_TOKEN_EXPIRED");
  if (!world.tokens.isGood(token, world.nowMs())) {
    return {
      status: 403,
      message: "Request had insufficient authentication scopes.",
      reason: "insufficientPermissions",
      grpc: "PERMISSION_DENIED",
      info: { reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" },
    };
  }
  return (
    quotaProblem(world, method, token, request) ??
    unknownParts(method, request) ??
    (method.isOpen === true ? undefined : projectProblem(world, method, token, project))
  );
}

/** A quota project must be one the caller may use; a person's calls that have no project of their own cannot do without. */
function quotaProblem(
  world: GcpWorld,
  { service }: GcpMethod,
  token: EmulatedGcpToken,
  { headers }: EmulatorRequest,
): GcpProblem | undefined {
  const named = headers["x-goog-user-project"];
  if (named !== undefined) return mayUse(world, token, named) ? undefined : userProjectDenied(named, service);
  const isProjectless = service === "cloudresourcemanager" || service === "cloudbilling";
  return isProjectless && token.needsQuotaProject === true ? quotaProjectMissing(service) : undefined;
}

/** Counting calls for a project is a right of its own. Source: Google Cloud, "Set the quota project". */
function mayUse(world: GcpWorld, token: EmulatedGcpToken, project: string): boolean {
  const scope = world.fleet.scope(project);
  return scope !== undefined && scope.isDenied !== true && isAllowed(token, "serviceusage.services.use");
}

function unknownParts(method: GcpMethod, { query, body }: EmulatorRequest): GcpProblem | undefined {
  const unknown = [...query.keys()].find((name) => !STANDARD_QUERY.has(name) && method.query?.includes(name) !== true);
  if (unknown !== undefined) {
    return invalidArgument(
      `Invalid JSON payload received. Unknown name "${unknown}": Cannot bind query parameter. Field '${unknown}' could not be found in request message.`,
    );
  }
  if (body.length > 0) return invalidArgument("Invalid JSON payload received. A GET request takes no body.");
  return undefined;
}

function projectProblem(
  world: GcpWorld,
  method: GcpMethod,
  token: EmulatedGcpToken,
  project: string,
): GcpProblem | undefined {
  const scope = world.fleet.scope(project);
  if (scope === undefined || scope.state === "closed") {
    return {
      status: 403,
      message: `Permission denied on resource project ${project}.`,
      reason: "forbidden",
      grpc: "PERMISSION_DENIED",
      info: { reason: "CONSUMER_INVALID", metadata: { consumer: `projects/${project}` } },
    };
  }
  if (scope.state === "disabled") {
    return {
      status: 403,
      message: `This API method requires billing to be enabled. Please enable billing on project #${project}.`,
      reason: "forbidden",
      grpc: "PERMISSION_DENIED",
      info: { reason: "BILLING_DISABLED", metadata: { consumer: `projects/${project}` } },
    };
  }
  if (scope.isServiceOff === true && method.service === "container") return serviceDisabled(project, "container");
  if (scope.isDenied === true || !isAllowed(token, method.action))
    return permissionDenied(method.action, `projects/${project}`);
  return undefined;
}

function isAllowed({ allow = ["*"] }: EmulatedGcpToken, permission: string): boolean {
  return allow.some((one) => (one.endsWith("*") ? permission.startsWith(one.slice(0, -1)) : one === permission));
}

function bearerOf({ headers }: EmulatorRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1];
}
