import type { Ctx } from "@flotilla/core";
import { sameRef } from "../objects/object-ref.ts";
import type { Decided, PlacedUnit } from "../plan/decide.ts";
import type { Plan } from "../plan/plan.ts";
import type { Stream } from "../plan/stream.ts";
import { changeRefusals, targetRefusals } from "../plan/verify-plan.ts";
import type { Refusal } from "../rollout/apply-report.ts";
import { knownByUnit, unreachableIds } from "./fleet-facts.ts";
import type { OpenFleet } from "./open-fleet.ts";
import type { PreparedDocuments } from "./prepare-stream.ts";
import { renderPlan, survey } from "./run-cycle.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/**
 * Looks at the fleet again for a stored plan: the same placements, rendered anew from the same documents. Either the plan with
 * its objects, ready to run, or every reason why it may not.
 */
export async function verifyStored(
  context: SchedulerContext,
  fleet: OpenFleet,
  plan: Plan,
  prepared: PreparedDocuments,
  ctx: Ctx,
): Promise<{ readonly plan: Plan } | { readonly refusals: readonly Refusal[] }> {
  const surveyed = await survey(context, fleet, prepared, ctx);
  const { stream, snapshot, facts } = surveyed;
  const known = knownByUnit(facts, stream, snapshot, context.fleet);
  const unreachable = unreachableIds(facts, snapshot, known);
  const unfit = targetRefusals({ plan, stream, snapshot, known, unreachable });
  const input = {
    prepared,
    lose: plan.basis.lost,
    sources: plan.basis.sources,
    surveyed,
    decided: decidedOf(plan, stream),
    lost: plan.basis.lost,
  };
  const now = await renderPlan(context, fleet, input, ctx);
  const refusals = [...unfit, ...changeRefusals(plan, now)];
  return refusals.length > 0 ? { refusals } : { plan: { ...now, planId: plan.planId, createdAtMs: plan.createdAtMs } };
}

/** The plan's own decision, by the items of the stream. */
function decidedOf(plan: Plan, stream: Stream): Decided {
  const planned = [...plan.workloads, ...plan.standalone];
  const units = new Map<number, PlacedUnit>();
  for (const [index, { unit, ref }] of stream.items.entries()) {
    const found = planned.find((each) => sameRef(each.ref, ref));
    if (unit !== undefined && found !== undefined) units.set(index, { ...found, hasPods: unit.hasPods });
  }
  return { units, cost: plan.cost };
}
