import type { LabelSelector } from "@flotilla/core";

/** Which workloads: by name, by labels, or the whole kind. A policy in a namespace selects only there. */
export interface WorkloadSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: LabelSelector;
}
