import type { FilterExplanation } from "../engine/explanation.ts";
import { ADMIT, NEVER, UNFIT, type Filter } from "../framework/filter.ts";

/** Members that cannot be read now take nothing new (what they have is held); members given up are out. */
export const reachableFilter: Filter = {
  name: "Reachable",
  prepare({ request, columns }) {
    if (request.unreachable.size === 0 && request.lost.size === 0) return null;
    const { unreachable, lost } = request;
    return (index) => {
      const id = columns.clusters[index]?.cluster.id ?? "";
      if (lost.has(id)) return NEVER;
      return unreachable.has(id) ? UNFIT : ADMIT;
    };
  },
  explain({ request, columns }, index): FilterExplanation {
    const entry = columns.clusters[index];
    const id = entry?.cluster.id ?? "";
    if (request.lost.has(id))
      return { name: this.name, verdict: "never", reason: "given up by the user", brief: "given up" };
    if (!request.unreachable.has(id)) return { name: this.name, verdict: "fits", reason: "it answers" };
    // A member that answers but lets this token read nothing is as good as away; its nodes' refusal says so.
    const problem = entry?.cluster.problem?.message ?? entry?.capacityProblem;
    const why = problem === undefined ? "" : `: ${problem}`;
    return { name: this.name, verdict: "unfit", reason: `cannot be reached${why}`, brief: "unreachable" };
  },
};
