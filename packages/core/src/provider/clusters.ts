import type { Cluster, ClusterRef, Scope } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";
import type { OperationHandle } from "./operations.ts";
import type { Quota } from "./quotas.ts";

/** Lifecycle of clusters and their node pools (pools are part of a cluster's spec: AKS cannot create a cluster without one). */
export interface Clusters {
  /** @throws CloudError `notFound` */
  get(ref: ClusterRef, ctx: Ctx): Promise<Cluster>;
  /** Versions, offerings and quotas: all that `plan` must know. Reads only. */
  facts(desired: ClusterSpec, ctx: Ctx): Promise<ClusterFacts>;
  /** Pure. The steps from observed to desired, each of a single kind and with its reason. */
  plan(input: {
    readonly desired: ClusterSpec;
    readonly observed?: Cluster;
    readonly facts: ClusterFacts;
  }): readonly Step[];
  /** Starts one step and returns at once. Repeating it with the same intent key has no second effect. */
  start(step: Step, intent: Intent, ctx: Ctx): Promise<OperationHandle>;
}

/** A cluster as wanted. What is absent is the cloud's default. */
export interface ClusterSpec {
  readonly provider: string;
  readonly scope: Scope;
  readonly region: string;
  readonly name: string;
  readonly kubernetesVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly nodePools: readonly NodePoolSpec[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A node pool as wanted. */
export interface NodePoolSpec {
  readonly name: string;
  /** Total over all zones. */
  readonly nodes: number;
  readonly instanceType?: string;
  readonly purchase?: "onDemand" | "spot";
}

/** All that planning must know and may not ask: read once, before. */
export interface ClusterFacts {
  readonly versions: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly quotas: readonly Quota[];
}

/** One act on the way from what is to what is wanted. `dependsOn` names the steps that must be done before. */
export interface Step {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly effect: string;
  readonly reason: string;
  /** The resource that this step destroys to make room: refused unless allowed. */
  readonly replaces?: string;
}

/** The journalled wish to mutate a cloud; `key` is deterministic and goes with the call. */
export interface Intent {
  readonly key: string;
  readonly stepId: string;
}
