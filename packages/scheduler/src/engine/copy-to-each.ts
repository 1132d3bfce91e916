import type { DivideTask } from "./divide-task.ts";
import type { Evaluation } from "./evaluate.ts";
import { selectByScore } from "./select-candidates.ts";
import { formatShortfall } from "./shortfall.ts";
import type { Split } from "./split.ts";

/**
 * The full count on every chosen cluster. A cluster that has room for fewer gets those, and the rest is unplaced; without
 * `partial` the filters have left such clusters out already.
 */
export function copyToEach(evaluation: Evaluation, task: DivideTask): Split {
  const none = new Float64Array(task.size);
  if (task.replicas === 0) return { replicas: none, unplaced: 0 };
  const usable = usableCandidates(task);
  const unmet = unmetMinimum(task, usable);
  if (unmet !== undefined || task.size === 0) {
    // What runs stays: taking it away would not bring the missing groups.
    const replicas = task.own.map((own, candidate) => Math.min(own, task.cap[candidate] ?? 0));
    if (task.size === 0 && task.held > 0) return { replicas, unplaced: 0 };
    const unplaced = replicas.some((count) => count > 0) ? 0 : task.replicas;
    return { replicas, unplaced, shortfall: formatShortfall(evaluation, task, unplaced, unmet) };
  }
  const replicas = task.cap.map((cap, candidate) => (usable[candidate] === 1 ? cap : 0));
  const unplaced = replicas.reduce((sum, count) => sum + (count > 0 ? wanted(task) - count : 0), 0);
  if (unplaced === 0) return { replicas, unplaced };
  return { replicas, unplaced, shortfall: formatShortfall(evaluation, task, unplaced, undefined) };
}

function wanted(task: DivideTask): number {
  return task.replicas;
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
