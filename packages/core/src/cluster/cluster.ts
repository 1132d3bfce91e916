import type { CloudErrorKind } from "../errors/cloud-error.ts";
import type { Taint } from "./taint.ts";

/** An account (AWS), a project (Google Cloud), `subscription/resource-group` (Azure) or a provider's name (kubeconfig). */
export type Scope = string;

/** Names one cluster for ever: see `formatClusterId` for the grammar. */
export interface ClusterRef {
  readonly id: string;
}

/** Where a cluster or a pool is in its life; `unknown` where nobody could tell. */
export type ClusterPhase =
  "creating" | "ready" | "updating" | "deleting" | "degraded" | "failed" | "stopped" | "unknown";

/** Why a cluster that is known by name could not be read. It stays in the list, so that nobody takes it for gone. */
export interface ClusterProblem {
  readonly kind: CloudErrorKind;
  readonly message: string;
}

/** A member as its cloud and its own API tell. Immutable; absent facts are `null`, never guessed. */
export interface Cluster extends ClusterRef {
  /** Whose machines these are (`aws`, `gcp`, `azure`, …): for a kubeconfig member read from its nodes, so `provider` can differ from the id's. */
  readonly provider: string;
  readonly scope: Scope;
  readonly region: string | null;
  /** Sorted. Together they are the cluster's zone group. */
  readonly zones: readonly string[];
  readonly name: string;
  /** Unique DNS-1123 name for standards that need one. */
  readonly alias?: string;
  readonly phase: ClusterPhase;
  readonly kubernetesVersion: string | null;
  readonly endpoint: ClusterEndpoint | null;
  readonly network: ClusterNetwork;
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the cluster as a whole: a placement policy tolerates them, or the cluster is left out. */
  readonly taints: readonly Taint[];
  readonly nodePools: readonly NodePool[];
  /** UID of the `kube-system` namespace: two ids with the same UID are one member. */
  readonly uid?: string;
  /** Other ids under which this member was found. */
  readonly aliasIds?: readonly string[];
  readonly oidcIssuer?: string;
  /** `true` where the cloud runs the nodes itself (EKS Auto Mode, GKE Autopilot, AKS Automatic). */
  readonly serverless?: boolean;
  readonly supportTier?: string;
  readonly deletionProtection?: boolean;
  readonly createdAtMs?: number;
  readonly problem?: ClusterProblem;
  /** What a person should know about it, e.g. that its certificate is not checked. */
  readonly warnings?: readonly string[];
  /** The vendor's object, for people. Code never reads it. */
  readonly raw?: unknown;
}

/** The API server's address and from where it can be reached. */
export interface ClusterEndpoint {
  readonly url: string;
  readonly access: "public" | "private" | "publicAndPrivate" | "unknown";
}

/** The cluster's network and address ranges, in CIDR notation; empty where not known. */
export interface ClusterNetwork {
  readonly id: string | null;
  readonly cidrs: readonly string[];
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
}

/** Sizes are totals over all zones, whatever the cloud counts in. */
export interface NodePool {
  readonly name: string;
  readonly phase: ClusterPhase;
  readonly instanceTypes: readonly string[];
  readonly nodes: number | null;
  readonly nodesMin: number | null;
  readonly nodesMax: number | null;
  readonly purchase: Purchase;
  readonly zones: readonly string[];
  readonly kubernetesVersion: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** How a machine is paid for: spot ones can be taken away. */
export type Purchase = "onDemand" | "spot" | "unknown";
