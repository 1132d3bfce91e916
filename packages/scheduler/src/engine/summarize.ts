import type { WorkloadTrace } from "./decide-workload.ts";
import type { CandidateExplanation } from "./explanation.ts";

// A line that names more clusters than this is not read.
const NAMED_MAX = 4;

/** One line: where and how many, or why nowhere. */
export function summarize(trace: WorkloadTrace, candidates: readonly CandidateExplanation[]): string {
  const { workload } = trace.evaluation.context;
  const { unplaced, shortfall } = trace.split;
  const used = candidates.filter(({ replicas }) => replicas > 0);
  if (used.length === 0 && workload.replicas === 0) return "no replicas are asked for";
  if (used.length === 0) return nowhere(trace, candidates, shortfall?.message);
  const placed = used.reduce((sum, { replicas }) => sum + replicas, 0);
  const of = unplaced === 0 ? plural(placed, "replica") : `${placed} of ${plural(placed + unplaced, "replica")}`;
  const where = `${of} on ${used.length} of ${plural(candidates.length, "cluster")}: ${name(used)}`;
  return shortfall === undefined ? where : `${where}; ${shortfall.message}`;
}

/** `0/5 clusters fit: 3 insufficient memory, 2 untolerated taint {a=b:NoSchedule}`, the most frequent reason first. */
function nowhere(
  trace: WorkloadTrace,
  candidates: readonly CandidateExplanation[],
  shortfall: string | undefined,
): string {
  const fitting = trace.evaluation.candidates.length;
  const counts = new Map<string, number>();
  for (const { filters } of candidates) {
    const brief = filters.at(-1)?.brief;
    if (brief !== undefined) counts.set(brief, (counts.get(brief) ?? 0) + 1);
  }
  const reasons = [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([brief, count]) => `${count} ${brief}`)
    .join(", ");
  const head = `${fitting}/${plural(candidates.length, "cluster")} fit`;
  const why =
    fitting === 0 ? reasons : [shortfall, reasons].filter((part) => part !== undefined && part !== "").join("; ");
  return why === "" ? head : `${head}: ${why}`;
}

function name(used: readonly CandidateExplanation[]): string {
  const most = used.toSorted((a, b) => b.replicas - a.replicas);
  const named = most.slice(0, NAMED_MAX).map(({ cluster, replicas }) => `${cluster} ${replicas}`);
  const rest = used.length - named.length;
  return rest === 0 ? named.join(", ") : `${named.join(", ")} and ${rest} more`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
