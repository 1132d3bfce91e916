import { type EmulatorReply, jsonReply } from "@flotilla/testing";

/** One refusal as Google words it. */
export interface GcpProblem {
  readonly status: number;
  readonly message: string;
  /** `errors[].reason`; absent where the service sends none. */
  readonly reason?: string;
  /** What the entry of `errors[]` says beside, or otherwise. */
  readonly entry?: Readonly<Record<string, string>>;
  /** The name of the gRPC code. Compute Engine sends none. */
  readonly grpc?: string;
  /** ErrorInfo's reason, with what it names. */
  readonly info?: { readonly reason: string; readonly metadata?: Readonly<Record<string, string>> };
  /** What a person may do about it, and where. */
  readonly help?: { readonly description: string; readonly url: string };
  readonly headers?: Readonly<Record<string, string>>;
}

const RPC = "type.googleapis.com/google.rpc";

/** The JSON error format that every Google API shares. */
export function errorReply({ status, message, reason, entry, grpc, info, help, headers }: GcpProblem): EmulatorReply {
  const errors = reason === undefined ? {} : { errors: [{ message, domain: "global", reason, ...entry }] };
  const details = [
    ...(help === undefined ? [] : [{ "@type": `${RPC}.Help`, links: [help] }]),
    ...(info === undefined ? [] : [{ "@type": `${RPC}.ErrorInfo`, domain: "googleapis.com", ...info }]),
  ];
  const named = grpc === undefined ? {} : { status: grpc };
  const body = { error: { code: status, message, ...errors, ...named, ...(details.length === 0 ? {} : { details }) } };
  return jsonReply(status, body, { "content-type": "application/json; charset=UTF-8", ...headers });
}

/** No or no good token. */
export function unauthenticated(
  reason: "CREDENTIALS_MISSING" | "ACCESS_TOKEN_EXPIRED" | "ACCESS_TOKEN_TYPE_UNSUPPORTED",
): GcpProblem {
  const isMissing = reason === "CREDENTIALS_MISSING";
  const what = isMissing
    ? "Request is missing required authentication credential."
    : "Request had invalid authentication credentials.";
  const realm = 'Bearer realm="https://accounts.google.com/"';
  return {
    status: 401,
    message: `${what} Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.`,
    reason: isMissing ? "required" : "authError",
    entry: {
      message: isMissing ? "Login Required." : "Invalid Credentials",
      location: "Authorization",
      locationType: "header",
    },
    grpc: "UNAUTHENTICATED",
    info: { reason },
    headers: { "www-authenticate": isMissing ? realm : `${realm}, error="invalid_token"` },
  };
}

/** A good token without the right. */
export function permissionDenied(permission: string, resource: string): GcpProblem {
  return {
    status: 403,
    message: `Required "${permission}" permission(s) for "${resource}".`,
    reason: "forbidden",
    grpc: "PERMISSION_DENIED",
    info: { reason: "IAM_PERMISSION_DENIED", metadata: { permission } },
  };
}

/** An API that was never switched on. */
export function serviceDisabled(project: string, host: string): GcpProblem {
  const name = host === "container" ? "Kubernetes Engine API" : "Compute Engine API";
  return {
    status: 403,
    message: `${name} has not been used in project ${project} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/${host}.googleapis.com/overview?project=${project} then retry.`,
    reason: "forbidden",
    grpc: "PERMISSION_DENIED",
    info: {
      reason: "SERVICE_DISABLED",
      metadata: { service: `${host}.googleapis.com`, consumer: `projects/${project}` },
    },
  };
}

/** The project of gcloud's own OAuth client, whose users bring no project with them. */
const GCLOUD_PROJECT = "projects/764086051850";

/** A person's credentials, and no project to count the call for. */
export function quotaProjectMissing(service: string): GcpProblem {
  const host = `${service}.googleapis.com`;
  return {
    status: 403,
    message: `Your application is authenticating by using local Application Default Credentials. The ${host} API requires a quota project, which is not set by default. To learn how to set your quota project, see https://cloud.google.com/docs/authentication/adc-troubleshooting/user-creds .`,
    reason: "forbidden",
    grpc: "PERMISSION_DENIED",
    info: { reason: "SERVICE_DISABLED", metadata: { service: host, consumer: GCLOUD_PROJECT } },
  };
}

/** A quota project that the caller may not use. */
export function userProjectDenied(project: string, service: string): GcpProblem {
  const url = `https://console.developers.google.com/iam-admin/iam/project?project=${project}`;
  return {
    status: 403,
    message: `Caller does not have required permission to use project ${project}. Grant the caller the roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission, by visiting ${url} and then retry. Propagation of the new permission may take a few minutes.`,
    reason: "forbidden",
    grpc: "PERMISSION_DENIED",
    info: {
      reason: "USER_PROJECT_DENIED",
      metadata: { service: `${service}.googleapis.com`, consumer: `projects/${project}` },
    },
    help: { description: "Google developer console IAM admin", url },
  };
}

/** What is not there. */
export function notFound(message: string): GcpProblem {
  return { status: 404, message, reason: "notFound", grpc: "NOT_FOUND" };
}

/** What may not be asked so. */
export function invalidArgument(message: string): GcpProblem {
  return { status: 400, message, reason: "badRequest", grpc: "INVALID_ARGUMENT" };
}

/** The same of Compute Engine, in the older format. */
export function invalidValue(field: string, value: string, problem: string): GcpProblem {
  return { status: 400, message: `Invalid value for field '${field}': '${value}'. ${problem}`, reason: "invalid" };
}
