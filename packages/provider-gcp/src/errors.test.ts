import type { CloudErrorKind } from "@flotilla/core";
import { expect, test } from "vitest";
import { GCP_ERRORS, type GcpErrorRow, toCloudError } from "./errors.ts";
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
  };
  const failure = readFailure(answer);
  return failure === undefined ? undefined : toCloudError(failure);
}

/** A text that the row's rule is about, in the words of the real service. */
const SAMPLES: readonly string[] = [
  "Cluster is running incompatible operation operation-1700000000000-0a1b2c3d.",
  "Insufficient regional quota to satisfy request: resource \"IN_USE_ADDRESSES\": request requires '5.0' and is short '1.0'.",
  "Labels could not be set due to fingerprint mismatch.",
  "Your application is authenticating by using local Application Default Credentials. The cloudresourcemanager.googleapis.com API requires a quota project, which is not set by default.",
];

/** The body in which a row's signal comes: ErrorInfo for upper-case reasons, `errors[]` for others, else the status alone. */
function bodyOf({ code, grpc, text }: GcpErrorRow): unknown {
  const message = SAMPLES.find((sample) => text?.test(sample)) ?? "Something was refused.";
  if (code === "notJson") return "<html><title>502 Bad Gateway</title></html>";
  if (code?.startsWith("invalid_") === true) return { error: code, error_description: message };
  const isInfo = code !== undefined && code === code.toUpperCase();
  return {
    error: {
      code: 400,
      message,
      ...(grpc === undefined ? {} : { status: grpc }),
      ...(code === undefined || isInfo ? {} : { errors: [{ message, domain: "global", reason: code }] }),
      ...(isInfo
        ? { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: code, domain: "googleapis.com" }] }
        : {}),
    },
  };
}

test.for(
  GCP_ERRORS.map(
    (row) => [`${row.code ?? row.grpc} ${row.text === undefined ? "" : "(by its text) "}is ${row.kind}`, row] as const,
  ),
)("%s", ([, row]) => {
  const error = classify(row.code === "notJson" ? 502 : 400, bodyOf(row));
  expect(error?.kind).toBe(row.kind);
  expect(error?.code).toBe(row.code ?? row.grpc);
  expect(row.source.length).toBeGreaterThan(3);
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
  expect(classify(403, "<html>proxy authentication</html>")?.kind).toBe("denied");
});

test("a message names the call, the code and what to do, and stays short", () => {
  const error = classify(403, { error: { code: 403, message: "x".repeat(5000), status: "PERMISSION_DENIED" } });
  expect(error?.message).toMatch(/^container GetCluster: PERMISSION_DENIED: x+; grant the permission/);
  expect(error?.message.length).toBeLessThan(800);
});
