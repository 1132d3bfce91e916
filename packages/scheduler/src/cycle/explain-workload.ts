import type { RecordStore } from "@flotilla/core";
import { isNamed, type ObjectName } from "../objects/object-name.ts";
import type { Plan, PlannedWorkload } from "../plan/plan.ts";
import { loadLastDecisions } from "../plan/stored-plan.ts";

/** Why a workload is where it is, and the plan that decided it. */
export interface ExplainedWorkload {
  readonly planId: string;
  readonly createdAtMs: number;
  readonly workload: PlannedWorkload;
}

/** From a fresh plan if there is one, otherwise as last planned. Empty where nothing of that name was ever planned. */
export async function explainWorkload(
  store: RecordStore | undefined,
  fleet: string,
  name: ObjectName,
  fresh: Plan | undefined,
): Promise<readonly ExplainedWorkload[]> {
  if (fresh !== undefined) {
    const named = [...fresh.workloads, ...fresh.standalone].filter(({ ref }) => isNamed(ref, name));
    return named.map((workload) => toExplained(fresh, workload));
  }
  const found = store === undefined ? [] : await loadLastDecisions(store, fleet, name);
  return found.map(({ plan, workload }) => toExplained(plan, workload));
}

function toExplained({ planId, createdAtMs }: Plan, workload: PlannedWorkload): ExplainedWorkload {
  return { planId, createdAtMs, workload };
}
