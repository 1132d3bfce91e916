import type { ClusterSelector, Toleration } from "@flotilla/core";
import type { WorkloadSelector } from "./workload-selector.ts";

/** `PlacementPolicy` (selects in its own namespace) and `ClusterPlacementPolicy` (everywhere), as written; see `parsePolicies`. */
export interface PlacementPolicy {
  readonly kind: "PlacementPolicy" | "ClusterPlacementPolicy";
  readonly name: string;
  readonly namespace?: string;
  readonly spec: PlacementSpec;
}

/** Absent parts keep their defaults; `DEFAULT_PLACEMENT` states them. */
export interface PlacementSpec {
  readonly workloads: readonly WorkloadSelector[];
  readonly priority: number;
  readonly clusters: ClusterSelector;
  readonly tolerations: readonly Toleration[];
  readonly spread: readonly SpreadConstraint[];
  readonly replicas: ReplicaRules;
  /** Weights ≥ 0 of named scores; `capacity`, `cost` and `region` are built in, the rest must be registered. */
  readonly score: Readonly<Record<string, number>>;
  readonly regions: RegionPreference;
  readonly unknownPrice: "Exclude" | "Worst" | "Neutral" | "Fail";
  readonly unknownCapacity: "Exclude" | "Neutral";
}

export type SpreadBy = "provider" | "region" | "zone" | "cluster" | `label:${string}`;

export interface SpreadConstraint {
  readonly by: SpreadBy;
  readonly minGroups?: number;
  readonly maxGroups?: number;
  /** Largest share of the replicas in one group, in percent; rounds down, at least 1 replica. */
  readonly maxSharePercent?: number;
}

export interface ReplicaRules {
  readonly mode: "Divide" | "Duplicate";
  readonly divideBy: "Score" | "Weights" | "Capacity" | "Cost" | "Pack";
  readonly weights: readonly { readonly clusters: ClusterSelector; readonly weight: number }[];
  readonly limits: readonly { readonly clusters: ClusterSelector; readonly min?: number; readonly max?: number }[];
  /** `false`: all replicas or none. */
  readonly partial: boolean;
}

export interface RegionPreference {
  /** Earlier is better. */
  readonly prefer?: readonly string[];
  /** Nearer (great circle between the regions) is better. */
  readonly near?: { readonly region: string };
}
