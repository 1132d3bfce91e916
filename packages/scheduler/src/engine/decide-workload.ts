import type { Share } from "./decision.ts";
import type { OpenedGroups } from "./build-divide-task.ts";
import { createContext, type ContextInput } from "./create-context.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import { runScores, type Scores } from "./run-scores.ts";
import type { Split } from "./split.ts";
import { splitWorkload } from "./split-workload.ts";

/** All that was found out about one workload on the way to its placements. */
export interface WorkloadTrace {
  readonly evaluation: Evaluation;
  readonly scores: Scores;
  readonly held: readonly Share[];
  readonly split: Split;
}

/** Filter → score → select → divide, for one workload. */
export function decideWorkload(input: ContextInput, opened: OpenedGroups): WorkloadTrace {
  const context = createContext(input);
  const evaluation = evaluate(context);
  const scores = runScores(evaluation);
  const held = heldShares(input);
  const split = splitWorkload(evaluation, scores, held, opened);
  return { evaluation, scores, held, split };
}

/** What unreachable members keep: what they have, at most what is wanted at all. */
function heldShares({ request, current, workload }: ContextInput): readonly Share[] {
  if (request.unreachable.size === 0) return [];
  const whole = request.spec.replicas.mode === "Duplicate" || workload.division === "PerCluster";
  let left = workload.replicas;
  const held: Share[] = [];
  for (const { cluster, replicas } of current) {
    if (!request.unreachable.has(cluster) || request.lost.has(cluster)) continue;
    const kept = Math.min(replicas, left);
    if (kept > 0) held.push({ cluster, replicas: kept });
    if (!whole) left -= kept;
  }
  return held;
}
