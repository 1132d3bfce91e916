import { CloudError, type CloudErrorKind } from "@flotilla/core";

/** What came back over the wire. */
export interface GcpFailure {
  /** `container`, `compute`, …. */
  readonly service: string;
  readonly action: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Every reason that was given: ErrorInfo's first, then those of `errors[]`, or an operation's own codes. */
  readonly codes: readonly string[];
  readonly message: string;
  /** `error.status`, the gRPC code's name. Compute and DNS send none. */
  readonly grpc?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

/** One row: the first whose conditions all hold decides. A row has a reason or a gRPC status. */
export interface GcpErrorRow {
  readonly code?: string;
  readonly grpc?: string;
  readonly kind: CloudErrorKind;
  /** Only for overloaded codes, and always with a sample in the tests: text is the last key. */
  readonly text?: RegExp;
  /** Where the rule comes from. */
  readonly source: string;
  /** What to do about it, where that is another thing than for the rest of its kind. */
  readonly todo?: string;
}

const ERROR_INFO = "google.api.ErrorReason (google/api/error_reason.proto)";
const COMPUTE = "Compute Engine, troubleshooting API errors";
const OPERATION = "Compute Engine, operation error codes";
const GLOBAL = "Google APIs global domain errors (Discovery-based APIs, standard error responses)";
const GRPC = "google.rpc.Code (google/rpc/code.proto)";
const ORG_POLICY = "Organization Policy Service, messages of violated constraints";
const OAUTH = "RFC 6749 section 5.2, Google OAuth 2.0";
const REPORTED = "reported answers of the GKE API";

/** How often one may ask, and no amount of machines; a limit per day is one that waiting does not help. */
const RATE_TEXT = /quota exceeded for quota (metric|group) .*\bper (\d+ )?(second|minute)/i;
const QUOTA_TEXT = /insufficient (regional )?quota|quota .* exceeded|quota exceeded|exceeded quota/i;
const BUSY_TEXT =
  /currently (being )?(created?|creating|upgrad|updat|delet|repair|resiz|operat)|incompatible operation|please wait and try again/i;
const FINGERPRINT_TEXT = /fingerprint|etag/i;
const ORG_POLICY_TEXT = /\bconstraints\/\w+\.\w+|organization policy|prohibited by organization's policy/i;
const QUOTA_PROJECT_TEXT = /requires a quota project|end user credentials/i;

const INFO_ROWS: readonly GcpErrorRow[] = [
  { code: "CLUSTER_ALREADY_HAS_OPERATION", kind: "busy", source: "cluster-api-provider-gcp#1363" },
  {
    code: "SERVICE_DISABLED",
    text: QUOTA_PROJECT_TEXT,
    kind: "denied",
    source: "Google Cloud, troubleshoot your ADC setup: user credentials",
    todo: "name a project to count calls for: gcloud auth application-default set-quota-project PROJECT, or GOOGLE_CLOUD_QUOTA_PROJECT",
  },
  { code: "SERVICE_DISABLED", kind: "disabled", source: ERROR_INFO },
  { code: "BILLING_DISABLED", kind: "disabled", source: ERROR_INFO },
  { code: "CONSUMER_SUSPENDED", kind: "disabled", source: ERROR_INFO },
  { code: "CONSUMER_INVALID", kind: "denied", source: ERROR_INFO },
  { code: "RATE_LIMIT_EXCEEDED", kind: "throttled", source: ERROR_INFO },
  { code: "RESOURCE_QUOTA_EXCEEDED", kind: "quota", source: ERROR_INFO },
  { code: "API_KEY_INVALID", kind: "unauthenticated", source: ERROR_INFO },
  { code: "API_KEY_SERVICE_BLOCKED", kind: "denied", source: ERROR_INFO },
  { code: "RESOURCE_PROJECT_INVALID", kind: "denied", source: ERROR_INFO },
  { code: "GCP_SUSPENDED", kind: "disabled", source: ERROR_INFO },
  { code: "SERVICE_NOT_VISIBLE", kind: "disabled", source: ERROR_INFO },
  { code: "USER_BLOCKED_BY_ADMIN", kind: "policy", source: ERROR_INFO },
  { code: "LOCATION_POLICY_VIOLATED", kind: "policy", source: ERROR_INFO },
  { code: "JWT_TOKEN_INVALID", kind: "unauthenticated", source: ERROR_INFO },
  { code: "CREDENTIALS_MISSING", kind: "unauthenticated", source: ERROR_INFO },
  { code: "ACCESS_TOKEN_EXPIRED", kind: "unauthenticated", source: ERROR_INFO },
  { code: "ACCESS_TOKEN_TYPE_UNSUPPORTED", kind: "unauthenticated", source: ERROR_INFO },
  { code: "ACCESS_TOKEN_SCOPE_INSUFFICIENT", kind: "denied", source: ERROR_INFO },
  { code: "ACCOUNT_STATE_INVALID", kind: "unauthenticated", source: ERROR_INFO },
  { code: "USER_PROJECT_DENIED", kind: "denied", source: ERROR_INFO },
  { code: "IAM_PERMISSION_DENIED", kind: "denied", source: "IAM, permission error messages" },
  { code: "SECURITY_POLICY_VIOLATED", kind: "policy", source: ERROR_INFO },
  { code: "ORG_RESTRICTION_VIOLATION", kind: "policy", source: ERROR_INFO },
  { code: "LOCATION_ORG_POLICY_VIOLATED", kind: "policy", source: ERROR_INFO },
  { code: "RESOURCE_USAGE_RESTRICTION_VIOLATED", kind: "policy", source: ERROR_INFO },
  { code: "vpcServiceControls", kind: "policy", source: "VPC Service Controls, troubleshooting" },
];

const OPERATION_ROWS: readonly GcpErrorRow[] = [
  { code: "ZONE_RESOURCE_POOL_EXHAUSTED", kind: "capacity", source: OPERATION },
  { code: "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", kind: "capacity", source: OPERATION },
  { code: "GCE_STOCKOUT", kind: "capacity", source: "google.container.v1.StatusCondition.Code" },
  { code: "QUOTA_EXCEEDED", kind: "quota", source: OPERATION },
  { code: "GCE_QUOTA_EXCEEDED", kind: "quota", source: "google.container.v1.StatusCondition.Code" },
  { code: "RESOURCE_NOT_READY", kind: "busy", source: OPERATION },
  { code: "resourceNotReady", kind: "busy", source: COMPUTE },
  { code: "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", kind: "inUse", source: OPERATION },
  { code: "resourceInUseByAnotherResource", kind: "inUse", source: COMPUTE },
  { code: "UNSUPPORTED_OPERATION", kind: "offering", source: OPERATION },
];

const REASON_ROWS: readonly GcpErrorRow[] = [
  { code: "rateLimitExceeded", kind: "throttled", source: GLOBAL },
  { code: "userRateLimitExceeded", kind: "throttled", source: GLOBAL },
  { code: "quotaExceeded", kind: "quota", source: COMPUTE },
  { code: "dailyLimitExceeded", kind: "quota", source: GLOBAL },
  { code: "accessNotConfigured", kind: "disabled", source: GLOBAL },
  { code: "accountDisabled", kind: "disabled", source: GLOBAL },
  { code: "conditionNotMet", text: ORG_POLICY_TEXT, kind: "policy", source: ORG_POLICY },
  { code: "conditionNotMet", kind: "stale", source: COMPUTE },
  { code: "alreadyExists", kind: "exists", source: GLOBAL },
  { code: "duplicate", kind: "exists", source: GLOBAL },
  { code: "failedPrecondition", text: BUSY_TEXT, kind: "busy", source: REPORTED },
  { code: "forbidden", text: QUOTA_TEXT, kind: "quota", source: REPORTED },
  { code: "forbidden", text: ORG_POLICY_TEXT, kind: "policy", source: ORG_POLICY },
  { code: "insufficientPermissions", kind: "denied", source: GLOBAL },
  { code: "forbidden", kind: "denied", source: GLOBAL },
  { code: "authError", kind: "unauthenticated", source: GLOBAL },
  { code: "notFound", kind: "notFound", source: GLOBAL },
  { code: "badRequest", kind: "invalid", source: GLOBAL },
  { code: "invalid", kind: "invalid", source: GLOBAL },
  { code: "required", kind: "invalid", source: GLOBAL },
  { code: "backendError", kind: "transient", source: GLOBAL },
  { code: "internalError", kind: "transient", source: GLOBAL },
  { code: "invalid_grant", kind: "unauthenticated", source: OAUTH },
  { code: "invalid_client", kind: "unauthenticated", source: OAUTH },
  { code: "notJson", kind: "transient", source: "a proxy's page, or half a document" },
  { code: "foreignAnswer", kind: "transient", source: "a gateway's own JSON, with the status of an answer" },
];

const GRPC_ROWS: readonly GcpErrorRow[] = [
  {
    grpc: "FAILED_PRECONDITION",
    text: FINGERPRINT_TEXT,
    kind: "stale",
    source: "recorded: label fingerprint mismatch",
  },
  { grpc: "FAILED_PRECONDITION", text: BUSY_TEXT, kind: "busy", source: REPORTED },
  { grpc: "FAILED_PRECONDITION", text: ORG_POLICY_TEXT, kind: "policy", source: ORG_POLICY },
  { grpc: "FAILED_PRECONDITION", kind: "invalid", source: GRPC },
  { grpc: "PERMISSION_DENIED", text: QUOTA_TEXT, kind: "quota", source: REPORTED },
  { grpc: "PERMISSION_DENIED", text: ORG_POLICY_TEXT, kind: "policy", source: ORG_POLICY },
  { grpc: "PERMISSION_DENIED", kind: "denied", source: GRPC },
  { grpc: "RESOURCE_EXHAUSTED", text: RATE_TEXT, kind: "throttled", source: "Service Usage, rate quotas of an API" },
  { grpc: "RESOURCE_EXHAUSTED", text: QUOTA_TEXT, kind: "quota", source: REPORTED },
  { grpc: "RESOURCE_EXHAUSTED", kind: "throttled", source: GRPC },
  { grpc: "UNAUTHENTICATED", kind: "unauthenticated", source: GRPC },
  { grpc: "NOT_FOUND", kind: "notFound", source: GRPC },
  { grpc: "ALREADY_EXISTS", kind: "exists", source: GRPC },
  { grpc: "ABORTED", kind: "stale", source: GRPC },
  { grpc: "INVALID_ARGUMENT", kind: "invalid", source: GRPC },
  { grpc: "OUT_OF_RANGE", kind: "invalid", source: GRPC },
  { grpc: "UNIMPLEMENTED", kind: "offering", source: GRPC },
  { grpc: "CANCELLED", kind: "cancelled", source: GRPC },
  { grpc: "UNAVAILABLE", kind: "transient", source: GRPC },
  { grpc: "DEADLINE_EXCEEDED", kind: "transient", source: GRPC },
  { grpc: "INTERNAL", kind: "transient", source: GRPC },
];

/** The most telling first: ErrorInfo, an operation's codes, `errors[].reason`, then the gRPC status alone. */
export const GCP_ERRORS: readonly GcpErrorRow[] = [...INFO_ROWS, ...OPERATION_ROWS, ...REASON_ROWS, ...GRPC_ROWS];

const WHAT_TO_DO: Readonly<Partial<Record<CloudErrorKind, string>>> = {
  unauthenticated:
    "check that the credentials are present and not expired (gcloud auth application-default login, or the named environment variable) and that this machine's clock is right",
  denied: "grant the permission to the account (docs/permissions lists what is needed)",
  policy: "an organization policy or service perimeter forbids it; ask whoever owns the organization",
  disabled: "enable the API and billing for the project",
  quota: "ask for a higher quota, or use another region",
  throttled: "it is repeated by itself; fewer callers of the same project help",
};

/** A vendor's text is for people: the first lines say it. */
const MESSAGE_CHARS_MAX = 600;

/** Translates a failure; what no row knows keeps its code and becomes `internal` (4xx) or `transient` (5xx). */
export function toCloudError(failure: GcpFailure): CloudError {
  const row = GCP_ERRORS.find((candidate) => applies(candidate, failure));
  const kind = row?.kind ?? kindOfStatus(failure.status);
  const code =
    row?.code ?? failure.codes[0] ?? failure.grpc ?? (failure.status === 0 ? "noAnswer" : `HTTP ${failure.status}`);
  const vendorMessage = failure.message.slice(0, MESSAGE_CHARS_MAX);
  const todo = row?.todo ?? WHAT_TO_DO[kind];
  const said = vendorMessage === "" ? code : `${code}: ${vendorMessage}`;
  return new CloudError(kind, `${failure.service} ${failure.action}: ${said}${todo === undefined ? "" : `; ${todo}`}`, {
    code,
    vendorMessage,
    status: failure.status,
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  });
}

function applies({ code, grpc, text }: GcpErrorRow, failure: GcpFailure): boolean {
  return (
    (code === undefined || failure.codes.includes(code)) &&
    (grpc === undefined || grpc === failure.grpc) &&
    (text === undefined || text.test(failure.message))
  );
}

function kindOfStatus(status: number): CloudErrorKind {
  if (status === 0 || status === 408 || status >= 500) return "transient";
  if (status === 429) return "throttled";
  if (status === 401 || status === 407) return "unauthenticated";
  if (status === 403) return "denied";
  if (status === 404) return "notFound";
  if (status === 409) return "exists";
  if (status === 412) return "stale";
  return status === 400 ? "invalid" : "internal";
}
