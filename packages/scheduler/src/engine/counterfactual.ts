import { createFixes } from "./fix-filters.ts";
import { createGains } from "./gain-replicas.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import type { Decision } from "./decision.ts";

/** What would have changed the answer for clusters without replicas. Every sentence was tried on the engine. */
export interface Counterfactuals {
  /** `position` is the cluster's among the candidates, if it is one. */
  of(cluster: number, position: number | undefined): string | null;
}

export function createCounterfactuals(
  decision: Decision,
  workloadIndex: number,
  traces: readonly WorkloadTrace[],
): Counterfactuals {
  const fixes = createFixes(decision, workloadIndex, traces);
  const gains = createGains(decision, workloadIndex, traces);
  return { of: (cluster, position) => (position === undefined ? fixes.of(cluster) : gains.of(cluster, position)) };
}
