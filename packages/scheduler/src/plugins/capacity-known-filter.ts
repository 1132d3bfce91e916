import type { FilterExplanation } from "../engine/explanation.ts";
import { ADMIT, KEEP, UNFIT, type Filter } from "../framework/filter.ts";

/** The policy's `unknownCapacity`: a cluster whose nodes could not be read takes nothing new, unless the policy says `Neutral`. */
export const capacityKnownFilter: Filter = {
  name: "CapacityKnown",
  prepare({ columns, spec, current, needsNodes }) {
    if (!needsNodes) return null;
    if (spec.unknownCapacity === "Neutral" || columns.capacityKnown.every((known) => known === 1)) return null;
    return (index) => {
      if (columns.capacityKnown[index] === 1) return ADMIT;
      return (current[index] ?? 0) > 0 ? KEEP : UNFIT;
    };
  },
  explain({ columns, spec, current, needsNodes }, index): FilterExplanation {
    if (!needsNodes) return { name: this.name, verdict: "fits", reason: "it needs no node" };
    if (columns.capacityKnown[index] === 1) return { name: this.name, verdict: "fits", reason: "capacity is known" };
    const entry = columns.clusters[index];
    const why = entry?.capacityProblem ?? entry?.cluster.problem?.message;
    const reason = `capacity unknown${why === undefined ? "" : `: ${why}`}`;
    if (spec.unknownCapacity === "Neutral") {
      return { name: this.name, verdict: "fits", reason: `${reason}; the policy takes it as it is` };
    }
    const own = current[index] ?? 0;
    return own > 0
      ? { name: this.name, verdict: "fits", reason: `${reason}; keeps its ${own}, takes no more` }
      : { name: this.name, verdict: "unfit", reason, brief: "unknown capacity" };
  },
};
