import type { ObjectRef } from "@flotilla/core";
import type { Explanation, Plan, PlanCost, PlannedWorkload } from "@flotilla/scheduler";

/** `plan -o json`; the schema is docs/schemas/plan.json. */
export interface PlanView {
  readonly planId: string;
  readonly fleet: string;
  /** ISO 8601 */
  readonly createdAt: string;
  readonly workloads: readonly PlannedWorkloadView[];
  /** Objects that no workload brings along, placed by themselves; `replicas` counts copies. */
  readonly standalone: readonly PlannedWorkloadView[];
  readonly cost: PlanCost;
  readonly objects: readonly PlannedObjectView[];
  readonly removals: readonly PlannedObjectView[];
  /** Ids given up by the user (`--lose`). */
  readonly lost: readonly string[];
  readonly assumed: readonly string[];
  readonly warnings: readonly string[];
}

export interface PlannedWorkloadView {
  readonly ref: RefView;
  readonly policy: string | null;
  readonly replicas: number;
  readonly unplaced: number;
  readonly placements: readonly PlacementView[];
  readonly previous: readonly PlacementView[];
  readonly explanation: Explanation;
}

export interface PlacementView {
  readonly cluster: string;
  readonly replicas: number;
  /** The member cannot be reached and keeps what it has. */
  readonly held?: boolean;
}

export interface RefView {
  readonly apiVersion: string;
  readonly kind: string;
  /** `null` for kinds without a namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

export interface PlannedObjectView extends RefView {
  readonly cluster: string;
}

export function toPlanView(plan: Plan): PlanView {
  return {
    planId: plan.planId,
    fleet: plan.fleet,
    createdAt: new Date(plan.createdAtMs).toISOString(),
    workloads: plan.workloads.map(toPlannedWorkloadView),
    standalone: plan.standalone.map(toPlannedWorkloadView),
    cost: plan.cost,
    // Never the objects themselves: Secrets are among them.
    objects: plan.objects.map(({ cluster, ref }) => ({ cluster, ...toRefView(ref) })),
    removals: plan.removals.map(({ cluster, ref }) => ({ cluster, ...toRefView(ref) })),
    lost: plan.basis.lost,
    assumed: plan.assumed,
    warnings: plan.warnings,
  };
}

/** Whether some workload wants replicas and gets none; a shortfall that the policy allows is something else. */
export function isNothingPlaced({ workloads }: PlanView): boolean {
  return workloads.some(
    ({ unplaced, placements }) => unplaced > 0 && placements.every(({ replicas }) => replicas === 0),
  );
}

export function toPlannedWorkloadView(workload: PlannedWorkload): PlannedWorkloadView {
  const { ref, policy, replicas, unplaced, placements, previous, explanation } = workload;
  return {
    ref: toRefView(ref),
    policy,
    replicas,
    unplaced,
    placements: placements.map(({ cluster, replicas: given, held }) => ({
      cluster,
      replicas: given,
      ...(held === true ? { held } : {}),
    })),
    previous: previous.map(({ cluster, replicas: given }) => ({ cluster, replicas: given })),
    explanation,
  };
}

export function toRefView({ apiVersion, kind, namespace, name }: ObjectRef): RefView {
  return { apiVersion, kind, namespace: namespace ?? null, name };
}
