import { createFixes } from "./fix-filters.ts";
import { createGains } from "./gain-replicas.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import type { Decision } from "./decision.ts";
import type { DivisionBound } from "./division-reasons.ts";

/** What would have changed the answer for clusters without replicas. Every sentence was tried on the engine. */
export interface Counterfactuals {
  /** `position` is the cluster's among the candidates, if it is one; `bound` what of the policy gives it nothing. */
  of(cluster: number, position: number | undefined, bound: DivisionBound | undefined): string | null;
}

export function createCounterfactuals(
  decision: Decision,
  workloadIndex: number,
  trace: WorkloadTrace,
): Counterfactuals {
  const fixes = createFixes(decision, workloadIndex, trace);
  const gains = createGains(decision, workloadIndex, trace);
  return {
    of: (cluster, position, bound) => (position === undefined ? fixes.of(cluster) : gains.of(cluster, bound)),
  };
}
