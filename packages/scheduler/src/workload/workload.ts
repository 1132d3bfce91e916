import type { ObjectRef, ResourceAmounts, Toleration } from "@flotilla/core";

/** What the engine needs to know of a workload: how many pods, and what one of them asks for. */
export interface Workload {
  readonly ref: ObjectRef;
  readonly labels: Readonly<Record<string, string>>;
  /** Replicas of a Deployment, parallelism of a Job or of one run of a CronJob, 1 for a bare Pod, 1 per cluster for a DaemonSet. */
  readonly replicas: number;
  readonly pod: PodNeeds;
  /** How mode `Divide` treats it. Absent: `Replicas`. */
  readonly division?: Division;
}

/**
 * `Replicas`: the count is divided. `Single`: the whole object goes to one cluster (bare Pod, CronJob). `PerCluster`: one copy
 * on every chosen cluster, whose replicas count as 1 (DaemonSet).
 */
export type Division = "Replicas" | "Single" | "PerCluster";

/** Pod-level constraints as the Kubernetes scheduler of a member would read them. */
export interface PodNeeds {
  /** Effective requests of one pod: containers summed, init containers by maximum, overhead added; `pods` is 1. */
  readonly requests: ResourceAmounts;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** `requiredDuringSchedulingIgnoredDuringExecution` node affinity: any term may match. */
  readonly nodeTerms: readonly LabelSelectorTerm[];
  readonly tolerations: readonly Toleration[];
}

export interface LabelSelectorTerm {
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
    readonly values: readonly string[];
  }[];
}
