import type { CloudErrorKind } from "@flotilla/core";
import { ARM_SCOPE } from "./audiences.ts";

/** One row: the first whose conditions all hold decides. */
export interface AzureErrorRow {
  readonly code: string;
  readonly kind: CloudErrorKind;
  readonly status?: number;
  /** Only for overloaded codes, and always with a sample in the tests: text is the last key. */
  readonly text?: RegExp;
  /** What to do about this one, where it is not what to do about its kind. */
  readonly todo?: string;
  /** Where the rule comes from. */
  readonly source: string;
}

const ARM_ERRORS = "Azure Resource Manager, common deployment errors";
const ARM_THROTTLES = "Azure Resource Manager, throttling of requests";
const AKS_ERRORS = "Azure Kubernetes Service, error codes of the troubleshooting guide";
const AKS_QUOTAS = "Azure Kubernetes Service, quotas and regional limits";
const COMPUTE_ERRORS = "Azure Compute, allocation and quota errors";
const KARPENTER = "karpenter-provider-azure pkg/providers/instance offering errors";
const CAPZ = "cluster-api-provider-azure pkg azure error handling";
const RECORDED = "recorded answers of the real service";
const REPORTED = "answers of the real service in public issue threads";
const ENTRA = "Azure Resource Manager, authentication errors";
const NETWORK_ERRORS = "Azure Virtual Network, REST error codes";
const QUOTA_TEXT = /quota|exceeding approved|exceeds? the (maximum|limit)/i;
/** Something else is being done to the same thing: what tells a conflict that passes from one that stays. */
export const BUSY_TEXT: RegExp =
  /in[ -]progress|another operation|is being (created|deleted|updated)|wait for it to finish/i;

/**
 * What each code of Azure means; compared without case and without the prefix `ErrCode_`. The first row that fits decides, so
 * the overloaded codes come with their texts first.
 */
export const AZURE_ERRORS: readonly AzureErrorRow[] = [
  { code: "OperationNotAllowed", kind: "throttled", status: 429, source: ARM_THROTTLES },
  { code: "OperationNotAllowed", kind: "quota", text: QUOTA_TEXT, source: COMPUTE_ERRORS },
  { code: "OperationNotAllowed", kind: "busy", text: BUSY_TEXT, source: RECORDED },
  { code: "OperationNotAllowed", kind: "invalid", source: AKS_ERRORS },
  { code: "TooManyRequests", kind: "throttled", source: ARM_THROTTLES },
  { code: "SubscriptionRequestsThrottled", kind: "throttled", source: ARM_THROTTLES },
  { code: "ResourceCollectionRequestsThrottled", kind: "throttled", source: ARM_THROTTLES },
  { code: "Throttled", kind: "throttled", source: AKS_ERRORS },
  { code: "RequestThrottled", kind: "throttled", source: AKS_ERRORS },
  { code: "QuotaExceeded", kind: "quota", source: COMPUTE_ERRORS },
  { code: "SKUFamilyQuotaExceeded", kind: "quota", source: KARPENTER },
  { code: "PublicIPCountLimitReached", kind: "quota", source: NETWORK_ERRORS },
  { code: "SubnetIsFull", kind: "quota", source: NETWORK_ERRORS },
  { code: "InsufficientSubnetSize", kind: "quota", source: AKS_ERRORS },
  { code: "ResourceQuotaExceeded", kind: "quota", source: ARM_ERRORS },
  { code: "InsufficientVCPUQuota", kind: "quota", source: AKS_ERRORS },
  { code: "ManagedClusterCountExceedsQuotaLimit", kind: "quota", source: AKS_QUOTAS },
  { code: "SkuNotAvailable", kind: "offering", source: KARPENTER },
  { code: "NotAvailableForSubscription", kind: "offering", source: COMPUTE_ERRORS },
  { code: "LocationNotAvailableForResourceType", kind: "offering", source: ARM_ERRORS },
  { code: "AvailabilityZoneNotSupported", kind: "offering", source: AKS_ERRORS },
  { code: "VMSizeNotSupported", kind: "offering", source: REPORTED },
  { code: "AllocationFailed", kind: "capacity", source: KARPENTER },
  { code: "ZonalAllocationFailed", kind: "capacity", source: KARPENTER },
  { code: "OverconstrainedAllocationRequest", kind: "capacity", source: KARPENTER },
  { code: "OverconstrainedZonalAllocationRequest", kind: "capacity", source: KARPENTER },
  // The name until 2025, and the one since.
  { code: "AKSCapacityError", kind: "capacity", source: AKS_ERRORS },
  { code: "AKSCapacityHeavyUsage", kind: "capacity", source: AKS_ERRORS },
  { code: "EtagMismatch", kind: "busy", text: BUSY_TEXT, source: RECORDED },
  { code: "EtagMismatch", kind: "stale", source: AKS_ERRORS },
  { code: "PreconditionFailed", kind: "stale", source: ARM_ERRORS },
  { code: "AnotherOperationInProgress", kind: "busy", source: NETWORK_ERRORS },
  { code: "RetryableErrorDueToAnotherOperation", kind: "busy", source: RECORDED },
  { code: "ReferencedResourceNotProvisioned", kind: "busy", source: RECORDED },
  { code: "OperationPreempted", kind: "busy", source: AKS_ERRORS },
  { code: "AKSOperationPreempted", kind: "busy", source: AKS_ERRORS },
  { code: "AKSOperationPreemptedByDelete", kind: "busy", source: AKS_ERRORS },
  { code: "ResourceGroupBeingDeleted", kind: "busy", source: ARM_ERRORS },
  { code: "InProgress", kind: "busy", source: CAPZ },
  { code: "NotLatestOperation", kind: "busy", source: RECORDED },
  { code: "RequestDisallowedByPolicy", kind: "policy", source: ARM_ERRORS },
  { code: "RequestDisallowedByAzure", kind: "policy", source: ARM_ERRORS },
  { code: "ScopeLocked", kind: "policy", source: ARM_ERRORS },
  { code: "AuthorizationFailed", kind: "denied", source: ARM_ERRORS },
  { code: "LinkedAuthorizationFailed", kind: "denied", source: ARM_ERRORS },
  { code: "Forbidden", kind: "denied", source: AKS_ERRORS },
  { code: "AuthenticationFailed", kind: "unauthenticated", source: ENTRA },
  { code: "ExpiredAuthenticationToken", kind: "unauthenticated", source: ENTRA },
  { code: "InvalidAuthenticationToken", kind: "unauthenticated", source: ENTRA },
  { code: "InvalidAuthenticationTokenTenant", kind: "unauthenticated", source: ENTRA },
  {
    code: "InvalidAuthenticationTokenAudience",
    kind: "unauthenticated",
    todo: `this is a token for another service: mint it with the scope ${ARM_SCOPE}`,
    source: ENTRA,
  },
  { code: "MissingSubscriptionRegistration", kind: "disabled", source: ARM_ERRORS },
  { code: "ReadOnlyDisabledSubscription", kind: "disabled", source: ARM_ERRORS },
  { code: "SubscriptionNotFound", kind: "disabled", source: ARM_ERRORS },
  { code: "SubscriptionNotRegistered", kind: "disabled", source: AKS_ERRORS },
  { code: "ResourceNotFound", kind: "notFound", source: RECORDED },
  { code: "ResourceGroupNotFound", kind: "notFound", source: RECORDED },
  { code: "ParentResourceNotFound", kind: "notFound", source: ARM_ERRORS },
  { code: "NotFound", kind: "notFound", source: RECORDED },
  { code: "InUseSubnetCannotBeDeleted", kind: "inUse", source: NETWORK_ERRORS },
  { code: "CannotDeleteResource", kind: "inUse", source: ARM_ERRORS },
  { code: "NetcfgSubnetRangesOverlap", kind: "invalid", source: NETWORK_ERRORS },
  { code: "InvalidParameter", kind: "invalid", source: AKS_ERRORS },
  { code: "NoRegisteredProviderFound", kind: "invalid", source: ARM_ERRORS },
  { code: "MissingApiVersionParameter", kind: "invalid", source: ARM_ERRORS },
  { code: "InvalidApiVersionParameter", kind: "invalid", source: ARM_ERRORS },
  { code: "InvalidResourceType", kind: "invalid", source: ARM_ERRORS },
  { code: "InvalidSubscriptionId", kind: "invalid", source: ARM_ERRORS },
  { code: "K8sVersionNotSupported", kind: "invalid", source: AKS_ERRORS },
  { code: "ResourceExists", kind: "exists", source: ARM_ERRORS },
  { code: "VmssGatewayDeploymentFailed", kind: "transient", source: RECORDED },
  { code: "InternalServerError", kind: "transient", source: ARM_ERRORS },
  { code: "InternalOperationError", kind: "transient", source: AKS_ERRORS },
  { code: "ServerTimeout", kind: "transient", source: ARM_ERRORS },
  { code: "GatewayTimeout", kind: "transient", source: ARM_ERRORS },
  { code: "ServiceUnavailable", kind: "transient", source: ARM_ERRORS },
  { code: "UnreadableAnswer", kind: "transient", source: "a proxy's page or a cut answer" },
  {
    code: "Redirected",
    kind: "policy",
    todo: "check the endpoint in the options, and whether a proxy wants a login",
    source: "redirects are not followed: they could carry a token elsewhere",
  },
];
