export type {
  Cluster,
  ClusterEndpoint,
  ClusterNetwork,
  ClusterPhase,
  ClusterProblem,
  ClusterRef,
  NodePool,
  Purchase,
  Scope,
} from "./cluster/cluster.ts";
export type { ClusterCapacity, FreeNode, NodeShape } from "./cluster/cluster-capacity.ts";
export type {
  ClusterField,
  ClusterSelector,
  FieldRequirement,
  LabelRequirement,
  LabelSelector,
} from "./cluster/cluster-selector.ts";
export type { Taint, TaintEffect, Toleration } from "./cluster/taint.ts";
export { type ClusterIdParts, formatClusterId, parseClusterId } from "./cluster/cluster-id.ts";
export { compareIds } from "./cluster/compare-ids.ts";
export { compareVersions } from "./cluster/compare-versions.ts";
export { compileClusterSelector, matchesCluster } from "./cluster/matches-cluster.ts";
export { matchesField, type SelectableCluster } from "./cluster/matches-field.ts";
export { matchesLabels } from "./cluster/matches-labels.ts";
export { formatLabelSelector, parseLabelSelector } from "./cluster/label-selector-text.ts";
export { toleratesTaint, untoleratedTaint } from "./cluster/tolerates-taint.ts";
export type { ResourceAmounts } from "./quantity/resource-amounts.ts";
export { addAmounts, copiesThatFit, scaleAmounts, subtractAmounts, ZERO_AMOUNTS } from "./quantity/amounts.ts";
export { describeCpu, describeMemory, formatCpuMilli, formatMemoryBytes } from "./quantity/format-quantity.ts";
export { parseCount, parseCpuMilli, parseMemoryBytes } from "./quantity/parse-quantity.ts";
export { HOURS_PER_MONTH, type MicroUsd, type Price } from "./money/price.ts";
export type { ClusterPrices } from "./money/cluster-prices.ts";
export { formatUsd, known, monthly, parseUsd, unknownPrice } from "./money/usd.ts";
export { createPriceCache, type PriceCache, type PriceQuestion } from "./money/price-cache.ts";
export { createPriceList, type PriceListItem } from "./money/price-list.ts";
export { BYTES_PER_GB, type PriceTier, tieredCost } from "./money/tiers.ts";
export { canonicalJson } from "./json/canonical-json.ts";
export { digestOf } from "./json/digest-of.ts";
export { isJsonObject } from "./json/is-json-object.ts";
export { JSON_DEPTH_MAX } from "./json/json-depth.ts";
export { jsonEqual } from "./json/json-equal.ts";
export { applyJsonPatch, type MissingMode, type PatchResult } from "./patch/apply-json-patch.ts";
export { applyMergePatch } from "./patch/apply-merge-patch.ts";
export { diffJson, type JsonChange, toJsonPatch } from "./patch/diff-json.ts";
export type { JsonPatchOperation } from "./patch/json-patch-operation.ts";
export { formatPointer, parsePointer } from "./patch/json-pointer.ts";
export { CloudError, isCloudError, type CloudErrorKind, type CloudErrorOptions } from "./errors/cloud-error.ts";
export type { Document, DocumentPath, Position, Problem } from "./document/document.ts";
export { formatProblem, InputError, isInputError } from "./document/input-error.ts";
export type { Clock } from "./async/clock.ts";
export type { Random } from "./async/random.ts";
export { createLimit, type Limit } from "./async/limit.ts";
export { mapLimited } from "./async/map-limited.ts";
export { poll, type PollOptions, type PollStep } from "./async/poll.ts";
export { backoffMs, retry, type RetryOptions } from "./async/retry.ts";
export { createSeededRandom, systemRandom } from "./async/seeded-random.ts";
export { systemClock } from "./async/system-clock.ts";
export { isTimeout, type TimedCtx, withDeadline, withTimeout } from "./async/with-timeout.ts";
export type { Ctx } from "./provider/ctx.ts";
export type { CloudProvider } from "./provider/cloud-provider.ts";
export type { ProviderFactory, ProviderFactoryInput } from "./provider/provider-factory.ts";
export { isConfidentialUrl } from "./provider/is-confidential-url.ts";
export { isLoopbackHost } from "./provider/is-loopback-host.ts";
export { isSendableSecret } from "./provider/is-sendable-secret.ts";
export { optionProblems } from "./provider/option-problems.ts";
export type { DiscoverInput, Discovery, DiscoveryEvent } from "./provider/discovery.ts";
export type { Credentials, KubeAccess, KubeAuth, Token, TokenSource } from "./provider/credentials.ts";
export type { InstanceOffering, Offering, Prices } from "./provider/prices.ts";
export type { Quota, Quotas } from "./provider/quotas.ts";
export type { OperationHandle, Operations, OperationState, ResourceRef } from "./provider/operations.ts";
export type { ClusterFacts, Clusters, ClusterSpec, Intent, NodePoolSpec, Step } from "./provider/clusters.ts";
export type { Network, Networks } from "./provider/networks.ts";
export type { Vpn, VpnLink } from "./provider/vpn.ts";
export type { Call, CallPolicy } from "./provider/call-policy.ts";
export {
  BUCKET_LIMITS,
  CALL_ASKED_MS_MAX,
  CALL_ATTEMPTS_MAX,
  CALL_BACKOFF,
  type CallPolicyDeps,
  type CallPolicyOptions,
  createCallPolicy,
} from "./provider/call-policy/create-call-policy.ts";
export type { BucketLimits } from "./provider/call-policy/token-bucket.ts";
export { PROVIDER_CALL_CHANNEL, type ProviderCallFact, type ProviderCallName } from "./telemetry/provider-call.ts";
export type { KubeObject, ManagedFieldsEntry, ObjectMeta, ObjectRef, OwnerReference } from "./kube/kube-object.ts";
export type {
  ApplyOptions,
  ApplyResult,
  DeleteOptions,
  FieldConflict,
  KindInfo,
  KubeCluster,
  ListInput,
  ListPage,
  WatchEvent,
  WatchInput,
  WriteOptions,
} from "./kube/kube-cluster.ts";
export { nearestName } from "./document/nearest-name.ts";
export { problemsFromIssues, type ProblemSource } from "./document/problems-from-issues.ts";
export type { SchemaIssue } from "./document/schema-issue.ts";
export { failureOf } from "./errors/failure-of.ts";
export { untilAborted } from "./async/until-aborted.ts";
export { streamOf } from "./async/stream-of.ts";
export { discoverFleet, type DiscoverFleetDeps } from "./fleet/discover-fleet.ts";
export {
  type DiscoverFleetInput,
  type FleetEvent,
  PROVIDER_TIMEOUT_MS,
  PROVIDERS_AT_A_TIME,
} from "./fleet/discover-fleet-input.ts";
export { EVERY_SCOPE } from "./fleet/discover-provider.ts";
export { observeFleet } from "./fleet/observe-fleet.ts";
export {
  CLUSTER_TIMEOUT_MS,
  CLUSTERS_AT_A_TIME,
  type ObserveFleetDeps,
  type ObserveFleetOptions,
} from "./fleet/observe-fleet-deps.ts";
export type { FleetObservation, Gap } from "./fleet/fleet-observation.ts";
export type { ClusterSnapshot, FleetSnapshot } from "./fleet/fleet-snapshot.ts";
export {
  RECORD_BYTES_MAX,
  type PutResult,
  type RecordChange,
  type RecordStore,
  type StoredRecord,
} from "./store/record-store.ts";
export { SharedTask } from "./async/shared-task.ts";
export { createMintedTokens, type MintedTokensInput } from "./provider/minted-tokens.ts";
