import { type FleetSnapshot, matchesCluster, monthly } from "@flotilla/core";
import type { Decision, Reservation, ScheduleRequest, Share } from "../engine/decision.ts";
import { explainDecision } from "../engine/explain.ts";
import { reservationsOf } from "../engine/reservations-of.ts";
import { schedule } from "../engine/schedule.ts";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { KnownShares } from "../inventory/known-shares.ts";
import { formatRef, sameRef } from "../objects/object-ref.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { Refusal } from "../rollout/apply-report.ts";
import { groupsOf } from "./decide.ts";
import { liveKey } from "./live-facts.ts";
import type { Plan, PlannedObject, PlannedWorkload } from "./plan.ts";
import { renderedPod } from "./rendered-pod.ts";
import { requiredKindsOf } from "./required-kinds.ts";
import { PLAN_AGE_MAX_MS } from "./stored-plan.ts";
import type { PodNeeds } from "../workload/workload.ts";
import type { Stream } from "./stream.ts";

/** A plan may cost this much more or less than when it was approved. */
const COST_DRIFT_MAX = 0.05;

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
  readonly scores: readonly ScorePlugin[];
}

/** Whether every target still passes its filters and has room for its share, and what it all costs now. Pure. */
export function targetRefusals(input: VerifyInput): readonly Refusal[] {
  const { plan, stream } = input;
  const refusals: Refusal[] = [];
  const reserved: Reservation[] = [];
  let perHourMicroUsd = 0;
  for (const group of groupsOf(stream)) {
    const planned = group.map(({ unit }) =>
      [...plan.workloads, ...plan.standalone].find(({ ref }) => sameRef(ref, unit.workload.ref)),
    );
    for (const target of targetsOf(planned)) {
      const trial = tryTarget(input, group, target, reserved);
      if (group.some(({ unit }) => unit.hasPods)) perHourMicroUsd += trial.cost.perHourMicroUsd;
      refusals.push(...refusalsOf(input, trial, planned, target));
      reserved.push(...reservationsOf(trial));
    }
  }
  return [...refusals, ...costRefusals(plan, monthly(perHourMicroUsd))];
}

type Group = ReturnType<typeof groupsOf>[number];

/** The shares of one target alone, decided anew under the policy's filters but without its division. */
function tryTarget(input: VerifyInput, group: Group, target: string, reserved: readonly Reservation[]): Decision {
  const { plan, stream, snapshot, known, unreachable, scores } = input;
  const spec = group[0]?.unit.policy?.spec ?? DEFAULT_PLACEMENT;
  const planned = [...plan.workloads, ...plan.standalone];
  const request: ScheduleRequest = {
    spec: {
      ...spec,
      clusters: { ...spec.clusters, names: [target] },
      spread: [],
      replicas: { mode: "Divide", divideBy: "Capacity", weights: [], limits: [], partial: true },
    },
    workloads: group.map(({ index, unit }) => {
      const found = planned.find(({ ref }) => sameRef(ref, unit.workload.ref));
      const { replicas } = shareOn(found?.placements ?? [], target);
      return { ...unit.workload, replicas, pod: podOn(input, index, target) ?? unit.workload.pod };
    }),
    current: group.map(({ index }) => (known.get(index)?.shares ?? []).filter(({ cluster }) => cluster === target)),
    unreachable,
    lost: new Set(plan.basis.lost),
    reserved: [...reserved],
    requiredKinds: requiredKindsOf(stream, new Set(group.map(({ index }) => index))),
  };
  const isStillNamed = snapshot.clusters.some(
    ({ cluster }) => cluster.id === target && matchesCluster(spec.clusters, cluster),
  );
  return schedule(
    isStillNamed ? request : { ...request, spec: { ...request.spec, clusters: { none: true } } },
    snapshot,
    { scores },
  );
}

/** What the pods of an item need there, where overrides change it. */
function podOn({ stream, snapshot }: VerifyInput, index: number, target: string): PodNeeds | undefined {
  const item = stream.overrides.length === 0 ? undefined : stream.items[index];
  const entry = item === undefined ? undefined : snapshot.clusters.find(({ cluster }) => cluster.id === target);
  if (item === undefined || entry === undefined) return undefined;
  return renderedPod(item, entry.cluster, stream.overrides)?.pod;
}

function refusalsOf(
  { snapshot }: VerifyInput,
  trial: Decision,
  planned: readonly (PlannedWorkload | undefined)[],
  target: string,
): readonly Refusal[] {
  if (!snapshot.clusters.some(({ cluster }) => cluster.id === target)) {
    return [{ code: "targetUnfit", message: `${target} is not in the fleet any more; plan again` }];
  }
  return planned.flatMap((workload, at): readonly Refusal[] => {
    if (workload === undefined) return [];
    const wanted = shareOn(workload.placements, target);
    const given = shareOn(trial.workloads[at]?.placements ?? [], target);
    if (wanted.held === true || given.replicas >= wanted.replicas) return [];
    const name = formatRef(workload.ref);
    return [
      {
        code: "targetUnfit",
        message: `${name}: ${target} ${whyUnfit(trial, at, target, wanted.replicas, given.replicas)}; plan again`,
      },
    ];
  });
}

function whyUnfit(trial: Decision, at: number, target: string, wanted: number, given: number): string {
  const candidate = explainDecision(trial, at).candidates.find(({ cluster }) => cluster === target);
  const failed = candidate?.filters.find(({ verdict }) => verdict !== "fits");
  if (failed !== undefined) return `no longer passes ${failed.name}: ${failed.reason}`;
  return `has room for ${given} of its ${wanted} replicas now`;
}

function costRefusals(plan: Plan, perMonthUsd: number): readonly Refusal[] {
  const before = plan.basis.perMonthUsd;
  if (Math.abs(perMonthUsd - before) <= before * COST_DRIFT_MAX) return [];
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

function targetsOf(planned: readonly (PlannedWorkload | undefined)[]): readonly string[] {
  return [...new Set(planned.flatMap((workload) => (workload?.placements ?? []).map(({ cluster }) => cluster)))];
}

function shareOn(
  placements: readonly (Share & { readonly held?: boolean })[],
  target: string,
): Share & { readonly held?: boolean } {
  return placements.find(({ cluster }) => cluster === target) ?? { cluster: target, replicas: 0 };
}
