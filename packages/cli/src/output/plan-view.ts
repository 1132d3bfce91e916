import type { ObjectRef } from "@flotilla/core";
import type { Explanation, KeepReason, Plan, PlanCost, PlannedShortfall, PlannedWorkload } from "@flotilla/scheduler";

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
  /** Objects of earlier applies that stay although the manifests do not put them there. */
  readonly kept: readonly KeptObjectView[];
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
  /** Why not everything has a place. `apply` refuses a plan with one that the policy does not allow. */
  readonly shortfall: ShortfallView | null;
  readonly explanation: Explanation;
}

export interface ShortfallView extends Pick<PlannedShortfall, "code" | "message"> {
  readonly allowed: boolean;
}

export interface PlacementView {
  readonly cluster: string;
  readonly replicas: number;
  /** The member cannot be reached and keeps what it has. */
  readonly held?: boolean;
  /** Pods on all nodes together, for workloads that run one on each. */
  readonly copies?: number;
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

export interface KeptObjectView extends PlannedObjectView {
  readonly reason: KeepReason;
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
    kept: plan.kept.map(({ cluster, ref, reason }) => ({ cluster, ...toRefView(ref), reason })),
    lost: plan.basis.lost,
    assumed: plan.assumed,
    warnings: plan.warnings,
  };
}

/** Whether something has less of a place than its policy puts up with: `apply` would change nothing. */
export function isRefused({ workloads, standalone }: PlanView): boolean {
  return [...workloads, ...standalone].some(({ shortfall }) => shortfall?.allowed === false);
}

export function toPlannedWorkloadView(workload: PlannedWorkload): PlannedWorkloadView {
  const { ref, policy, replicas, unplaced, placements, previous, shortfall, explanation } = workload;
  return {
    ref: toRefView(ref),
    policy,
    replicas,
    unplaced,
    placements: placements.map(({ cluster, replicas: given, held, copies }) => ({
      cluster,
      replicas: given,
      ...(held === true ? { held } : {}),
      ...(copies === undefined ? {} : { copies }),
    })),
    previous: previous.map(({ cluster, replicas: given }) => ({ cluster, replicas: given })),
    shortfall: shortfall === undefined ? null : toShortfallView(shortfall),
    explanation,
  };
}

function toShortfallView({ code, message, isAllowed }: PlannedShortfall): ShortfallView {
  return { code, message, allowed: isAllowed };
}

export function toRefView({ apiVersion, kind, namespace, name }: ObjectRef): RefView {
  return { apiVersion, kind, namespace: namespace ?? null, name };
}
