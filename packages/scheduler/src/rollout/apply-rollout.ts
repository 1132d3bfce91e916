import { compareIds, type Ctx, mapLimited } from "@flotilla/core";
import { formatRef, sameRef } from "../objects/object-ref.ts";
import { liveKey } from "../plan/live-facts.ts";
import { foreignWarning } from "../plan/plan-warnings.ts";
import type { Plan } from "../plan/plan.ts";
import { buildWorkloadStatus, type SeenOnMember } from "../status/build-workload-status.ts";
import type { WorkloadStatus } from "../status/workload-status.ts";
import { applyCluster, belongsTo, isBroken, isRefused } from "./apply-cluster.ts";
import { foreignMessage } from "./apply-object.ts";
import type { ApplyOutcome, ApplyReport, ObjectOutcome, ObjectResult, Refusal } from "./apply-report.ts";
import { planRollout, type RolloutUnit } from "./plan-rollout.ts";
import { retireCluster } from "./retire-cluster.ts";
import { createRolloutRecord } from "./rollout-record.ts";
import type { RolloutDeps, RolloutOptions, RolloutRun } from "./rollout-run.ts";
import { type HealthTarget, waitForHealth } from "./wait-for-health.ts";

/** Long enough for images to be pulled and probes to pass; DESIGN's default of `--timeout`. */
const TIMEOUT_MS = 5 * 60_000;

/**
 * Carries a plan out: every member brought to it, then the wait for health, then what has to make room, member by member and
 * bounded. Failures are data; nothing is forced or taken over unless the options say so. Repeating it converges and, once
 * everything is as planned, writes nothing. An abort stops new writes and reports what is still running.
 */
export async function applyRollout(
  deps: RolloutDeps,
  plan: Plan,
  options: RolloutOptions,
  ctx: Ctx,
): Promise<ApplyReport> {
  const rollout = planRollout(plan);
  const record = createRolloutRecord({ objects: plan.objects.length, removals: plan.removals.length }, deps.onProgress);
  const run: RolloutRun = { deps, plan, rollout, options, record, leftovers: new Set() };
  const refusals = refusalsOf(plan, options);
  if (refusals.length > 0) return report(run, "refused", refusals);
  try {
    await carryOut(run, ctx);
  } catch (error) {
    if (!ctx.signal.aborted) throw error;
    return report(run, "interrupted");
  }
  return report(run, outcomeOf(run));
}

async function carryOut(run: RolloutRun, ctx: Ctx): Promise<void> {
  const { deps, rollout } = run;
  const { timeoutMs = TIMEOUT_MS } = run.options;
  const eachCluster = (work: (part: (typeof rollout.clusters)[number]) => Promise<void>): Promise<unknown> =>
    mapLimited(rollout.clusters, deps.concurrency, work, { signal: ctx.signal });
  await eachCluster((part) => applyCluster(run, part, ctx));
  await waitForHealth(run, targetsOf(run), timeoutMs, ctx);
  await waitForHealth(run, brokenOf(run), 0, ctx);
  const ready = new Set(rollout.units.filter((unit) => isReady(run, unit)));
  await eachCluster((part) => retireCluster(run, part, (unit) => ready.has(unit), ctx));
  const shrunk = rollout.clusters.flatMap(({ cluster, shrinking }) => shrinking.map(({ ref }) => ({ cluster, ref })));
  if (shrunk.length > 0) await waitForHealth(run, shrunk, timeoutMs, ctx);
}

/** Workloads with pods, where they were applied: what shrinks later is left out, and what failed has nothing to wait for. */
function targetsOf(run: RolloutRun): readonly HealthTarget[] {
  return workloadsWith(run, (outcome) => outcome === "created" || outcome === "changed" || outcome === "unchanged");
}

/** Workloads that were not applied though their member answers: how they are is told all the same. */
function brokenOf(run: RolloutRun): readonly HealthTarget[] {
  const isAway = (cluster: string): boolean => run.record.clusters.get(cluster)?.outcome === "unreachable";
  return workloadsWith(run, (outcome) => outcome !== "pending").filter(
    ({ cluster, ref }) => !isAway(cluster) && !run.record.seen.has(liveKey(cluster, ref)),
  );
}

function workloadsWith(
  { plan, rollout, record }: RolloutRun,
  isMeant: (outcome: ObjectOutcome | undefined) => boolean,
): readonly HealthTarget[] {
  const withPods = rollout.units.filter(({ hasPods }) => hasPods);
  return plan.objects.filter(
    ({ cluster, ref }) =>
      isMeant(record.objects.get(liveKey(cluster, ref))?.outcome) && withPods.some((unit) => sameRef(unit.ref, ref)),
  );
}

/** Whether everything the unit gets stands: only then may what it replaces go. What cannot be reached does not stand. */
function isReady({ plan, rollout, record }: RolloutRun, unit: RolloutUnit): boolean {
  if (unit.isHeld) return false;
  const mine = plan.objects.filter((object) => belongsTo(object, unit.ref));
  const shrinking = new Set(
    rollout.clusters.flatMap((part) => part.shrinking.map(({ cluster, ref }) => liveKey(cluster, ref))),
  );
  return mine.every(({ cluster, ref }) => {
    const key = liveKey(cluster, ref);
    const result = record.objects.get(key);
    if (result === undefined || isBroken(result)) return false;
    if (!unit.hasPods || !sameRef(ref, unit.ref) || shrinking.has(key)) return true;
    const seen = record.seen.get(key);
    return typeof seen === "object" && "health" in seen && seen.health === "healthy";
  });
}

function refusalsOf(plan: Plan, { adopt = false }: RolloutOptions): readonly Refusal[] {
  const short = [...plan.workloads, ...plan.standalone].filter(({ shortfall }) => shortfall?.isAllowed === false);
  const foreign = adopt ? [] : plan.objects.filter(({ live }) => live === "foreign");
  return [
    ...short.map(({ ref, placements, shortfall, explanation }): Refusal => {
      const isNowhere = placements.length === 0;
      const message = isNowhere ? explanation.summary : (shortfall?.message ?? "");
      return { code: isNowhere ? "nothingFits" : "shortfall", message: `${formatRef(ref)}: ${message}` };
    }),
    ...foreign.map((object): Refusal => ({ code: "foreignObject", message: foreignMessage(object) })),
  ];
}

function outcomeOf(run: RolloutRun): ApplyOutcome {
  const { record, rollout, plan } = run;
  const results = [...record.objects.values()];
  if (results.some(isRefused)) return "refused";
  const isPartial =
    results.some((result) => isBroken(result) || result.outcome === "pending") ||
    [...record.removals.values()].some(({ outcome }) => outcome === "pending" || outcome === "failed") ||
    [...record.clusters.values()].some(({ outcome }) => outcome !== "done") ||
    heldClusters(plan).length > 0 ||
    rollout.units.some((unit) => unit.hasPods && !isReady(run, unit));
  return isPartial ? "partial" : "done";
}

function report(run: RolloutRun, outcome: ApplyOutcome, refusals: readonly Refusal[] = []): ApplyReport {
  const { plan, record } = run;
  return {
    planId: plan.planId,
    outcome,
    refusals,
    objects: inPlanOrder(plan, record.objects),
    removals: [...record.removals.values()].sort(byCluster),
    clusters: [...record.clusters.values(), ...heldClusters(plan)].sort(byCluster),
    workloads: refusals.length > 0 ? [] : statusesOf(run),
    running: outcome === "interrupted" ? runningOf(run) : [],
    warnings: warningsOf(run),
  };
}

/** The plan's, without those that an option has settled. */
function warningsOf({ plan, options }: RolloutRun): readonly string[] {
  if (options.adopt !== true) return plan.warnings;
  const settled = new Set(plan.objects.filter(({ live }) => live === "foreign").map(foreignWarning));
  return plan.warnings.filter((warning) => !settled.has(warning));
}

/** As the plan lists them, however the answers came in. */
function inPlanOrder(plan: Plan, results: ReadonlyMap<string, ObjectResult>): readonly ObjectResult[] {
  return plan.objects.flatMap(({ cluster, ref }) => results.get(liveKey(cluster, ref)) ?? []);
}

function byCluster(a: { readonly cluster: string }, b: { readonly cluster: string }): number {
  return compareIds(a.cluster, b.cluster);
}

function heldClusters({ workloads, standalone }: Plan): ApplyReport["clusters"] {
  const held = [...workloads, ...standalone].flatMap(({ placements }) =>
    placements.filter((placement) => placement.held === true),
  );
  const ids = [...new Set(held.map(({ cluster }) => cluster))];
  return ids.map((cluster) => ({ cluster, outcome: "held", message: "cannot be reached; its replicas are held" }));
}

function statusesOf({ plan, rollout, record }: RolloutRun): readonly WorkloadStatus[] {
  return plan.workloads.map(({ ref, placements }) => {
    const unit = rollout.units.find((each) => sameRef(each.ref, ref));
    const members = placements.map(({ cluster, held }): SeenOnMember => {
      const unread = held === true ? "cannot be reached; its replicas are held" : "not looked at";
      return { cluster, seen: record.seen.get(liveKey(cluster, ref)) ?? { unread } };
    });
    const { replicas = 0, shares = [] } = unit ?? {};
    const isAutoscaled = plan.objects.some((each) => each.initialReplicas !== undefined && sameRef(each.ref, ref));
    return buildWorkloadStatus({ ref, replicas, shares, hasPods: true, isAutoscaled }, members);
  });
}

/** Writes whose answer was not awaited, and workloads whose pods are still on their way. */
function runningOf(run: RolloutRun): readonly string[] {
  const { record, rollout } = run;
  const unsettled = [...record.objects.values()].filter(({ cluster, ref, outcome }) => {
    const seen = record.seen.get(liveKey(cluster, ref));
    const isHealthy = typeof seen === "object" && "health" in seen && seen.health === "healthy";
    const isWorkload = rollout.units.some((unit) => unit.hasPods && sameRef(unit.ref, ref));
    return isWorkload && !isHealthy && (outcome === "created" || outcome === "changed");
  });
  return [
    ...[...record.inFlight].map((name) => `${name}: sent, not answered`),
    ...unsettled.map(({ cluster, ref }) => `${formatRef(ref)} on ${cluster}: rolling out`),
  ];
}
