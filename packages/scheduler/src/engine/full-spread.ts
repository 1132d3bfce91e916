import type { SpreadConstraint } from "../policy/placement-policy.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import { spreadColumn } from "./spread-column.ts";

/** The greatest number of groups that left a candidate out, in words, by position; `undefined` for the chosen ones. */
export function createFullSpreads({ evaluation, split }: WorkloadTrace): (position: number) => string | undefined {
  const { candidates, context } = evaluation;
  const { chosen } = split;
  if (chosen === undefined) return () => undefined;
  const used = coarseFirst(context.spec.spread).map((constraint) => {
    const { codes } = spreadColumn(context.columns, constraint.by);
    const groups = new Set<number>();
    for (const [position, cluster] of candidates.entries())
      if (chosen[position] === 1) groups.add(codes[cluster] ?? -1);
    return { constraint, codes, groups };
  });
  return (position) => {
    if (chosen[position] === 1) return undefined;
    const cluster = candidates[position] ?? -1;
    const full = used.find(({ codes, groups }) => !groups.has(codes[cluster] ?? -1));
    return full === undefined ? undefined : `at most ${describeMaximum(full.constraint)}, and others are chosen`;
  };
}

/** A cluster whose region is left out is left out for its region. */
function coarseFirst(spread: readonly SpreadConstraint[]): readonly SpreadConstraint[] {
  return spread
    .filter(({ maxGroups }) => maxGroups !== undefined)
    .toSorted((a, b) => Number(a.by === "cluster") - Number(b.by === "cluster"));
}

function describeMaximum({ by, maxGroups = 0 }: SpreadConstraint): string {
  if (by.startsWith("label:")) return `${maxGroups} different ${maxGroups === 1 ? "value" : "values"} of ${by}`;
  return `${maxGroups} ${by}${maxGroups === 1 ? "" : "s"}`;
}
