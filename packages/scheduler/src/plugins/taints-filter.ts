import { untoleratedTaint, type Taint, type Toleration } from "@flotilla/core";
import type { FilterExplanation } from "../engine/explanation.ts";
import { ADMIT, KEEP, UNFIT, type Admission, type Filter } from "../framework/filter.ts";
import { formatTaint } from "../framework/format-taint.ts";

/**
 * Taints of clusters against the policy's tolerations, with the meaning they have for nodes: `NoSchedule` keeps new replicas
 * away and leaves running ones alone, `NoExecute` sends them away too, `PreferNoSchedule` only asks.
 */
export const taintsFilter: Filter = {
  name: "Taints",
  prepare({ columns, spec, current }) {
    const bySet = Uint8Array.from(columns.distinctTaints, (taints) => strictness(spec.tolerations, taints));
    if (bySet.every((admission) => admission === ADMIT)) return null;
    return (index) => {
      const admission = bySet[columns.taintSet[index] ?? 0] ?? ADMIT;
      if (admission === ADMIT) return ADMIT;
      return admission === KEEP && (current[index] ?? 0) > 0 ? KEEP : UNFIT;
    };
  },
  explain({ columns, spec, current }, index): FilterExplanation {
    const taint = untoleratedTaint(spec.tolerations, columns.clusters[index]?.cluster.taints ?? []);
    if (taint === undefined) return { name: this.name, verdict: "fits", reason: "no untolerated taint" };
    const reason = `untolerated taint ${formatTaint(taint)}`;
    const keeps = strictness(spec.tolerations, columns.clusters[index]?.cluster.taints ?? []) === KEEP;
    const own = current[index] ?? 0;
    return keeps && own > 0
      ? { name: this.name, verdict: "fits", reason: `${reason}: keeps its ${own}, takes no more` }
      : { name: this.name, verdict: "unfit", reason, brief: `untolerated taint {${formatTaint(taint)}}` };
  },
};

function strictness(tolerations: readonly Toleration[], taints: readonly Taint[]): Admission {
  const execute = taints.filter((taint) => taint.effect === "NoExecute");
  if (untoleratedTaint(tolerations, execute) !== undefined) return UNFIT;
  return untoleratedTaint(tolerations, taints) === undefined ? ADMIT : KEEP;
}
