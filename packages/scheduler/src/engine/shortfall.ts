import type { Shortfall } from "./decision.ts";
import type { DivideTask } from "./divide-task.ts";
import type { Evaluation } from "./evaluate.ts";

/** Why replicas are left over, by what would have been possible without each kind of bound. */
export function formatShortfall(
  evaluation: Evaluation,
  task: DivideTask,
  unplaced: number,
  unmetSpread: { readonly by: string; readonly needed: number; readonly available: number } | undefined,
): Shortfall {
  if (task.size === 0) {
    const count = evaluation.context.columns.count;
    return {
      code: "noCluster",
      message: `none of ${count} ${count === 1 ? "cluster" : "clusters"} passes the filters`,
    };
  }
  if (unmetSpread !== undefined) {
    const { by, needed, available } = unmetSpread;
    const message = `the policy needs ${needed} different values of ${by}, and candidates have ${available}`;
    return { code: "spread", message };
  }
  const wanted = task.replicas - task.held;
  const copies = unplaced === 1 ? "1 replica has" : `${unplaced} replicas have`;
  const limits = { code: "limits", message: `${copies} no place within the policy's limits and weights` } as const;
  // The filters left room for one at least: nobody may take any.
  if (task.cap.every((cap) => cap === 0)) return limits;
  if (roomOf(evaluation, wanted) < wanted) return { code: "capacity", message: `${copies} no room in any candidate` };
  // What cannot be divided has to find its place in one cluster.
  const isWhole = evaluation.context.workload.division === "Single";
  if (task.cap.reduce((most, cap) => (isWhole ? Math.max(most, cap) : most + cap), 0) < wanted) return limits;
  return task.spread.length === 0
    ? { code: "minima", message: `${copies} no place within the policy's minima` }
    : { code: "limits", message: `${copies} no place within the policy's spread constraints and minima` };
}

/** A shortfall of a policy that wants all replicas or nothing new. */
export function allOrNothing({ message }: Shortfall): Shortfall {
  return { code: "allOrNothing", message: `${message}; the policy wants all or nothing` };
}

function roomOf({ candidates, context }: Evaluation, enough: number): number {
  let room = 0;
  for (const cluster of candidates) {
    room += context.roomAt(cluster);
    if (room >= enough) break;
  }
  return room;
}
