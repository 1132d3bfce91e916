import { CloudError, type CloudErrorKind } from "@flotilla/core";

/** What came back over the wire, in whichever protocol the service speaks. */
export interface AwsFailure {
  /** `eks`, `ec2`, …: some codes mean another thing elsewhere. */
  readonly service: string;
  readonly action: string;
  /** HTTP status. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

/** One row: the first whose conditions all hold decides. */
export interface AwsErrorRow {
  readonly code: string;
  readonly kind: CloudErrorKind;
  readonly services?: readonly string[];
  /** Actions beginning with one of these. */
  readonly actions?: readonly string[];
  /** Only for overloaded codes, and always with a sample in the tests: text is the last key. */
  readonly text?: RegExp;
  /** Where the rule comes from. */
  readonly source: string;
}

const SDK_THROTTLES = "aws-sdk-js-v3 service-error-classification THROTTLING_ERROR_CODES";
const EKS_API = "Amazon EKS API reference, Common Errors and per-action errors";
const EC2_CODES = "Amazon EC2 API error codes";
const KARPENTER = "karpenter-provider-aws pkg/errors unfulfillableCapacityErrorCodes";
const TERRAFORM_ROLES = "terraform-provider-aws retries on role propagation";
const STS_API = "AWS STS API reference, Common Errors";
const QUOTAS_API = "Service Quotas API reference";
const ORGANIZATIONS_API = "AWS Organizations API reference, Common Errors";
const COMMON = "AWS common errors";
const SDK_TRANSIENTS = "aws-sdk-js-v3 service-error-classification TRANSIENT_ERROR_CODES";
/** "explicit deny in a …" and "no … allows": both are of the organization and not of the account. */
const SCP_TEXT = /(service|resource) control policy/i;
const ANOTHER_UPDATE = /(update|upgrade|operation).*(in progress|already)|currently (updating|upgrading)/i;
const ROLE_TEXT =
  /(role|principal).*(could not be assumed|cannot be assumed|does not exist|not authorized to be assumed)|error in role params|(does not|doesn't) have.*(managed polic|permission)|role's policy must include/i;

/** Order matters only between rows of one code: the ones with conditions stand first. */
export const AWS_ERRORS: readonly AwsErrorRow[] = [
  { code: "ThrottlingException", kind: "throttled", source: SDK_THROTTLES },
  { code: "Throttling", kind: "throttled", source: SDK_THROTTLES },
  { code: "ThrottledException", kind: "throttled", source: SDK_THROTTLES },
  { code: "RequestThrottled", kind: "throttled", source: SDK_THROTTLES },
  { code: "RequestThrottledException", kind: "throttled", source: SDK_THROTTLES },
  { code: "RequestLimitExceeded", kind: "throttled", source: EC2_CODES },
  { code: "TooManyRequestsException", kind: "throttled", source: SDK_THROTTLES },
  { code: "SlowDown", kind: "throttled", source: SDK_THROTTLES },
  { code: "EC2ThrottledException", kind: "throttled", source: SDK_THROTTLES },
  {
    code: "LimitExceededException",
    kind: "quota",
    services: ["eks", "iam", "organizations", "serviceQuotas"],
    source: "IAM and EKS API references: a resource limit, though the SDKs retry it as throttling",
  },
  { code: "LimitExceededException", kind: "throttled", source: SDK_THROTTLES },
  { code: "ResourceLimitExceededException", kind: "quota", services: ["eks"], source: EKS_API },
  { code: "VpcLimitExceeded", kind: "quota", source: EC2_CODES },
  { code: "AddressLimitExceeded", kind: "quota", source: EC2_CODES },
  { code: "VcpuLimitExceeded", kind: "quota", source: EC2_CODES },
  { code: "VpnConnectionLimitExceeded", kind: "quota", source: EC2_CODES },
  { code: "MaxSpotInstanceCountExceeded", kind: "quota", source: EC2_CODES },
  { code: "MaxFleetCountExceeded", kind: "quota", source: KARPENTER },
  { code: "InsufficientFreeAddressesInSubnet", kind: "quota", source: EC2_CODES },
  { code: "QuotaExceededException", kind: "quota", source: QUOTAS_API },
  { code: "InsufficientInstanceCapacity", kind: "capacity", source: KARPENTER },
  { code: "UnfulfillableCapacity", kind: "capacity", source: KARPENTER },
  { code: "ReservationCapacityExceeded", kind: "capacity", source: KARPENTER },
  { code: "InsufficientHostCapacity", kind: "capacity", source: EC2_CODES },
  { code: "Unsupported", kind: "offering", source: EC2_CODES },
  { code: "UnsupportedOperation", kind: "invalid", source: EC2_CODES },
  { code: "UnsupportedAvailabilityZoneException", kind: "offering", source: EKS_API },
  { code: "ResourceInUseException", kind: "exists", actions: ["Create"], source: EKS_API },
  { code: "ResourceInUseException", kind: "inUse", actions: ["Delete"], source: EKS_API },
  {
    code: "ResourceInUseException",
    kind: "busy",
    source: "containers-roadmap#1500: in use while the status is ACTIVE",
  },
  { code: "DependencyViolation", kind: "inUse", source: EC2_CODES },
  { code: "InvalidRequestException", kind: "busy", text: ANOTHER_UPDATE, source: EKS_API },
  { code: "InvalidStateException", kind: "busy", source: EKS_API },
  { code: "ResourcePropagationDelayException", kind: "propagation", source: EKS_API },
  { code: "InvalidParameterException", kind: "propagation", text: ROLE_TEXT, source: TERRAFORM_ROLES },
  { code: "InvalidParameterException", kind: "invalid", source: EKS_API },
  { code: "InvalidParameterValue", kind: "invalid", source: EC2_CODES },
  { code: "InvalidRequestException", kind: "invalid", source: EKS_API },
  { code: "ClientException", kind: "invalid", source: EKS_API },
  { code: "BadRequestException", kind: "invalid", source: EKS_API },
  { code: "InvalidParameterCombination", kind: "invalid", source: EC2_CODES },
  { code: "MissingParameter", kind: "invalid", source: EC2_CODES },
  { code: "InvalidNextToken", kind: "invalid", source: EC2_CODES },
  { code: "InvalidNextTokenException", kind: "invalid", source: "Pricing API reference" },
  { code: "ExpiredNextTokenException", kind: "invalid", source: "Pricing API reference" },
  { code: "InvalidPaginationTokenException", kind: "invalid", source: QUOTAS_API },
  { code: "IllegalArgumentException", kind: "invalid", source: QUOTAS_API },
  { code: "InvalidInputException", kind: "invalid", source: ORGANIZATIONS_API },
  { code: "UnsupportedAPIEndpointException", kind: "invalid", source: ORGANIZATIONS_API },
  { code: "ValidationException", kind: "invalid", source: "Smithy common validation error" },
  { code: "ValidationError", kind: "invalid", source: STS_API },
  { code: "UnrecognizedClientException", kind: "unauthenticated", source: COMMON },
  { code: "InvalidClientTokenId", kind: "unauthenticated", source: STS_API },
  { code: "ExpiredToken", kind: "unauthenticated", source: STS_API },
  { code: "ExpiredTokenException", kind: "unauthenticated", source: COMMON },
  { code: "RequestExpired", kind: "unauthenticated", source: "EC2 API error codes; a clock that is off" },
  { code: "InvalidSignatureException", kind: "unauthenticated", source: `${COMMON}; a clock that is off` },
  { code: "SignatureDoesNotMatch", kind: "unauthenticated", source: STS_API },
  { code: "MissingAuthenticationToken", kind: "unauthenticated", source: STS_API },
  { code: "MissingAuthenticationTokenException", kind: "unauthenticated", source: COMMON },
  { code: "IncompleteSignature", kind: "unauthenticated", source: COMMON },
  { code: "RequestTimeTooSkewed", kind: "unauthenticated", source: "aws-sdk-js-v3 CLOCK_SKEW_ERROR_CODES" },
  { code: "AuthFailure", kind: "unauthenticated", source: EC2_CODES },
  { code: "OptInRequired", kind: "disabled", source: EC2_CODES },
  { code: "RegionDisabledException", kind: "disabled", source: STS_API },
  { code: "SubscriptionRequiredException", kind: "disabled", source: COMMON },
  { code: "Blocked", kind: "disabled", source: EC2_CODES },
  { code: "PendingVerification", kind: "disabled", source: EC2_CODES },
  { code: "AccessDenied", kind: "policy", text: SCP_TEXT, source: "IAM user guide, access denied messages" },
  { code: "AccessDeniedException", kind: "policy", text: SCP_TEXT, source: "IAM user guide, access denied messages" },
  { code: "UnauthorizedOperation", kind: "policy", text: SCP_TEXT, source: "IAM user guide, access denied messages" },
  { code: "AccessDenied", kind: "denied", source: STS_API },
  { code: "AccessDeniedException", kind: "denied", source: COMMON },
  { code: "UnauthorizedOperation", kind: "denied", source: EC2_CODES },
  { code: "NotAuthorized", kind: "denied", source: COMMON },
  { code: "AccessDeniedForDependencyException", kind: "denied", source: ORGANIZATIONS_API },
  { code: "DependencyAccessDeniedException", kind: "denied", source: QUOTAS_API },
  { code: "AWSOrganizationsNotInUseException", kind: "disabled", source: ORGANIZATIONS_API },
  { code: "NoSuchResourceException", kind: "notFound", source: QUOTAS_API },
  { code: "ResourceNotFoundException", kind: "notFound", source: EKS_API },
  { code: "NotFoundException", kind: "notFound", source: EKS_API },
  { code: "ServerException", kind: "transient", source: EKS_API },
  { code: "RequestTimeout", kind: "transient", source: SDK_TRANSIENTS },
  { code: "RequestTimeoutException", kind: "transient", source: SDK_TRANSIENTS },
  { code: "ServiceException", kind: "transient", source: ORGANIZATIONS_API },
  { code: "ServiceUnavailableException", kind: "transient", source: EKS_API },
  { code: "ServiceUnavailable", kind: "transient", source: COMMON },
  { code: "Unavailable", kind: "transient", source: EC2_CODES },
  { code: "InternalError", kind: "transient", source: EC2_CODES },
  { code: "InternalFailure", kind: "transient", source: COMMON },
  { code: "InternalErrorException", kind: "transient", source: "Pricing API reference" },
];

const WHAT_TO_DO: Readonly<Partial<Record<CloudErrorKind, string>>> = {
  unauthenticated:
    "check that the credentials are present and not expired, that this machine's clock is right, and that the account has enabled the region",
  denied: "grant the action to the role (the files docs/permissions/aws-*.json list what is needed)",
  policy:
    "a policy of the organization forbids it; ask whoever owns the organization, or name the regions to look into (options.regions)",
  disabled: "enable the region or the service for the account",
  quota: "ask for a higher quota, or use another region",
  throttled: "it is repeated by itself; fewer callers of the same account help",
};

/** Translates a failure; what no row knows keeps its code and becomes `internal` (4xx) or `transient` (5xx). */
export function toCloudError(failure: AwsFailure): CloudError {
  const row = AWS_ERRORS.find((candidate) => applies(candidate, failure));
  const kind = row?.kind ?? kindOfStatus(failure);
  const todo = WHAT_TO_DO[kind];
  const said = failure.message === "" ? failure.code : `${failure.code}: ${failure.message}`;
  return new CloudError(kind, `${failure.service} ${failure.action}: ${said}${todo === undefined ? "" : `; ${todo}`}`, {
    code: failure.code,
    vendorMessage: failure.message,
    status: failure.status,
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  });
}

function applies(row: AwsErrorRow, failure: AwsFailure): boolean {
  // EC2 names what is missing inside the code: InvalidVpcID.NotFound, InvalidSubnetID.NotFound …
  return (
    row.code === failure.code &&
    (row.services === undefined || row.services.includes(failure.service)) &&
    (row.actions === undefined || row.actions.some((action) => failure.action.startsWith(action))) &&
    (row.text === undefined || row.text.test(failure.message))
  );
}

function kindOfStatus({ service, code, status }: AwsFailure): CloudErrorKind {
  if (code.endsWith(".NotFound")) return "notFound";
  // One code for each kind of thing that EC2 counts: InstanceLimitExceeded, SubnetLimitExceeded, NatGatewayLimitExceeded …
  if (service === "ec2" && code.endsWith("LimitExceeded")) return "quota";
  if (code.endsWith(".Duplicate") || code.endsWith(".InUse")) return "exists";
  if (code.endsWith(".Malformed")) return "invalid";
  if (status >= 500) return "transient";
  if (status === 429) return "throttled";
  if (status === 401) return "unauthenticated";
  if (status === 403) return "denied";
  if (status === 404) return "notFound";
  return "internal";
}
