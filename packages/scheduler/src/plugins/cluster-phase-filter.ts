import type { ClusterPhase } from "@flotilla/core";
import type { FilterExplanation } from "../engine/explanation.ts";
import { ADMIT, NEVER, UNFIT, type Admission, type Filter } from "../framework/filter.ts";

/** Clusters that are not there yet, not there any more, or not running. */
export const clusterPhaseFilter: Filter = {
  name: "ClusterPhase",
  prepare({ columns }) {
    const byPhase = Uint8Array.from(columns.phases, admissionOf);
    if (byPhase.every((admission) => admission === ADMIT)) return null;
    return (index) => (byPhase[columns.phase[index] ?? 0] ?? ADMIT) as Admission; // only admissions were put in
  },
  explain({ columns }, index): FilterExplanation {
    const phase = columns.clusters[index]?.cluster.phase ?? "unknown";
    const admission = admissionOf(phase);
    const verdict = admission === ADMIT ? "fits" : admission === NEVER ? "never" : "unfit";
    const told = { name: this.name, verdict, reason: `the cluster is ${phase}` } as const;
    return admission === ADMIT ? told : { ...told, brief: phase };
  },
};

function admissionOf(phase: ClusterPhase): Admission {
  switch (phase) {
    case "ready":
    case "updating":
    // It runs, with less than it should; what it has left is in its capacity.
    case "degraded":
    // A kubeconfig member has no phase of its own; whether it answers is another filter's question.
    case "unknown":
      return ADMIT;
    case "creating":
    case "failed":
    case "stopped":
      return UNFIT;
    case "deleting":
      return NEVER;
    default:
      return phase satisfies never;
  }
}
