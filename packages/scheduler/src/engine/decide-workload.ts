import { compareIds } from "@flotilla/core";
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
  const away = awayShares(input);
  const split = splitWorkload(evaluation, scores, away, opened);
  const held = away.filter(({ replicas }) => replicas > 0);
  return { evaluation, scores, held, split };
}

/**
 * What unreachable members keep: what they have, or, when less is wanted than runs, their part of what is wanted. They cannot
 * be asked whether their replicas still serve, so a scale-down never falls on the reachable ones alone. A part may be nothing.
 */
function awayShares({ request, current, workload }: ContextInput): readonly Share[] {
  if (request.unreachable.size === 0) return [];
  const running = current.filter(({ cluster, replicas }) => replicas > 0 && !request.lost.has(cluster));
  const away = running.filter(({ cluster }) => request.unreachable.has(cluster));
  const whole = request.spec.replicas.mode === "Duplicate" || workload.division === "PerCluster";
  const wanted = workload.replicas;
  // What cannot be divided is either there or here.
  if (workload.division === "Single" && !whole && away.length < running.length) return [];
  return whole
    ? away.map(({ cluster, replicas }) => ({ cluster, replicas: Math.min(replicas, wanted) }))
    : shrink(away, Math.floor((Math.min(wanted, sumOf(running)) * sumOf(away)) / Math.max(1, sumOf(running))));
}

/** Each its part of the total, rounded so that the sum is exact and nobody has more than before. */
function shrink(shares: readonly Share[], total: number): readonly Share[] {
  const all = Math.max(1, sumOf(shares));
  let passed = 0;
  return shares
    .toSorted((a, b) => compareIds(a.cluster, b.cluster))
    .map(({ cluster, replicas }) => {
      const before = Math.floor((total * passed) / all);
      passed += replicas;
      return { cluster, replicas: Math.floor((total * passed) / all) - before };
    });
}

function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { replicas }) => sum + replicas, 0);
}
