export { createScheduler, type PlanInput, type Scheduler, type SchedulerDeps } from "./create-scheduler.ts";
export type { DeleteReport } from "./cycle/delete-report.ts";
export type { DeleteInput } from "./cycle/delete-from-fleet.ts";
export type { ExplainedWorkload } from "./cycle/explain-workload.ts";
export { fieldManagerOf, isFleetName, type Ownership, workloadHash } from "./inventory/ownership.ts";
export { type Inventory, inventoryRef } from "./inventory/inventory.ts";
export type { ObjectName } from "./objects/object-name.ts";
export { formatRef, refKey } from "./objects/object-ref.ts";
export { formatOverrideFailure, type OverrideFailure } from "./override/override-failure.ts";
export { renderObject, type RenderInput, type RenderResult } from "./override/render.ts";
export type { ReplicaShare } from "./override/set-replicas.ts";
export type {
  KeepReason,
  KeptObject,
  ObjectRole,
  Plan,
  PlanBasis,
  PlanCost,
  PlannedObject,
  PlannedRemoval,
  PlannedWorkload,
} from "./plan/plan.ts";
export type { PlannedShortfall } from "./plan/planned-shortfall.ts";
export { documentsDigest } from "./plan/build-plan.ts";
export type {
  ApplyOutcome,
  ApplyReport,
  ClusterResult,
  ObjectOutcome,
  ObjectResult,
  Refusal,
  RefusalCode,
  RemovalOutcome,
  RemovalResult,
} from "./rollout/apply-report.ts";
export type { ObjectDiff } from "./rollout/diff-object.ts";
export { planRollout, type ClusterRollout, type Rollout, type RolloutUnit } from "./rollout/plan-rollout.ts";
export type { OnProgress, ProgressEvent } from "./rollout/progress.ts";
export type { RolloutOptions } from "./rollout/rollout-run.ts";
export { objectHealth } from "./status/object-health.ts";
export type {
  BroughtObjectStatus,
  ClusterObjectStatus,
  ClusterWorkloadStatus,
  Health,
  ObjectHealth,
  ReplicaCounts,
  FleetStatus,
  WorkloadStatus,
} from "./status/workload-status.ts";
export type {
  Decision,
  DecisionCost,
  Placement,
  Reservation,
  ScheduleRequest,
  Share,
  Shortfall,
  WorkloadDecision,
} from "./engine/decision.ts";
export { explainDecision, type ExplainOptions } from "./engine/explain.ts";
export type {
  CandidateExplanation,
  CandidateVerdict,
  Explanation,
  FilterExplanation,
  ScoreExplanation,
} from "./engine/explanation.ts";
export { schedule, type ScheduleOptions } from "./engine/schedule.ts";
export { BUILT_IN_SCORES, SCORE_MAX } from "./framework/score-max.ts";
export type { ClusterView, ScorePlugin } from "./framework/score-plugin.ts";
export { DEFAULT_PLACEMENT } from "./policy/default-placement.ts";
export { matchOverridePolicies, matchPlacementPolicy } from "./policy/match-policies.ts";
export type { NamedCluster } from "./policy/named-cluster.ts";
export type {
  ImageOverride,
  KeyValueOverride,
  OverridePolicy,
  OverrideRule,
  PatchOverride,
} from "./policy/override-policy.ts";
export type {
  PlacementPolicy,
  PlacementSpec,
  RegionPreference,
  ReplicaRules,
  SpreadBy,
  SpreadConstraint,
} from "./policy/placement-policy.ts";
export type { WorkloadSelector } from "./policy/workload-selector.ts";
export { clusterPricePerHour } from "./price/cluster-price.ts";
export { podSpecPath, podTemplatePath } from "./workload/pod-template.ts";
export { readWorkload, type WorkloadReading } from "./workload/read-workload.ts";
export type { WorkloadProblem } from "./workload/workload-problem.ts";
export type { Division, LabelSelectorTerm, PodNeeds, Workload } from "./workload/workload.ts";
