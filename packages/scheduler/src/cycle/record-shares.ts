import type { RecordStore } from "@flotilla/core";
import { deleteStoredShares, writeStoredShares } from "../inventory/stored-shares.ts";
import type { Plan } from "../plan/plan.ts";
import type { ApplyReport } from "../rollout/apply-report.ts";

/** Keeps the shares that an apply has given, whatever became of it: a member that dies later cannot tell them itself. */
export async function recordShares(store: RecordStore | undefined, plan: Plan, report: ApplyReport): Promise<void> {
  if (store === undefined || report.refusals.length > 0) return;
  for (const { ref, placements, revision } of [...plan.workloads, ...plan.standalone]) {
    const shares = placements.map(({ cluster, replicas }) => ({ cluster, replicas }));
    if (shares.length === 0) await deleteStoredShares(store, plan.fleet, ref);
    else await writeStoredShares(store, plan.fleet, { ref, planId: plan.planId, shares, revision });
  }
}
