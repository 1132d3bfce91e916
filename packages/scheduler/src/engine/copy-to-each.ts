import type { Shortfall } from "./decision.ts";
import type { DivideTask } from "./divide-task.ts";
import { formatCrowded } from "./crowded-clusters.ts";
import type { Evaluation } from "./evaluate.ts";
import { selectByScore } from "./select-candidates.ts";
import { allOrNothing, formatShortfall } from "./shortfall.ts";
import type { Split } from "./split.ts";

/**
 * The full count on every chosen cluster. A cluster that has room for fewer gets those, and the rest is unplaced; without
 * `partial` the filters have left such clusters out already, and one that the policy limits to fewer stops everything new.
 */
export function copyToEach(evaluation: Evaluation, task: DivideTask): Split {
  if (task.replicas === 0) return { replicas: new Float64Array(task.size), unplaced: 0 };
  const chosen = usableCandidates(task);
  const split = copiesOn(evaluation, task, chosen);
  const crowded = split.shortfall === undefined ? formatCrowded(evaluation, task, split.replicas) : undefined;
  return crowded === undefined
    ? { ...split, chosen }
    : { ...split, chosen, shortfall: { code: "capacity", message: crowded } };
}

function copiesOn(evaluation: Evaluation, task: DivideTask, usable: Uint8Array): Split {
  const unmet = unmetMinimum(task, usable);
  if (unmet !== undefined || task.size === 0) {
    // What runs stays: taking it away would not bring the missing groups.
    const replicas = running(task);
    if (task.size === 0 && task.held > 0) return { replicas, unplaced: 0 };
    const unplaced = replicas.some((count) => count > 0) ? 0 : task.replicas;
    return { replicas, unplaced, shortfall: formatShortfall(evaluation, task, unplaced, unmet) };
  }
  const replicas = task.cap.map((cap, candidate) => (usable[candidate] === 1 ? cap : 0));
  if (task.held === 0 && replicas.every((count) => count === 0)) {
    return {
      replicas,
      unplaced: task.replicas,
      shortfall: formatShortfall(evaluation, task, task.replicas, undefined),
    };
  }
  const unplaced = replicas.reduce((sum, count) => sum + (count > 0 ? task.replicas - count : 0), 0);
  if (unplaced === 0) return { replicas, unplaced };
  const shortfall = formatShortCopies(evaluation, task, replicas, unplaced);
  if (evaluation.context.spec.replicas.partial) return { replicas, unplaced, shortfall };
  const kept = running(task);
  const left = kept.some((count) => count > 0) ? unplaced : task.replicas;
  return { replicas: kept, unplaced: left, shortfall: allOrNothing(shortfall) };
}

function running(task: DivideTask): Float64Array {
  return task.own.map((own, candidate) => Math.min(own, task.cap[candidate] ?? 0));
}

/** Why chosen clusters have fewer copies than all, told by the first that has no room, or that is limited. */
function formatShortCopies(
  { candidates, context }: Evaluation,
  task: DivideTask,
  replicas: Float64Array,
  unplaced: number,
): Shortfall {
  const short = Array.from(candidates, (cluster, candidate) => ({ cluster, count: replicas[candidate] ?? 0 })).filter(
    ({ count }) => count > 0 && count < task.replicas,
  );
  const crowded = short.filter(({ cluster }) => context.roomAt(cluster) < task.replicas);
  const told = crowded.length > 0 ? crowded : short;
  const [first] = told;
  const id = context.columns.clusters[first?.cluster ?? -1]?.cluster.id ?? "";
  const others = told.length > 1 ? `, and ${told.length - 1} more like it` : "";
  const copies = unplaced === 1 ? "1 replica has" : `${unplaced} replicas have`;
  return crowded.length > 0
    ? {
        code: "capacity",
        message: `${copies} no room: ${id} takes ${first?.count ?? 0} of ${task.replicas}${others}`,
      }
    : {
        code: "limits",
        message: `${copies} no place within the policy's limits: ${id} takes ${first?.count ?? 0} of ${task.replicas}${others}`,
      };
}

/** Chosen by score within the maxima of groups; every cluster counts the same, however much it could hold. */
function usableCandidates(task: DivideTask): Uint8Array {
  const cap = task.cap.map((most) => Math.min(1, most));
  return selectByScore({ ...task, cap, replicas: task.size });
}

function unmetMinimum(
  task: DivideTask,
  usable: Uint8Array,
): { readonly by: string; readonly needed: number; readonly available: number } | undefined {
  for (const { constraint, codes, heldByGroup } of task.spread) {
    const groups = new Set<number>();
    for (const [group, held] of heldByGroup.entries()) if (held > 0) groups.add(group);
    for (const [candidate, code] of codes.entries()) {
      if (usable[candidate] === 1 && (task.cap[candidate] ?? 0) > 0) groups.add(code);
    }
    const needed = constraint.minGroups ?? 0;
    if (groups.size < needed) return { by: constraint.by, needed, available: groups.size };
  }
  return undefined;
}
