import { type EmulatorReply, jsonReply } from "@flotilla/testing";

/** One refusal as Google words it. */
export interface GcpProblem {
  readonly status: number;
  readonly message: string;
  /** `errors[].reason`; absent where the service sends none. */
  readonly reason?: string;
  /** The name of the gRPC code. Compute Engine sends none. */
  readonly grpc?: string;
  /** ErrorInfo's reason, with what it names. */
  readonly info?: { readonly reason: string; readonly metadata?: Readonly<Record<string, string>> };
  readonly headers?: Readonly<Record<string, string>>;
}

/** The JSON error format that every Google API shares. */
export function errorReply({ status, message, reason, grpc, info, headers }: GcpProblem): EmulatorReply {
  const errors = reason === undefined ? {} : { errors: [{ message, domain: "global", reason }] };
  const details =
    info === undefined
      ? {}
      : { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", domain: "googleapis.com", ...info }] };
  const named = grpc === undefined ? {} : { status: grpc };
  const body = { error: { code: status, message, ...errors, ...named, ...details } };
  return jsonReply(status, body, { "content-type": "application/json; charset=UTF-8", ...headers });
}

/** No or no good token. */
export function unauthenticated(
  reason: "CREDENTIALS_MISSING" | "ACCESS_TOKEN_EXPIRED" | "ACCESS_TOKEN_TYPE_UNSUPPORTED",
): GcpProblem {
  return {
    status: 401,
    message:
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    reason: "authError",
    grpc: "UNAUTHENTICATED",
    info: { reason },
    headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
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

/** What is not there. */
export function notFound(message: string): GcpProblem {
  return { status: 404, message, reason: "notFound", grpc: "NOT_FOUND" };
}

/** What may not be asked so. */
export function invalidArgument(message: string): GcpProblem {
  return { status: 400, message, reason: "badRequest", grpc: "INVALID_ARGUMENT" };
}
