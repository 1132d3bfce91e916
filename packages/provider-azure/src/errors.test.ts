import type { CloudErrorKind } from "@flotilla/core";
import { expect, test } from "vitest";
import { AZURE_ERRORS } from "./error-table.ts";
import { toCloudError } from "./errors.ts";
import { failureOfResponse } from "./wire-failure.ts";

const NOW_MS = Date.UTC(2026, 10, 1);

function errorOf(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const failure = failureOfResponse({ status, body: text, header: (name) => headers[name] }, NOW_MS);
  return failure === undefined ? undefined : toCloudError({ ...failure, action: "managedClusters.list" });
}

const arm = (code: string, message: string) => ({ error: { code, message } });
const aks = (code: string, message: string, detail?: string) => ({
  code,
  details: detail === undefined ? null : [{ code: "Unspecified", message: detail }],
  message,
  subcode: "",
});
const network = (code: string, message: string, detail: string) => ({
  error: { code, message, details: [{ code: detail, message }] },
});

/** One body in the real shape for each row, in the order of the table. */
const SAMPLES: readonly (readonly [
  status: number,
  body: { readonly code?: string; readonly error?: { readonly code: string } },
  CloudErrorKind,
])[] = [
  [
    429,
    arm(
      "OperationNotAllowed",
      "The server rejected the request because too many requests have been received for this subscription.",
    ),
    "throttled",
  ],
  [
    409,
    arm(
      "OperationNotAllowed",
      "Operation could not be completed as it results in exceeding approved standardDSv3Family Cores quota. Current Limit: 10, Current Usage: 8, Additional Required: 4",
    ),
    "quota",
  ],
  [
    409,
    aks(
      "OperationNotAllowed",
      "Operation is not allowed because there's an in progress create managed cluster operation (operation ID: e572f837) on the managed cluster. Please wait for it to finish before starting a new operation.",
    ),
    "busy",
  ],
  [400, aks("OperationNotAllowed", "Stopping is not allowed on a private preview cluster."), "invalid"],
  [429, arm("TooManyRequests", "The request was throttled."), "throttled"],
  [
    429,
    arm(
      "SubscriptionRequestsThrottled",
      "Number of requests for subscription exceeded the limit of '12000' for time interval '01:00:00'.",
    ),
    "throttled",
  ],
  [
    429,
    arm("ResourceCollectionRequestsThrottled", "Operation 'GET' on resource type 'managedClusters' was throttled."),
    "throttled",
  ],
  [429, aks("Throttled", "The request has been throttled."), "throttled"],
  [429, aks("RequestThrottled", "Too many requests."), "throttled"],
  [409, arm("QuotaExceeded", "Operation results in exceeding quota limits of Core."), "quota"],
  [
    409,
    arm("SKUFamilyQuotaExceeded", "Operation could not be completed as it results in exceeding approved quota."),
    "quota",
  ],
  [
    400,
    arm(
      "PublicIPCountLimitReached",
      "Cannot create more than 10 public IP addresses for this subscription in this region.",
    ),
    "quota",
  ],
  [
    400,
    arm(
      "SubnetIsFull",
      "Subnet nodes with address prefix 10.0.0.0/28 does not have enough capacity for 4 IP addresses.",
    ),
    "quota",
  ],
  [400, aks("InsufficientSubnetSize", "Pre-allocated IPs 93 exceeds IPs available 59 in Subnet Cidr."), "quota"],
  [409, arm("ResourceQuotaExceeded", "The resource quota of the subscription is exceeded."), "quota"],
  [
    400,
    aks(
      "InsufficientVCPUQuota",
      "Insufficient regional vcpu quota left for location westus2. left regional vcpu quota 4, requested quota 6.",
    ),
    "quota",
  ],
  [
    400,
    aks(
      "ManagedClusterCountExceedsQuotaLimit",
      "Operation results in exceeding quota limits for managed clusters. Maximum allowed: 100, Current usage: 100, Additional requested: 1.",
    ),
    "quota",
  ],
  [
    409,
    arm(
      "SkuNotAvailable",
      "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D4s_v5' is currently not available in location 'westeurope'.",
    ),
    "offering",
  ],
  [409, arm("NotAvailableForSubscription", "The size is not available for this subscription."), "offering"],
  [
    400,
    arm("LocationNotAvailableForResourceType", "The provided location 'nowhere' is not available for resource type."),
    "offering",
  ],
  [400, aks("AvailabilityZoneNotSupported", "The zone(s) '4' for resource 'pool' is not supported."), "offering"],
  [
    400,
    aks("VMSizeNotSupported", "Virtual Machine size: 'Standard_X1' is not supported in location 'eastus2'."),
    "offering",
  ],
  [
    409,
    arm(
      "AllocationFailed",
      "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.",
    ),
    "capacity",
  ],
  [
    409,
    arm(
      "ZonalAllocationFailed",
      "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone.",
    ),
    "capacity",
  ],
  [
    409,
    arm(
      "OverconstrainedAllocationRequest",
      "Allocation failed. VM(s) with the following constraints cannot be allocated.",
    ),
    "capacity",
  ],
  [
    409,
    arm(
      "OverconstrainedZonalAllocationRequest",
      "Allocation failed. VM(s) with the following constraints cannot be allocated, because the condition is too restrictive.",
    ),
    "capacity",
  ],
  [
    400,
    aks("AKSCapacityError", "Creating a free tier cluster is unavailable at this time in region westeurope."),
    "capacity",
  ],
  [
    409,
    aks("AKSCapacityHeavyUsage", "AKS is experiencing heavy usage in region westeurope. Please use another region."),
    "capacity",
  ],
  [
    409,
    aks(
      "EtagMismatch",
      "Operation is not allowed: Another operation is in progress",
      "rpc error: code = FailedPrecondition desc = Etag mismatched",
    ),
    "busy",
  ],
  [412, aks("EtagMismatch", "The etag provided does not match."), "stale"],
  [412, arm("PreconditionFailed", "The condition '\"1\"' set by 'If-Match' was not satisfied."), "stale"],
  [429, arm("AnotherOperationInProgress", "Another operation on this or dependent resource is in progress."), "busy"],
  [429, network("RetryableError", "A retryable error occurred.", "RetryableErrorDueToAnotherOperation"), "busy"],
  [429, network("RetryableError", "A retryable error occurred.", "ReferencedResourceNotProvisioned"), "busy"],
  [409, aks("OperationPreempted", "The operation was preempted by another."), "busy"],
  [
    409,
    aks("AKSOperationPreempted", "This operation has been preempted by another operation with ID e572f837"),
    "busy",
  ],
  [409, aks("AKSOperationPreemptedByDelete", "This operation has been preempted by Deleting operation."), "busy"],
  [
    409,
    arm(
      "ResourceGroupBeingDeleted",
      "The resource group 'y' is in deprovisioning state and cannot perform this operation.",
    ),
    "busy",
  ],
  [409, arm("InProgress", "The request is in progress."), "busy"],
  [409, aks("NotLatestOperation", "Expected goal state for managed cluster not saved yet."), "busy"],
  [403, arm("RequestDisallowedByPolicy", "Resource 'prod' was disallowed by policy."), "policy"],
  [403, arm("RequestDisallowedByAzure", "Resource 'prod' was disallowed by Azure."), "policy"],
  [
    409,
    arm("ScopeLocked", "The scope cannot perform delete operation because following scope(s) are locked."),
    "policy",
  ],
  [
    403,
    arm(
      "AuthorizationFailed",
      "The client 'x' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/read'.",
    ),
    "denied",
  ],
  [
    403,
    arm(
      "LinkedAuthorizationFailed",
      "The client has permission to perform action, however does not have permission on the linked scope.",
    ),
    "denied",
  ],
  [403, aks("Forbidden", "The caller may not do this."), "denied"],
  [
    401,
    arm("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."),
    "unauthenticated",
  ],
  [
    401,
    arm("ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time."),
    "unauthenticated",
  ],
  [401, arm("InvalidAuthenticationToken", "The access token is invalid."), "unauthenticated"],
  [401, arm("InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer."), "unauthenticated"],
  [
    401,
    arm("InvalidAuthenticationTokenAudience", "The access token has been obtained for wrong audience."),
    "unauthenticated",
  ],
  [
    409,
    arm(
      "MissingSubscriptionRegistration",
      "The subscription is not registered to use namespace 'Microsoft.ContainerService'.",
    ),
    "disabled",
  ],
  [
    409,
    arm("ReadOnlyDisabledSubscription", "The subscription is disabled and therefore marked as read only."),
    "disabled",
  ],
  [404, arm("SubscriptionNotFound", "The subscription could not be found."), "disabled"],
  [400, aks("SubscriptionNotRegistered", "The subscription is not registered."), "disabled"],
  [
    404,
    arm(
      "ResourceNotFound",
      "The Resource 'Microsoft.ContainerService/managedClusters/x' under resource group 'y' was not found.",
    ),
    "notFound",
  ],
  [404, arm("ResourceGroupNotFound", "Resource group 'y' could not be found."), "notFound"],
  [
    404,
    arm(
      "ParentResourceNotFound",
      "Failed to perform 'read' on resource(s) of type 'managedClusters/agentPools', because the parent resource could not be found.",
    ),
    "notFound",
  ],
  [
    404,
    aks("NotFound", "Could not find the agentpool: ap2", "rpc error: code = NotFound desc = Agent Pool not found"),
    "notFound",
  ],
  [400, arm("InUseSubnetCannotBeDeleted", "Subnet nodes is in use and cannot be deleted."), "inUse"],
  [409, arm("CannotDeleteResource", "Cannot delete resource while nested resources exist."), "inUse"],
  [400, arm("NetcfgSubnetRangesOverlap", "Subnet 'a' is not valid because its IP address range overlaps."), "invalid"],
  [400, aks("InvalidParameter", "The value of parameter agentPoolProfile.count is invalid."), "invalid"],
  [
    400,
    arm(
      "NoRegisteredProviderFound",
      "No registered resource provider found for location 'westeurope' and API version '2099-01-01' for type 'managedClusters'.",
    ),
    "invalid",
  ],
  [
    400,
    arm("MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests."),
    "invalid",
  ],
  [400, arm("InvalidApiVersionParameter", "The api-version '1' is invalid."), "invalid"],
  [404, arm("InvalidResourceType", "The resource type could not be found in the namespace."), "invalid"],
  [400, arm("InvalidSubscriptionId", "The provided subscription identifier 'x' is malformed or invalid."), "invalid"],
  [400, aks("K8sVersionNotSupported", "Managed cluster is on version 1.20, which is not supported."), "invalid"],
  [409, arm("ResourceExists", "The resource already exists."), "exists"],
  [
    500,
    arm(
      "VmssGatewayDeploymentFailed",
      "The gateway deployment operation failed due to an intermittent error. Please try again.",
    ),
    "transient",
  ],
  [500, arm("InternalServerError", "Encountered internal server error."), "transient"],
  [500, aks("InternalOperationError", "Internal server error"), "transient"],
  [504, arm("ServerTimeout", "The request timed out."), "transient"],
  [504, arm("GatewayTimeout", "The gateway did not receive a response."), "transient"],
  [503, arm("ServiceUnavailable", "The service is unavailable."), "transient"],
];

test.each(SAMPLES)("HTTP %i %j is %s", (status, body, kind) => {
  const error = errorOf(status, body);
  expect({ kind: error?.kind, status: error?.status }).toEqual({ kind, status });
  expect(error?.message).toMatch(/^azure managedClusters\.list: /);
});

test("every row of the table has its sample, and its source", () => {
  const codes = SAMPLES.map(([, body]) => body.error?.code ?? body.code);
  const details = SAMPLES.map(([, body]) => JSON.stringify(body));
  for (const { code, source } of AZURE_ERRORS) {
    if (code === "UnreadableAnswer" || code === "Redirected") continue; // ours, below
    const isSampled = codes.includes(code) || details.some((text) => text.includes(`"${code}"`));
    expect({ code, isSampled }).toEqual({ code, isSampled: true });
    expect(source).not.toBe("");
  }
  expect(SAMPLES).toHaveLength(AZURE_ERRORS.length - 2);
});

test("what no row knows is told by its status, with the code kept", () => {
  const kinds = [400, 401, 403, 404, 408, 409, 410, 412, 418, 429, 500, 501, 502, 505].map((status) => [
    status,
    errorOf(status, arm("SomethingNew", "new"))?.kind,
  ]);
  expect(Object.fromEntries(kinds)).toEqual({
    400: "invalid",
    401: "unauthenticated",
    403: "denied",
    404: "notFound",
    408: "transient",
    409: "internal",
    410: "notFound",
    412: "stale",
    418: "internal",
    429: "throttled",
    500: "transient",
    501: "invalid",
    502: "transient",
    505: "invalid",
  });
  expect(errorOf(409, arm("SomethingNew", "new"))?.code).toBe("SomethingNew");
  expect(errorOf(403, "")).toMatchObject({ kind: "denied", code: "Http403" });
});

test("AKS writes its codes with a prefix or without, and in more than one case", () => {
  const message = "Insufficient regional vcpu quota left for location westus2.";
  expect(errorOf(400, aks("ErrCode_InsufficientVCPUQuota", message))).toMatchObject({
    kind: "quota",
    code: "ErrCode_InsufficientVCPUQuota",
  });
  expect(errorOf(400, aks("AksCapacityHeavyUsage", "limited capacity"))?.kind).toBe("capacity");
  expect(errorOf(429, network("x", "x", "ERRCODE_quotaexceeded"))?.kind).toBe("quota");
  expect(errorOf(400, aks("ErrCode_SomethingNew", "new"))?.kind).toBe("invalid");
});

test("a conflict that no row knows is busy only where it says so", () => {
  expect(errorOf(409, aks("Conflict", "The cluster is being updated."))?.kind).toBe("busy");
  expect(errorOf(409, aks("Conflict", "The names differ."))?.kind).toBe("internal");
});

test("where the code says nothing, the first detail does", () => {
  const spent = network("BadRequest", "Provisioning of resource(s) failed.", "QuotaExceeded");
  expect(errorOf(400, spent)).toMatchObject({ kind: "quota", code: "QuotaExceeded" });
  // AKS's own word for nothing.
  const local = aks("BadRequest", "Getting static credential is not allowed.", "rpc error");
  expect(errorOf(400, local)).toMatchObject({ kind: "invalid", code: "BadRequest" });
});

test("a 429 is what its detail says", () => {
  const busy = network("TooManyRequests", "Cannot proceed.", "ReferencedResourceNotProvisioned");
  expect(errorOf(429, busy)).toMatchObject({ kind: "busy", code: "ReferencedResourceNotProvisioned" });
  expect(errorOf(429, network("TooManyRequests", "x", "SomethingNew"))?.kind).toBe("throttled");
});

test("the price list writes its errors in capitals", () => {
  const body = { Error: { Code: "BadRequest", Message: "Invalid OData parameters supplied" } };
  expect(errorOf(400, body)).toMatchObject({
    kind: "invalid",
    code: "BadRequest",
    vendorMessage: "Invalid OData parameters supplied",
  });
});

test("what is no answer of Azure says so", () => {
  const page = "<html><body>502 Bad Gateway</body></html>";
  expect(errorOf(502, page)?.message).toContain("is there a proxy?");
  expect(errorOf(200, page)).toMatchObject({ kind: "transient", code: "UnreadableAnswer" });
  expect(errorOf(200, '{"value":[{"id":')).toMatchObject({ kind: "transient", code: "UnreadableAnswer" });
  expect(errorOf(200, arm("AuthorizationFailed", "no"))?.kind).toBe("denied");
  expect(errorOf(200, aks("Forbidden", "no"))?.kind).toBe("denied");
  expect(errorOf(302, "")).toMatchObject({
    kind: "policy",
    code: "Redirected",
    message: expect.stringMatching(/not followed; check the endpoint[^;]*$/) as unknown,
  });
  expect(errorOf(307, arm("ResourceNotFound", "x"))).toMatchObject({ kind: "policy", code: "Redirected" });
  expect(errorOf(200, { value: [] })).toBeUndefined();
  expect(errorOf(200, { code: "Running", message: "a resource with such members", id: "/x" })).toBeUndefined();
  expect(errorOf(202, "")).toBeUndefined();
  // Every 200 of Azure's holds an object.
  for (const body of ["", " ", "[]", "null", "5", '"text"']) {
    expect(errorOf(200, body)).toMatchObject({
      kind: "transient",
      code: "UnreadableAnswer",
      message: expect.stringContaining("is there a proxy?") as unknown,
    });
  }
  // Operations succeed with an error beside: that is no failure.
  expect(errorOf(200, { status: "Succeeded", error: { code: "NotLatestOperation", message: "x" } })).toBeUndefined();
});

test("Retry-After in seconds or as a date, and the request's id, are kept", () => {
  const body = arm("TooManyRequests", "x");
  expect(errorOf(429, body, { "retry-after": "17", "x-ms-request-id": "r-1" })).toMatchObject({
    retryAfterMs: 17_000,
    requestId: "r-1",
  });
  expect(errorOf(429, body, { "retry-after": new Date(NOW_MS + 5000).toUTCString() })?.retryAfterMs).toBe(5000);
  expect(errorOf(429, body, { "retry-after": new Date(NOW_MS - 5000).toUTCString() })?.retryAfterMs).toBeUndefined();
  expect(errorOf(429, body, { "retry-after": "soon" })?.retryAfterMs).toBeUndefined();
});

test("a token that an answer quotes is not repeated, nor is a text without end", () => {
  const token = `eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.${"a-_".repeat(9)}`;
  const error = errorOf(401, arm("InvalidAuthenticationToken", `The token ${token} is bad. ${"x".repeat(2000)}`));
  expect(error?.message).toContain("The token [token] is bad.");
  expect(error?.vendorMessage).toHaveLength(600);
  const inCode = errorOf(418, arm(`${token} ${"x".repeat(2000)}`, ""));
  expect(inCode?.code).toMatch(/^\[token\] x{112}$/);
});
