import { type Ctx, failureOf, isCloudError, mapLimited } from "@flotilla/core";
import type { Plan, PlannedObject } from "../plan/plan.ts";
import { diffObject, type ObjectDiff } from "../rollout/diff-object.ts";
import type { RolloutOptions } from "../rollout/rollout-run.ts";
import type { Members } from "./members.ts";

/** What applying a plan would change, object by object, in the plan's order, removals last. Changes nothing. */
export async function diffPlan(
  deps: { readonly members: Members; readonly concurrency: number },
  plan: Plan,
  options: RolloutOptions,
  ctx: Ctx,
): Promise<readonly ObjectDiff[]> {
  const diffs = await mapLimited(
    plan.objects,
    deps.concurrency,
    (planned) => diffOne(deps.members, plan, planned, options, ctx),
    {
      signal: ctx.signal,
    },
  );
  const removals = plan.removals.map(({ cluster, ref }): ObjectDiff => ({
    cluster,
    ref,
    change: "remove",
    changes: [],
    conflicts: [],
  }));
  return [...diffs, ...removals];
}

async function diffOne(
  members: Members,
  plan: Plan,
  planned: PlannedObject,
  options: RolloutOptions,
  ctx: Ctx,
): Promise<ObjectDiff> {
  const { cluster, ref, object } = planned;
  const base = { cluster, ref, changes: [], conflicts: [] };
  if (object === undefined) return { ...base, change: "failed", message: "the plan holds no rendered object" };
  const { adopt = false, forceConflicts = false } = options;
  const settings = { fleet: plan.fleet, planId: plan.planId, adopt, forceConflicts };
  try {
    return await members.use(cluster, (kube, timed) => diffObject(kube, { ...planned, object }, settings, timed), ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    const change = isCloudError(error, "invalid") ? "invalid" : "failed";
    return { ...base, change, message: failureOf(error).message };
  }
}
