import { inspect } from "node:util";
import { createCallPolicy, type CloudErrorKind, isCloudError, systemClock, systemRandom } from "@flotilla/core";
import { type EmulatorReply, type EmulatorServer, jsonReply, startEmulator } from "@flotilla/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AwsService } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { openEc2Client } from "./ec2-client.ts";
import { openEksClient } from "./eks-client.ts";
import { AWS_ERRORS, type AwsErrorRow, toCloudError } from "./errors.ts";
import { openSession } from "./open-session.ts";
import { openOrganizationsClient } from "./organizations-client.ts";
import { openPricingClient } from "./pricing-client.ts";
import { openQuotasClient } from "./quotas-client.ts";
import { failureOfSdkError } from "./sdk-failure.ts";
import { openStsClient } from "./sts-client.ts";

/** A server that gives every request the same answer, in the shape of the real services. */
let server: EmulatorServer;
let answer: EmulatorReply = jsonReply(200, {});
let session: AwsSession;

beforeAll(async () => {
  server = await startEmulator("answers", () => ({
    describe: () => ({ action: "", scope: "", region: "", caller: "" }),
    answer: () => answer,
    failure: () => jsonReply(500, {}),
  }));
});
afterAll(() => server.close());

const PLACE = { region: "eu-west-1" };
const REQUEST_ID = "e2992a30-f339-453b-a4bf-990779b6fe15";

const restJson = (status: number, code: string, message: string): EmulatorReply =>
  jsonReply(
    status,
    { message, clusterName: "prod", nodegroupName: null },
    // Some services put a colon and a link behind the code.
    {
      "x-amzn-errortype": `${code}:http://internal.amazon.com/coral/com.amazon.example/`,
      "x-amzn-requestid": REQUEST_ID,
    },
  );
const json11 = (status: number, code: string, message: string): EmulatorReply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": REQUEST_ID },
  body: JSON.stringify({ __type: `com.amazonaws.example#${code}`, Message: message }),
});
const ec2 = (status: number, code: string, message: string): EmulatorReply => ({
  status,
  headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": REQUEST_ID },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`,
});
const query = (status: number, code: string, message: string): EmulatorReply => ({
  status,
  headers: { "content-type": "text/xml", "x-amzn-requestid": REQUEST_ID },
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Error>\n    <Type>Sender</Type>\n    <Code>${code}</Code>\n    <Message>${message}</Message>\n  </Error>\n  <RequestId>${REQUEST_ID}</RequestId>\n</ErrorResponse>\n`,
});

const ctx = () => ({ signal: AbortSignal.timeout(10_000) });

/** A call of each service that its client file makes, and how the service words errors. */
const CALLS: Readonly<Record<AwsService, { readonly shape: typeof restJson; readonly call: () => Promise<unknown> }>> =
  {
    eks: { shape: restJson, call: async () => (await openEksClient(session, PLACE)).describeCluster("prod", ctx()) },
    ec2: { shape: ec2, call: async () => (await openEc2Client(session, PLACE)).describeRegions(ctx()) },
    sts: { shape: query, call: async () => (await openStsClient(session, PLACE)).callerAccount(ctx()) },
    pricing: {
      shape: json11,
      call: async () => (await openPricingClient(session, "us-east-1")).hourlyPrices("AmazonEKS", {}, ctx()),
    },
    serviceQuotas: {
      shape: json11,
      call: async () => (await openQuotasClient(session, PLACE)).listServiceQuotas("ec2", undefined, ctx()),
    },
    organizations: {
      shape: json11,
      call: async () => (await openOrganizationsClient(session, PLACE)).listAccounts(undefined, ctx()),
    },
  };

/** A session of its own each time: a throttle slows the following calls of its policy down. */
function aSession(): Promise<AwsSession> {
  return openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "CANARY-SECRET" }),
    },
  );
}

async function failureOf(service: AwsService, reply: EmulatorReply): Promise<unknown> {
  answer = reply;
  session = await aSession();
  return CALLS[service].call().then(
    () => undefined,
    (error: unknown) => error,
  );
}

const ANOTHER_UPDATE = "Cluster prod already has an update in progress";
const SCP =
  "User: arn:aws:iam::111122223333:user/u is not authorized to perform: eks:ListClusters with an explicit deny in a service control policy";

/** code, HTTP status, service, message, kind: what each service really sends. */
const SAMPLES: readonly (readonly [string, number, AwsService, string, CloudErrorKind])[] = [
  ["ThrottlingException", 429, "eks", "Rate exceeded", "throttled"],
  ["ThrottlingException", 400, "pricing", "Rate exceeded", "throttled"],
  ["Throttling", 400, "sts", "Rate exceeded", "throttled"],
  ["ThrottledException", 400, "pricing", "Rate exceeded", "throttled"],
  ["RequestThrottled", 400, "pricing", "Rate exceeded", "throttled"],
  ["RequestThrottledException", 400, "pricing", "Rate exceeded", "throttled"],
  ["RequestLimitExceeded", 503, "ec2", "Request limit exceeded.", "throttled"],
  ["TooManyRequestsException", 429, "serviceQuotas", "Rate exceeded", "throttled"],
  ["SlowDown", 503, "ec2", "Please reduce your request rate", "throttled"],
  ["EC2ThrottledException", 400, "ec2", "Request limit exceeded.", "throttled"],
  ["LimitExceededException", 400, "eks", "Cluster limit exceeded", "quota"],
  ["LimitExceededException", 400, "organizations", "You have exceeded the allowed limit", "quota"],
  ["LimitExceededException", 400, "serviceQuotas", "You have exceeded the limit", "quota"],
  ["LimitExceededException", 400, "pricing", "Rate exceeded", "throttled"],
  ["QuotaExceededException", 400, "serviceQuotas", "You have exceeded your service quota.", "quota"],
  ["InstanceLimitExceeded", 400, "ec2", "You have requested more instances than your current limit allows", "quota"],
  ["ResourceLimitExceededException", 400, "eks", "Cluster limit exceeded for account.", "quota"],
  ["VpcLimitExceeded", 400, "ec2", "The maximum number of VPCs has been reached.", "quota"],
  ["AddressLimitExceeded", 400, "ec2", "The maximum number of addresses has been reached.", "quota"],
  [
    "VcpuLimitExceeded",
    400,
    "ec2",
    "You have requested more vCPU capacity than your current vCPU limit of 5 allows",
    "quota",
  ],
  ["VpnConnectionLimitExceeded", 400, "ec2", "The maximum number of VPN connections has been reached.", "quota"],
  ["MaxSpotInstanceCountExceeded", 400, "ec2", "Max spot instance count exceeded", "quota"],
  ["MaxFleetCountExceeded", 400, "ec2", "Max fleet count exceeded", "quota"],
  [
    "InsufficientFreeAddressesInSubnet",
    400,
    "ec2",
    "The specified subnet does not have enough free addresses",
    "quota",
  ],
  [
    "InsufficientInstanceCapacity",
    500,
    "ec2",
    "We currently do not have sufficient m5.large capacity in the zone",
    "capacity",
  ],
  ["UnfulfillableCapacity", 500, "ec2", "Unable to fulfill capacity", "capacity"],
  ["ReservationCapacityExceeded", 400, "ec2", "The reservation has no capacity left", "capacity"],
  ["InsufficientHostCapacity", 500, "ec2", "There is not enough capacity on the host", "capacity"],
  ["Unsupported", 400, "ec2", "Your requested instance type is not supported in your requested zone", "offering"],
  ["UnsupportedOperation", 400, "ec2", "The operation is not supported", "invalid"],
  [
    "UnsupportedAvailabilityZoneException",
    400,
    "eks",
    "Cannot create cluster because us-east-1e does not have capacity",
    "offering",
  ],
  ["ResourceInUseException", 409, "eks", "Cluster is in use", "busy"],
  ["DependencyViolation", 400, "ec2", "The vpc has dependencies and cannot be deleted.", "inUse"],
  ["InvalidRequestException", 400, "eks", ANOTHER_UPDATE, "busy"],
  ["InvalidRequestException", 400, "eks", "Unsupported Kubernetes version", "invalid"],
  ["InvalidStateException", 400, "eks", "The cluster is not in a valid state", "busy"],
  ["ResourcePropagationDelayException", 428, "eks", "Required service linked role is still propagating", "propagation"],
  [
    "InvalidParameterException",
    400,
    "eks",
    "Role with arn: x, could not be assumed because it does not exist or the trusted entity is not correct",
    "propagation",
  ],
  ["InvalidParameterException", 400, "eks", "The keyArn for encryptionConfig is invalid.", "invalid"],
  ["InvalidParameterValue", 400, "ec2", "Invalid region names: eu-moon-1", "invalid"],
  ["InvalidParameterException", 400, "eks", "roleArn, arn:aws:iam::123456789012:role/x, does not exist", "propagation"],
  ["InvalidParameterException", 400, "eks", "Error in role params", "propagation"],
  [
    "InvalidParameterException",
    400,
    "eks",
    "The provided role doesn't have the Amazon EKS Managed Policies associated with it",
    "propagation",
  ],
  [
    "InvalidParameterException",
    400,
    "eks",
    "IAM role's policy must include the `ec2:DescribeSubnets` action",
    "propagation",
  ],
  ["ClientException", 400, "eks", "The identifier is not valid", "invalid"],
  ["BadRequestException", 400, "eks", "Bad request", "invalid"],
  [
    "InvalidParameterCombination",
    400,
    "ec2",
    "The parameter MaxResults cannot be used with the parameter SubnetId",
    "invalid",
  ],
  ["MissingParameter", 400, "ec2", "The request must contain the parameter InstanceType", "invalid"],
  ["InvalidNextToken", 400, "ec2", "The token is not valid", "invalid"],
  ["InvalidNextTokenException", 400, "pricing", "The pagination token is invalid. Try again.", "invalid"],
  ["ExpiredNextTokenException", 400, "pricing", "The pagination token expired.", "invalid"],
  ["InvalidPaginationTokenException", 400, "serviceQuotas", "Invalid input was provided.", "invalid"],
  ["IllegalArgumentException", 400, "serviceQuotas", "Invalid input was provided.", "invalid"],
  ["InvalidInputException", 400, "organizations", "You provided an invalid value for NextToken.", "invalid"],
  ["UnsupportedAPIEndpointException", 400, "organizations", "This action isn't available in this Region.", "invalid"],
  ["ValidationException", 400, "pricing", "1 validation error detected", "invalid"],
  ["ValidationError", 400, "sts", "1 validation error detected", "invalid"],
  [
    "UnrecognizedClientException",
    403,
    "eks",
    "The security token included in the request is invalid.",
    "unauthenticated",
  ],
  ["InvalidClientTokenId", 403, "sts", "The security token included in the request is invalid", "unauthenticated"],
  ["ExpiredToken", 403, "sts", "The security token included in the request is expired", "unauthenticated"],
  ["ExpiredTokenException", 403, "eks", "The security token included in the request is expired", "unauthenticated"],
  ["RequestExpired", 400, "ec2", "Request has expired.", "unauthenticated"],
  [
    "InvalidSignatureException",
    403,
    "eks",
    "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
    "unauthenticated",
  ],
  ["SignatureDoesNotMatch", 403, "sts", "The request signature we calculated does not match", "unauthenticated"],
  ["MissingAuthenticationToken", 403, "sts", "Request is missing Authentication Token", "unauthenticated"],
  ["MissingAuthenticationTokenException", 403, "eks", "Missing Authentication Token", "unauthenticated"],
  [
    "IncompleteSignature",
    403,
    "sts",
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header",
    "unauthenticated",
  ],
  [
    "RequestTimeTooSkewed",
    403,
    "ec2",
    "The difference between the request time and the current time is too large.",
    "unauthenticated",
  ],
  ["AuthFailure", 401, "ec2", "AWS was not able to validate the provided access credentials", "unauthenticated"],
  ["OptInRequired", 401, "ec2", "You are not subscribed to this service.", "disabled"],
  ["RegionDisabledException", 403, "sts", "STS is not activated in this region for account:1.", "disabled"],
  [
    "SubscriptionRequiredException",
    400,
    "pricing",
    "The AWS Access Key Id needs a subscription for the service",
    "disabled",
  ],
  ["Blocked", 401, "ec2", "Your account is currently blocked. Contact aws-verification@amazon.com", "disabled"],
  ["PendingVerification", 401, "ec2", "Your account is currently being verified.", "disabled"],
  ["AccessDenied", 403, "sts", SCP, "policy"],
  [
    "AccessDeniedException",
    403,
    "eks",
    "User: x is not authorized to perform: eks:ListClusters because no service control policy allows the action",
    "policy",
  ],
  ["AccessDeniedException", 403, "eks", SCP, "policy"],
  ["UnauthorizedOperation", 403, "ec2", SCP, "policy"],
  ["AccessDenied", 403, "sts", "User is not authorized to perform: sts:AssumeRole", "denied"],
  ["AccessDeniedException", 400, "pricing", "User is not authorized to perform: pricing:GetProducts", "denied"],
  ["UnauthorizedOperation", 403, "ec2", "You are not authorized to perform this operation.", "denied"],
  ["NotAuthorized", 400, "sts", "You do not have permission to perform this action.", "denied"],
  [
    "AccessDeniedForDependencyException",
    400,
    "organizations",
    "The operation requires permissions that you don't have",
    "denied",
  ],
  ["DependencyAccessDeniedException", 400, "serviceQuotas", "You can't perform this action", "denied"],
  [
    "AWSOrganizationsNotInUseException",
    400,
    "organizations",
    "Your account is not a member of an organization.",
    "disabled",
  ],
  [
    "NoSuchResourceException",
    400,
    "serviceQuotas",
    "The request failed because the specified service does not exist.",
    "notFound",
  ],
  ["ResourceNotFoundException", 404, "eks", "No cluster found for name: prod.", "notFound"],
  ["NotFoundException", 404, "eks", "Not found", "notFound"],
  ["ServerException", 500, "eks", "The server failed", "transient"],
  ["RequestTimeout", 400, "ec2", "Your socket connection to the server was not read in time", "transient"],
  ["RequestTimeoutException", 400, "pricing", "The request timed out", "transient"],
  [
    "ServiceException",
    400,
    "organizations",
    "AWS Organizations can't complete your request because of an internal service error.",
    "transient",
  ],
  ["ServiceUnavailableException", 503, "eks", "Service is unavailable", "transient"],
  ["ServiceUnavailable", 503, "ec2", "The service is unavailable. Please try again shortly.", "transient"],
  ["Unavailable", 503, "ec2", "The server is overloaded", "transient"],
  ["InternalError", 500, "ec2", "An internal error has occurred", "transient"],
  ["InternalFailure", 500, "sts", "We encountered an internal error", "transient"],
  ["InternalErrorException", 500, "pricing", "An error on the server occurred", "transient"],
  ["InvalidSubnetID.NotFound", 400, "ec2", "The subnet ID 'subnet-1' does not exist", "notFound"],
  ["InvalidVpcID.Malformed", 400, "ec2", "Invalid id", "invalid"],
  ["InvalidGroup.Duplicate", 400, "ec2", "The security group already exists", "exists"],
  ["SomethingNewException", 400, "eks", "Nobody has seen this", "internal"],
  ["SomethingNewException", 502, "eks", "Nobody has seen this", "transient"],
  ["SomethingNewException", 429, "eks", "Nobody has seen this", "throttled"],
];

test.each(SAMPLES)("%s (HTTP %i of %s: %s) is %s", async (code, status, service, message, kind) => {
  const error = await failureOf(service, CALLS[service].shape(status, code, message));
  expect(isCloudError(error) ? [error.kind, error.code, error.status, error.requestId] : error).toEqual([
    kind,
    code,
    status,
    REQUEST_ID,
  ]);
  expect(String(error)).toContain(message);
  expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).stack)}`).not.toMatch(
    /CANARY|AKIAEXAMPLE/,
  );
});

/** Rows for calls that discovery does not make: an operation that mutates. */
const MUTATIONS: readonly (readonly [string, string, CloudErrorKind])[] = [
  ["ResourceInUseException", "CreateCluster", "exists"],
  ["ResourceInUseException", "DeleteCluster", "inUse"],
  ["ResourceInUseException", "UpdateClusterConfig", "busy"],
];

test.each(MUTATIONS)("%s on %s is %s", (code, action, kind) => {
  expect(toCloudError({ service: "eks", action, status: 409, code, message: "in use" }).kind).toBe(kind);
});

test("every row of the table has a sample that only it decides, and a source", () => {
  const decided = new Set<AwsErrorRow>();
  const samples = [
    ...SAMPLES.map(([code, status, service, message]) => ({ code, status, service, message, action: "Describe" })),
    ...MUTATIONS.map(([code, action]) => ({ code, action, status: 409, service: "eks", message: "in use" })),
  ];
  for (const { code, service, action, message } of samples) {
    const row = AWS_ERRORS.find(
      (one) =>
        one.code === code &&
        (one.services?.includes(service) ?? true) &&
        (one.actions?.some((prefix) => action.startsWith(prefix)) ?? true) &&
        (one.text?.test(message) ?? true),
    );
    if (row !== undefined) decided.add(row);
  }
  expect(AWS_ERRORS.filter((row) => !decided.has(row)).map(({ code, kind }) => `${code} ${kind}`)).toEqual([]);
  expect(AWS_ERRORS.every(({ source }) => source.length > 3)).toBe(true);
  expect(AWS_ERRORS.length).toBeGreaterThanOrEqual(35);
});

const MISMATCH = "The request signature we calculated does not match the signature you provided.";

test.each([
  ["eks", 403, "InvalidSignatureException"],
  ["pricing", 400, "InvalidSignatureException"],
  ["sts", 403, "SignatureDoesNotMatch"],
] as const)(
  "%s repeats the request it was sent, token and all, in a mismatch: that part is cut off",
  async (service, status, code) => {
    const echo =
      "\n\nThe Canonical String for this request should have been\n'GET\n/clusters\n\nhost:eks.eu-west-1.amazonaws.com\nx-amz-security-token:CANARY-TOKEN\n\nhost;x-amz-security-token\ne3b0'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256'";
    const error = await failureOf(service, CALLS[service].shape(status, code, `${MISMATCH}${echo}`));
    expect(error).toMatchObject({ kind: "unauthenticated", vendorMessage: MISMATCH });
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/CANARY|Canonical/);
  },
);

test.each(["0", "-3", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", ""])("a Retry-After of %j says nothing", (text) => {
  const $response = { statusCode: 503, headers: { "retry-after": text } };
  const busy = Object.assign(new Error("busy"), { $fault: "server", $response });
  expect(failureOfSdkError(busy, "eks", "ListClusters", Date.now())).not.toHaveProperty("retryAfterMs");
});

test.each([
  ["TypeError", {}],
  ["TypeError", { code: "ERR_INVALID_ARG_TYPE" }],
  ["RangeError", {}],
  ["Error", {}],
] as const)("a bug (%s, %j) is no failure of the network", (name, more) => {
  const bug = Object.assign(new Error("CANARY"), { name, ...more });
  expect(failureOfSdkError(bug, "eks", "ListClusters", 0)).toBeUndefined();
});

test("a bug in the way of a call is internal, is not repeated, and its text is not told", async () => {
  let sent = 0;
  const buggy = await openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { backoff: { baseMs: 1, capMs: 1 } }),
      credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" }),
      onRequest() {
        sent += 1;
        throw new TypeError("CANARY is not a function");
      },
    },
  );
  const error: unknown = await (
    await openEksClient(buggy, PLACE)
  )
    .describeCluster("prod", ctx())
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ kind: "internal", message: "aws eks DescribeCluster: TypeError" });
  expect(sent).toBe(1);
});

test("credentials that fail to come are told by the class of their failure, and nothing is sent", async () => {
  const before = server.requests.length;
  const keyless = await openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }),
      credentials: () => Promise.reject(new RangeError("CANARY")),
    },
  );
  const error: unknown = await (
    await openEksClient(keyless, PLACE)
  )
    .describeCluster("prod", ctx())
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ kind: "unauthenticated", message: expect.stringContaining("RangeError") });
  expect(String(error)).not.toContain("CANARY");
  expect(server.requests.length).toBe(before);
});

test("Retry-After is kept, in seconds and as a date", async () => {
  const throttle = restJson(429, "ThrottlingException", "Rate exceeded");
  const error = await failureOf("eks", { ...throttle, headers: { ...throttle.headers, "retry-after": "7" } });
  expect(isCloudError(error) ? error.retryAfterMs : error).toBe(7000);
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const dated = await failureOf("eks", { ...throttle, headers: { ...throttle.headers, "retry-after": inAMinute } });
  expect(isCloudError(dated) ? dated.retryAfterMs : 0).toBeGreaterThan(50_000);
});

test.each<readonly [AwsService, EmulatorReply]>([
  ["eks", { status: 502, headers: { "content-type": "text/html" }, body: "<html><body>Bad Gateway</body></html>" }],
  ["eks", { status: 200, headers: { "content-type": "application/json" }, body: '{"cluster": {"na' }],
  [
    "ec2",
    { status: 200, headers: { "content-type": "text/xml" }, body: "<DescribeRegionsResponse><regionInfo><item>" },
  ],
  ["ec2", { status: 200, headers: { "content-type": "text/html" }, body: "<html><body>Log in</body></html>" }],
  ["sts", { status: 200, headers: { "content-type": "text/html" }, body: "<html><body>Log in</body></html>" }],
  ["pricing", { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: "not json" }],
])("%s: an answer that is none (%j) is transient and says so", async (service, reply) => {
  const error = await failureOf(service, reply);
  expect(isCloudError(error) ? error.kind : error).toBe("transient");
  expect(String(error)).toMatch(/proxy/);
});

const plain = (status: number, body: string): EmulatorReply => ({
  status,
  headers: { "content-type": "text/plain", "retry-after": "100000" },
  body,
});

test.each<readonly [AwsService, EmulatorReply]>([
  ["sts", plain(429, "Too many requests")],
  ["ec2", plain(429, "")],
  ["eks", plain(429, "Too many requests")],
  ["pricing", plain(429, "")],
  [
    "sts",
    { ...plain(429, "<html>Slow down</html>"), headers: { "content-type": "text/html", "retry-after": "100000" } },
  ],
  [
    "eks",
    { ...plain(429, "<html>Slow down</html>"), headers: { "content-type": "text/html", "retry-after": "100000" } },
  ],
])("%s: whoever answers 429 (%j) asks for fewer calls, and when", async (service, reply) => {
  expect(await failureOf(service, reply)).toMatchObject({ kind: "throttled", retryAfterMs: 100_000_000 });
});

test.each<readonly [AwsService, EmulatorReply, CloudErrorKind, string]>([
  ["sts", query(200, "Throttling", "Rate exceeded"), "throttled", "Throttling"],
  ["ec2", ec2(200, "UnauthorizedOperation", "You are not authorized"), "denied", "UnauthorizedOperation"],
  ["ec2", ec2(200, "InternalError", "An error under a 200"), "transient", "InternalError"],
  ["eks", jsonReply(200, { __type: "ThrottlingException", message: "Rate" }), "throttled", "ThrottlingException"],
  ["eks", restJson(200, "AccessDeniedException", "no"), "denied", "AccessDeniedException"],
  ["pricing", json11(200, "ThrottlingException", "Rate exceeded"), "throttled", "ThrottlingException"],
  ["organizations", json11(200, "AccessDeniedException", "no"), "denied", "AccessDeniedException"],
])("%s: an error under a 200 (%j) is that error", async (service, reply, kind, code) => {
  expect(await failureOf(service, reply)).toMatchObject({ kind, code });
});

test("a good answer that names its shape is a good answer", async () => {
  const reply = jsonReply(200, { __type: "DescribeClusterResponse", cluster: { name: "prod" } });
  expect(await failureOf("eks", reply)).toBeUndefined();
});

const XML = { "content-type": "text/xml" };

test.each<readonly [AwsService, EmulatorReply]>([
  // A list that lost what makes it one must not read as "there is nothing".
  ["ec2", { status: 200, headers: XML, body: "<DescribeRegionsResponse></DescribeRegionsResponse>" }],
  ["sts", { status: 200, headers: XML, body: "<GetCallerIdentityResponse></GetCallerIdentityResponse>" }],
  ["eks", jsonReply(200, {})],
  ...(["eks", "ec2", "sts", "pricing", "serviceQuotas", "organizations"] as const).flatMap(
    (service): readonly (readonly [AwsService, EmulatorReply])[] => [
      [service, { status: 200, body: "" }],
      [service, { status: 204, body: "" }],
    ],
  ),
])("%s: a success without its content (%j) is transient, and asks for a proxy", async (service, reply) => {
  const error = await failureOf(service, reply);
  expect(error).toMatchObject({ kind: "transient" });
  expect(String(error)).toMatch(/proxy/);
});
