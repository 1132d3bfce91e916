import { compareIds, type ObjectRef } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import { refKey, sameRef } from "../objects/object-ref.ts";
import type { Plan, PlannedObject, PlannedRemoval, PlannedWorkload } from "../plan/plan.ts";

/** One member's part of a rollout, in the order it is done. */
export interface ClusterRollout {
  readonly cluster: string;
  readonly namespaces: readonly PlannedObject[];
  /** Definitions, followers, workloads, companions. */
  readonly objects: readonly PlannedObject[];
  /** Workloads that shrink here while they grow elsewhere: applied only when the others are healthy. */
  readonly shrinking: readonly PlannedObject[];
  /** Taken away only when the owner's replacements are healthy; what points at others first. */
  readonly removals: readonly PlannedRemoval[];
}

/** What a unit's inventories are to say after the rollout. */
export interface RolloutUnit {
  readonly ref: ObjectRef;
  readonly policy: string | null;
  readonly hasPods: boolean;
  readonly replicas: number;
  readonly shares: readonly Share[];
  readonly revision: number;
  /** Some member that has a share cannot be reached: nothing may go against it. */
  readonly isHeld: boolean;
}

export interface Rollout {
  readonly clusters: readonly ClusterRollout[];
  readonly units: readonly RolloutUnit[];
}

/** Orders a plan into what can be done at once per member and what has to wait. Pure. */
export function planRollout(plan: Plan): Rollout {
  const ids = new Set([...plan.objects, ...plan.removals].map(({ cluster }) => cluster));
  for (const { placements, previous } of [...plan.workloads, ...plan.standalone]) {
    for (const { cluster, held } of placements) if (held !== true) ids.add(cluster);
    for (const { cluster } of previous) if (!isHeld(placements, cluster)) ids.add(cluster);
  }
  const clusters = [...ids].sort(compareIds).filter((id) => !plan.basis.lost.includes(id) || isMentioned(plan, id));
  return {
    clusters: clusters.map((cluster) => clusterRollout(plan, cluster)),
    units: [...plan.workloads.map((unit) => toUnit(unit, true)), ...plan.standalone.map((unit) => toUnit(unit, false))],
  };
}

function isHeld(placements: PlannedWorkload["placements"], cluster: string): boolean {
  return placements.some((placement) => placement.cluster === cluster && placement.held === true);
}

/** A member given up takes part only if it can be reached, and then the plan has something to remove there. */
function isMentioned(plan: Plan, id: string): boolean {
  return [...plan.objects, ...plan.removals].some(({ cluster }) => cluster === id);
}

function clusterRollout(plan: Plan, cluster: string): ClusterRollout {
  const mine = plan.objects.filter((object) => object.cluster === cluster);
  const isDeferred = (object: PlannedObject): boolean => object.role === "workload" && shrinksForOthers(plan, object);
  return {
    cluster,
    namespaces: mine.filter(({ role }) => role === "namespace"),
    objects: mine.filter((object) => object.role !== "namespace" && !isDeferred(object)),
    shrinking: mine.filter((object) => object.role !== "namespace" && isDeferred(object)),
    removals: plan.removals.filter((removal) => removal.cluster === cluster).sort(byRemovalOrder),
  };
}

/**
 * Less here and more somewhere else is a move: the other side has to stand first. So is more here than it was given: an
 * earlier run has not finished moving it.
 */
function shrinksForOthers(plan: Plan, { cluster, ref, liveReplicas, initialReplicas }: PlannedObject): boolean {
  const unit = plan.workloads.find((workload) => sameRef(workload.ref, ref));
  // An autoscaler's number is not ours to lower.
  if (unit === undefined || initialReplicas !== undefined) return false;
  const given = new Map(unit.previous.map(({ cluster: id, replicas }) => [id, replicas]));
  const wanted = unit.placements.find((placement) => placement.cluster === cluster)?.replicas ?? 0;
  const before = given.get(cluster) ?? 0;
  if (wanted >= Math.max(before, liveReplicas ?? 0)) return false;
  const isUnfinished = before > 0 && (liveReplicas ?? 0) > before;
  return isUnfinished || unit.placements.some(({ cluster: id, replicas }) => replicas > (given.get(id) ?? 0));
}

/** A workload goes before what it names, so that no pod is restarted into a missing ConfigMap. */
function byRemovalOrder(a: PlannedRemoval, b: PlannedRemoval): number {
  return removalOrder(a) - removalOrder(b) || compareIds(refKey(a.ref), refKey(b.ref));
}

function removalOrder({ ref, owner }: PlannedRemoval): number {
  if (sameRef(ref, owner)) return 0;
  return ref.kind === "CustomResourceDefinition" ? 2 : 1;
}

function toUnit(
  { ref, policy, replicas, unplaced, placements, revision }: PlannedWorkload,
  hasPods: boolean,
): RolloutUnit {
  const shares = placements.map((placement) => ({ cluster: placement.cluster, replicas: placement.replicas }));
  const given = shares.reduce((sum, share) => sum + share.replicas, 0);
  const isHeld = placements.some(({ held }) => held === true);
  // Duplicated workloads run their number on every member: what is wanted is what was given and what had no place.
  return { ref, policy, hasPods, replicas: Math.max(given + unplaced, replicas), shares, revision, isHeld };
}
