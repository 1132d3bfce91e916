import type { ResourceAmounts } from "../quantity/resource-amounts.ts";
import type { Purchase } from "./cluster.ts";
import type { Taint } from "./taint.ts";

/** What a cluster has and what its running pods ask for, node by node, at one moment. */
export interface ClusterCapacity {
  /** Sum over ready, schedulable nodes. */
  readonly allocatable: ResourceAmounts;
  /** Sum of the requests of pods bound to those nodes that have not finished. */
  readonly requested: ResourceAmounts;
  /** All nodes, schedulable or not. */
  readonly nodes: number;
  readonly shapes: readonly NodeShape[];
  /** One entry per ready, schedulable node: what is left on it. `shape` indexes `shapes`. */
  readonly freeNodes: readonly FreeNode[];
  readonly takenAtMs: number;
}

/** Nodes alike in everything that decides and prices a placement; `count` of them are ready and schedulable. */
export interface NodeShape {
  /** Whose machines these are, from the nodes' providerID (`aws`, `gcp`, `azure`, …); absent where it does not tell. */
  readonly provider?: string;
  readonly instanceType: string | null;
  readonly region: string | null;
  readonly zone: string | null;
  readonly purchase: Purchase;
  readonly count: number;
  readonly allocatable: ResourceAmounts;
  /** Without labels that differ per node, such as `kubernetes.io/hostname`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Room on one node; negative where it is overcommitted. */
export interface FreeNode {
  readonly shape: number;
  readonly free: ResourceAmounts;
}
