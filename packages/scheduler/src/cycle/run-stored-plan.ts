import type { Ctx } from "@flotilla/core";
import { documentsDigest } from "../plan/build-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { staleReasons } from "../plan/verify-plan.ts";
import type { ApplyReport, Refusal } from "../rollout/apply-report.ts";
import type { RolloutOptions } from "../rollout/rollout-run.ts";
import type { OpenFleet } from "./open-fleet.ts";
import type { PreparedDocuments } from "./prepare-stream.ts";
import { applyCycle } from "./run-cycle.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { verifyStored } from "./verify-stored.ts";

/** A plan that was approved runs as it is or not at all: first what can be told without the fleet, then against the fleet. */
export async function runStoredPlan(
  context: SchedulerContext,
  fleet: OpenFleet,
  plan: Plan,
  prepared: PreparedDocuments,
  options: RolloutOptions,
  ctx: Ctx,
): Promise<ApplyReport> {
  const { clock, configDigest } = context;
  const now = { nowMs: clock.nowMs(), documentsDigest: documentsDigest(prepared.documents), configDigest };
  const stale = staleReasons(plan, now);
  if (stale.length > 0) return refused(plan, stale);
  const verified = await verifyStored(context, fleet, plan, prepared, ctx);
  return "refusals" in verified
    ? refused(plan, verified.refusals)
    : applyCycle(context, fleet, verified.plan, options, ctx);
}

function refused({ planId, warnings }: Plan, refusals: readonly Refusal[]): ApplyReport {
  return {
    planId,
    outcome: "refused",
    refusals,
    objects: [],
    removals: [],
    clusters: [],
    workloads: [],
    running: [],
    warnings,
  };
}
