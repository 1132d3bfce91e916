import type { FleetSnapshot } from "@flotilla/core";
import type { Placement } from "../engine/decision.ts";
import type { KnownShares } from "../inventory/known-shares.ts";
import { formatRef, refKey } from "../objects/object-ref.ts";
import type { Refusal } from "../rollout/apply-report.ts";
import { groupsOf } from "./decide.ts";
import { liveKey } from "./live-facts.ts";
import { knownToBeGiven } from "./overrides-shortfall.ts";
import type { Plan, PlannedObject, PlannedWorkload } from "./plan.ts";
import { PLAN_AGE_MAX_MS } from "./stored-plan.ts";
import type { Stream } from "./stream.ts";
import { renderedOn, type TriedUnit, tryTarget } from "./try-target.ts";

/** A plan may cost this much more or less than when it was approved. */
const COST_DRIFT_MAX = 0.05;
/** Sums are rounded on the way, and of less than this nobody is told. */
const COST_DRIFT_MIN_USD = 0.01;

/** Refusals that need no look at the fleet: age, documents, configuration. Pure. */
export function staleReasons(
  plan: Plan,
  now: { readonly nowMs: number; readonly documentsDigest: string; readonly configDigest: string },
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const ageMs = now.nowMs - plan.createdAtMs;
  if (ageMs > PLAN_AGE_MAX_MS) {
    refusals.push({
      code: "tooOld",
      message: `the plan is ${Math.floor(ageMs / 3_600_000)} h old, the limit is 24 h; plan again`,
    });
  }
  if (now.documentsDigest !== plan.basis.documentsDigest) {
    refusals.push({ code: "documentsChanged", message: "the documents are not those that were planned; plan again" });
  }
  if (now.configDigest !== plan.basis.configDigest) {
    refusals.push({
      code: "configurationChanged",
      message: "the configuration is not the one that was planned with; plan again",
    });
  }
  return refusals;
}

export interface VerifyInput {
  readonly plan: Plan;
  readonly stream: Stream;
  readonly snapshot: FleetSnapshot;
  readonly known: ReadonlyMap<number, KnownShares>;
  readonly unreachable: ReadonlySet<string>;
}

/** Whether every target still passes its filters and has the room that the plan knows of, and what it all costs now. Pure. */
export function targetRefusals(input: VerifyInput): readonly Refusal[] {
  const { plan, stream, snapshot, known, unreachable } = input;
  const groups = groupsOf(stream);
  const planned = plannedByIndex(plan, groups);
  const current = new Map([...known].map(([index, { shares }]) => [index, shares]));
  const lost = new Set(plan.basis.lost);
  const entries = new Map(snapshot.clusters.map((entry) => [entry.cluster.id, entry]));
  const refusals: Refusal[] = [];
  let perMonthUsd = 0;
  for (const [target, wanted] of wantedByTarget(planned)) {
    const entry = entries.get(target);
    if (entry === undefined) {
      refusals.push(...missingRefusals(target, wanted));
      continue;
    }
    const rendered = renderedOn(stream, wanted, entry);
    const tried = tryTarget({ stream, groups, entry, wanted, current, rendered, unreachable, lost });
    refusals.push(...tried.flatMap((each) => unfitRefusals(each, planned.get(each.index))));
    perMonthUsd += tried.reduce((sum, { pods, candidate }) => sum + pods * (candidate?.pricePerMonthUsd ?? 0), 0);
  }
  return [...refusals, ...costRefusals(plan, perMonthUsd)];
}

function plannedByIndex(
  { workloads, standalone }: Plan,
  groups: ReturnType<typeof groupsOf>,
): ReadonlyMap<number, PlannedWorkload> {
  const byRef = new Map([...workloads, ...standalone].map((each) => [refKey(each.ref), each]));
  const planned = new Map<number, PlannedWorkload>();
  for (const { index, unit } of groups.flat()) {
    const found = byRef.get(refKey(unit.workload.ref));
    if (found !== undefined) planned.set(index, found);
  }
  return planned;
}

function wantedByTarget(
  planned: ReadonlyMap<number, PlannedWorkload>,
): ReadonlyMap<string, ReadonlyMap<number, Placement>> {
  const targets = new Map<string, Map<number, Placement>>();
  for (const [index, { placements }] of planned) {
    for (const placement of placements) {
      const there = targets.get(placement.cluster) ?? new Map<number, Placement>();
      targets.set(placement.cluster, there.set(index, placement));
    }
  }
  return targets;
}

/** What is held on a member that was hidden when it was planned is held on one that still is. */
function missingRefusals(target: string, wanted: ReadonlyMap<number, Placement>): readonly Refusal[] {
  if ([...wanted.values()].every(({ held }) => held === true)) return [];
  return [{ code: "targetUnfit", message: `${target} is not in the fleet any more; plan again` }];
}

function unfitRefusals(tried: TriedUnit, planned: PlannedWorkload | undefined): readonly Refusal[] {
  const { wanted, given } = tried;
  if (planned === undefined || wanted.held === true) return [];
  const expected = knownToBeGiven(planned.shortfall, wanted.cluster) ?? wanted.replicas;
  if (given >= expected) return [];
  const why = whyUnfit(tried, expected);
  return [{ code: "targetUnfit", message: `${formatRef(planned.ref)}: ${wanted.cluster} ${why}; plan again` }];
}

function whyUnfit({ wanted: { replicas }, given, candidate }: TriedUnit, expected: number): string {
  const failed = candidate?.filters.find(({ verdict }) => verdict !== "fits");
  if (failed !== undefined) return `no longer passes ${failed.name}: ${failed.reason}`;
  const before = expected < replicas ? `, for ${expected} when it was planned` : "";
  return `has room for ${given} of its ${replicas} replicas now${before}`;
}

function costRefusals(plan: Plan, perMonthUsd: number): readonly Refusal[] {
  const before = plan.basis.perMonthUsd;
  if (Math.abs(perMonthUsd - before) <= Math.max(before * COST_DRIFT_MAX, COST_DRIFT_MIN_USD)) return [];
  const message = `the placements cost ${perMonthUsd.toFixed(2)} USD a month now, ${before.toFixed(2)} when they were planned (limit 5 %); plan again`;
  return [{ code: "costMoved", message }];
}

/**
 * What was planned against what the same placements give now: the fleet's own changes. What this very plan has changed already,
 * in a run that was cut short, is no change. Pure.
 */
export function changeRefusals(plan: Plan, now: Plan): readonly Refusal[] {
  const before = new Map(plan.objects.map((object) => [liveKey(object.cluster, object.ref), object]));
  const planned = new Set(plan.removals.map(({ cluster, ref }) => liveKey(cluster, ref)));
  return [
    ...now.objects.flatMap((object) => changeOf(object, before.get(liveKey(object.cluster, object.ref)), plan.planId)),
    ...now.removals
      .filter(({ cluster, ref }) => !planned.has(liveKey(cluster, ref)))
      .map(({ cluster, ref }): Refusal => ({
        code: "fleetChanged",
        message: `${formatRef(ref)} on ${cluster} would be removed now and was not when this was planned; plan again`,
      })),
  ];
}

function changeOf(now: PlannedObject, planned: PlannedObject | undefined, planId: string): readonly Refusal[] {
  const name = `${formatRef(now.ref)} on ${now.cluster}`;
  // A namespace that nobody wrote down is made where it is missing, whatever was planned.
  if (now.owners.length === 0) return [];
  if (planned === undefined) return [{ code: "fleetChanged", message: `${name} was not part of the plan; plan again` }];
  if (planned.digest !== now.digest) {
    return [{ code: "renderedDifferently", message: `${name} is rendered differently now; plan again` }];
  }
  if (planned.observed === now.observed || now.appliedBy === planId) return [];
  return [{ code: "objectChanged", message: `${name} was changed since it was planned; plan again` }];
}
