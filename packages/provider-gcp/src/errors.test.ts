import type { CloudErrorKind } from "@flotilla/core";
import { expect, test } from "vitest";
import { GCP_ERRORS, toCloudError } from "./errors.ts";
import { readFailure } from "./read-failure.ts";

const HEADERS = { "content-type": "application/json; charset=UTF-8" };

function classify(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = {
    service: "container",
    action: "GetCluster",
    status,
    headers: new Headers({ ...HEADERS, ...headers }),
    text,
    nowMs: 0,
    members: ["clusters", "missingZones"],
    mayBeEmpty: true,
  };
  const failure = readFailure(answer);
  return failure === undefined ? undefined : toCloudError(failure);
}

type Sample = readonly [signal: string, kind: CloudErrorKind, status: number, text?: string];

const BUSY =
  "Operation operation-1700000000000-0a1b2c3d is currently upgrading cluster demo. Please wait and try again once it is done.";
const QUOTA =
  "Insufficient regional quota to satisfy request: resource \"IN_USE_ADDRESSES\": request requires '5.0' and is short '1.0'.";
const RATE =
  "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'container.googleapis.com' for consumer 'project_number:123456789012'.";
const CONSTRAINT = "Constraint constraints/gcp.resourceLocations violated for projects/demo-project.";
const FINGERPRINT = "Labels could not be set due to fingerprint mismatch.";
const NO_QUOTA_PROJECT =
  "Your application is authenticating by using local Application Default Credentials. The cloudresourcemanager.googleapis.com API requires a quota project, which is not set by default.";

/** Reasons of `google.rpc.ErrorInfo`: in `details`, with the gRPC status and, of older services, `errors[]` beside them. */
const INFOS: readonly Sample[] = [
  ["CLUSTER_ALREADY_HAS_OPERATION", "busy", 400],
  ["SERVICE_DISABLED", "denied", 403, NO_QUOTA_PROJECT],
  ["SERVICE_DISABLED", "disabled", 403],
  ["BILLING_DISABLED", "disabled", 403],
  ["CONSUMER_SUSPENDED", "disabled", 403],
  ["CONSUMER_INVALID", "denied", 403],
  ["RATE_LIMIT_EXCEEDED", "throttled", 429, RATE],
  ["RESOURCE_QUOTA_EXCEEDED", "quota", 429],
  ["API_KEY_INVALID", "unauthenticated", 400],
  ["API_KEY_SERVICE_BLOCKED", "denied", 403],
  ["RESOURCE_PROJECT_INVALID", "denied", 400],
  ["GCP_SUSPENDED", "disabled", 403],
  ["SERVICE_NOT_VISIBLE", "disabled", 403],
  ["USER_BLOCKED_BY_ADMIN", "policy", 403],
  ["LOCATION_POLICY_VIOLATED", "policy", 403],
  ["JWT_TOKEN_INVALID", "unauthenticated", 401],
  ["CREDENTIALS_MISSING", "unauthenticated", 401],
  ["ACCESS_TOKEN_EXPIRED", "unauthenticated", 401],
  ["ACCESS_TOKEN_TYPE_UNSUPPORTED", "unauthenticated", 401],
  ["ACCESS_TOKEN_SCOPE_INSUFFICIENT", "denied", 403],
  ["ACCOUNT_STATE_INVALID", "unauthenticated", 401],
  ["USER_PROJECT_DENIED", "denied", 403],
  ["IAM_PERMISSION_DENIED", "denied", 403],
  ["SECURITY_POLICY_VIOLATED", "policy", 403],
  ["ORG_RESTRICTION_VIOLATION", "policy", 403],
  ["LOCATION_ORG_POLICY_VIOLATED", "policy", 400],
  ["RESOURCE_USAGE_RESTRICTION_VIOLATED", "policy", 403],
];

/** Codes of an operation that failed: its `error`, by itself. */
const OPERATIONS: readonly Sample[] = [
  ["ZONE_RESOURCE_POOL_EXHAUSTED", "capacity", 200],
  ["ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", "capacity", 200],
  ["GCE_STOCKOUT", "capacity", 200],
  ["QUOTA_EXCEEDED", "quota", 200, "Quota 'CPUS' exceeded.  Limit: 24.0 in region us-central1."],
  ["GCE_QUOTA_EXCEEDED", "quota", 200],
  ["RESOURCE_NOT_READY", "busy", 200],
  ["RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "inUse", 200],
  ["UNSUPPORTED_OPERATION", "offering", 200],
];

/** `errors[].reason`, as Compute Engine sends it: without a status. */
const REASONS: readonly Sample[] = [
  ["vpcServiceControls", "policy", 403],
  ["resourceNotReady", "busy", 400],
  ["resourceInUseByAnotherResource", "inUse", 400],
  ["rateLimitExceeded", "throttled", 403, RATE],
  ["userRateLimitExceeded", "throttled", 403],
  ["quotaExceeded", "quota", 403],
  ["dailyLimitExceeded", "quota", 403],
  ["accessNotConfigured", "disabled", 403],
  ["accountDisabled", "disabled", 403],
  ["conditionNotMet", "policy", 412, CONSTRAINT],
  ["conditionNotMet", "stale", 412],
  ["alreadyExists", "exists", 409],
  ["duplicate", "exists", 409],
  ["failedPrecondition", "busy", 400, BUSY],
  ["forbidden", "quota", 403, QUOTA],
  ["forbidden", "policy", 403, "Request is prohibited by organization's policy."],
  ["insufficientPermissions", "denied", 403],
  ["forbidden", "denied", 403],
  ["authError", "unauthenticated", 401],
  ["notFound", "notFound", 404],
  ["badRequest", "invalid", 400],
  ["invalid", "invalid", 400],
  ["required", "invalid", 400],
  ["backendError", "transient", 503],
  ["internalError", "transient", 500],
];

/** The gRPC status alone. */
const STATUSES: readonly Sample[] = [
  ["FAILED_PRECONDITION", "stale", 400, FINGERPRINT],
  ["FAILED_PRECONDITION", "busy", 400, BUSY],
  ["FAILED_PRECONDITION", "policy", 400, CONSTRAINT],
  ["FAILED_PRECONDITION", "invalid", 400],
  ["PERMISSION_DENIED", "quota", 403, QUOTA],
  ["PERMISSION_DENIED", "policy", 403, CONSTRAINT],
  ["PERMISSION_DENIED", "denied", 403],
  ["RESOURCE_EXHAUSTED", "throttled", 429, RATE],
  ["RESOURCE_EXHAUSTED", "quota", 429, RATE.replace("per minute", "per day")],
  ["RESOURCE_EXHAUSTED", "throttled", 429],
  ["UNAUTHENTICATED", "unauthenticated", 401],
  ["NOT_FOUND", "notFound", 404],
  ["ALREADY_EXISTS", "exists", 409],
  ["ABORTED", "stale", 409],
  ["INVALID_ARGUMENT", "invalid", 400],
  ["OUT_OF_RANGE", "invalid", 400],
  ["UNIMPLEMENTED", "offering", 501],
  ["CANCELLED", "cancelled", 499],
  ["UNAVAILABLE", "transient", 503],
  ["DEADLINE_EXCEEDED", "transient", 504],
  ["INTERNAL", "transient", 500],
];

/** What is not Google's JSON error: the token endpoint's, a proxy's page. */
const OTHERS: readonly Sample[] = [
  [
    "invalid_grant",
    "unauthenticated",
    400,
    '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
  ],
  ["invalid_client", "unauthenticated", 401, '{"error":"invalid_client","error_description":"Unauthorized"}'],
  ["notJson", "transient", 502, "<html><title>502 Bad Gateway</title></html>"],
  ["foreignAnswer", "transient", 200, '{"message":"Unauthorized by gateway"}'],
];

const said = (text = "Something was refused."): string => text;
const GRPC_OF: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  429: "RESOURCE_EXHAUSTED",
};

const ANSWERS: readonly (readonly [Sample, body: unknown])[] = [
  ...INFOS.map((sample) => {
    const [reason, , code, text] = sample;
    const message = said(text);
    const info = {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason,
      domain: "googleapis.com",
      metadata: { service: "container.googleapis.com", consumer: "projects/123456789012" },
    };
    const errors = [{ message, domain: "global", reason: code === 403 ? "forbidden" : "badRequest" }];
    return [sample, { error: { code, message, errors, status: GRPC_OF[code], details: [info] } }] as const;
  }),
  ...OPERATIONS.map(
    (sample) => [sample, { error: { errors: [{ code: sample[0], message: said(sample[3]) }] } }] as const,
  ),
  ...REASONS.map((sample) => {
    const [reason, , code, text] = sample;
    const message = said(text);
    return [sample, { error: { code, message, errors: [{ message, domain: "global", reason }] } }] as const;
  }),
  ...STATUSES.map((sample) => {
    const [status, , code, text] = sample;
    return [sample, { error: { code, message: said(text), status } }] as const;
  }),
  ...OTHERS.map((sample) => [sample, sample[3]] as const),
];

test.for(ANSWERS)("%o", ([[signal, kind, status], body]) => {
  const error = classify(status, body);
  expect([error?.kind, error?.code, error?.status]).toEqual([kind, signal, status]);
});

test("every row has its source, and a sample that no row before it takes", () => {
  const samples = ANSWERS.map(([[signal, kind, , text]]) => `${signal} ${text === undefined ? "" : "by text "}${kind}`);
  for (const { code, grpc, kind, text, source } of GCP_ERRORS) {
    expect(source.length).toBeGreaterThan(3);
    const byText = samples.filter((sample) => sample === `${code ?? grpc} by text ${kind}`);
    const plain = samples.filter((sample) => sample === `${code ?? grpc} ${kind}`);
    expect(text === undefined ? [...plain, ...byText] : byText, `${code ?? grpc} ${kind}`).not.toEqual([]);
  }
});

test("the table has a row for every signal of the reference", () => {
  expect(GCP_ERRORS.length).toBeGreaterThanOrEqual(60);
  const kinds = new Set(GCP_ERRORS.map(({ kind }) => kind));
  for (const kind of [
    "throttled",
    "quota",
    "capacity",
    "busy",
    "stale",
    "exists",
    "inUse",
    "policy",
    "disabled",
  ] as const) {
    expect(kinds).toContain(kind);
  }
});

test.for([
  [
    403,
    { code: 403, message: "Rate Limit Exceeded", errors: [{ reason: "rateLimitExceeded", domain: "usageLimits" }] },
    "throttled",
  ],
  [403, { code: 403, message: "Quota 'CPUS' exceeded. Limit: 24.0", errors: [{ reason: "quotaExceeded" }] }, "quota"],
  [403, { code: 403, message: "denied", errors: [{ reason: "forbidden" }], status: "PERMISSION_DENIED" }, "denied"],
  [
    409,
    { code: 409, message: "Already exists", errors: [{ reason: "alreadyExists" }], status: "ALREADY_EXISTS" },
    "exists",
  ],
  [
    412,
    { code: 412, message: "Precondition Failed", errors: [{ reason: "conditionNotMet", location: "If-Match" }] },
    "stale",
  ],
  [404, { code: 404, message: "The resource was not found", errors: [{ reason: "notFound" }] }, "notFound"],
  [
    429,
    {
      code: 429,
      message: "Quota exceeded for quota metric 'Read requests'",
      status: "RESOURCE_EXHAUSTED",
      details: [{ reason: "RATE_LIMIT_EXCEEDED" }],
    },
    "throttled",
  ],
  [
    400,
    {
      code: 400,
      message: "Operation is currently upgrading cluster demo. Please wait and try again once it is done.",
      errors: [{ reason: "failedPrecondition" }],
      status: "FAILED_PRECONDITION",
    },
    "busy",
  ],
  [
    400,
    {
      code: 400,
      message: "Labels could not be set due to fingerprint mismatch.",
      status: "FAILED_PRECONDITION",
      details: [{}],
    },
    "stale",
  ],
  [
    400,
    {
      code: 400,
      message: "Master version must be one of …",
      errors: [{ reason: "failedPrecondition" }],
      status: "FAILED_PRECONDITION",
    },
    "invalid",
  ],
] as const)("HTTP %s as it really comes: %o", ([status, error, kind]) => {
  expect(classify(status, { error })?.kind).toBe<CloudErrorKind>(kind);
});

test.for([
  [401, "unauthenticated"],
  [403, "denied"],
  [404, "notFound"],
  [409, "exists"],
  [412, "stale"],
  [418, "internal"],
  [429, "throttled"],
  [500, "transient"],
  [503, "transient"],
] as const)("what no row knows goes by the status: %s is %s", ([status, kind]) => {
  const error = classify(status, { error: { code: status, message: "unheard of", errors: [{ reason: "unheardOf" }] } });
  expect([error?.kind, error?.code, error?.status]).toEqual([kind, "unheardOf", status]);
});

test("Retry-After in seconds, as a date, and in RetryInfo; the request id", () => {
  const details = [
    { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "2.5s" },
    { "@type": "type.googleapis.com/google.rpc.RequestInfo", requestId: "0xbc08" },
  ];
  const body = { error: { code: 503, message: "", status: "UNAVAILABLE", details } };
  expect(classify(503, body)).toMatchObject({ retryAfterMs: 2500, requestId: "0xbc08" });
  expect(classify(503, body, { "retry-after": "7" })?.retryAfterMs).toBe(7000);
  expect(classify(503, body, { "retry-after": new Date(9000).toUTCString() })?.retryAfterMs).toBe(9000);
  expect(classify(503, "{}", { "retry-after": "soon" })?.retryAfterMs).toBeUndefined();
});

test("a fine answer is no failure; an empty, a cut and an error-bearing one are", () => {
  expect(classify(200, { clusters: [], error: { code: 8 }, name: "operation" })).toBeUndefined();
  expect(classify(200, "{}")).toBeUndefined();
  expect(classify(200, "")?.kind).toBe("transient");
  expect(classify(200, '{"clusters": [{"na')?.kind).toBe("transient");
  expect(classify(200, { error: { code: 403, message: "no", status: "PERMISSION_DENIED" } })?.kind).toBe("denied");
});

test.for([
  [400, "transient"],
  [401, "unauthenticated"],
  [403, "transient"],
  [404, "transient"],
  [407, "unauthenticated"],
  [409, "transient"],
  [429, "throttled"],
  [502, "transient"],
] as const)("HTTP %s that is not in Google's words is %s: somebody between has answered", ([status, kind]) => {
  for (const body of ["<html>blocked</html>", "", '{"message":"Blocked by gateway"}', "[]"]) {
    const error = classify(status, body);
    const told = kind === "transient" ? "proxy" : `HTTP ${status}`;
    expect([body, error?.kind, error?.message]).toEqual([body, kind, expect.stringContaining(told)]);
  }
});

test("a message names the call, the code and what to do, and stays short", () => {
  const error = classify(403, { error: { code: 403, message: "x".repeat(5000), status: "PERMISSION_DENIED" } });
  expect(error?.message).toMatch(/^container GetCluster: PERMISSION_DENIED: x+; grant the permission/);
  expect(error?.message.length).toBeLessThan(800);
});
