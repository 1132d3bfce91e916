import { CloudError, isJsonObject, type ObjectRef, type RecordStore } from "@flotilla/core";
import { workloadHash } from "../inventory/ownership.ts";
import { isNamed, type ObjectName } from "../objects/object-name.ts";
import { sameRef } from "../objects/object-ref.ts";
import { readLarge, writeLarge } from "./large-record.ts";
import type { Plan, PlannedWorkload } from "./plan.ts";

/** A plan as the store keeps it: no rendered object and no Secret value, only digests and where the documents were. */
interface StoredPlan {
  readonly v: 1;
  readonly plan: Plan;
}

/** Older plans are refused by `apply`; they are kept a little longer for `explain`. */
export const PLAN_AGE_MAX_MS: number = 24 * 60 * 60_000;
const PLAN_KEPT_MS: number = 7 * PLAN_AGE_MAX_MS;

/** Stores a plan under its id and makes it the last one of its workloads. Plans older than a week are forgotten. */
export async function storePlan(store: RecordStore, plan: Plan): Promise<void> {
  const objects = plan.objects.map(({ object: _object, ...rest }) => rest);
  const stored: StoredPlan = { v: 1, plan: { ...plan, objects } };
  await writeLarge(store, planKey(plan.planId), stored);
  for (const { ref } of [...plan.workloads, ...plan.standalone]) {
    await store.put(lastPlanKey(plan.fleet, ref), { planId: plan.planId, ref });
  }
  await forgetOldPlans(store, plan.createdAtMs);
}

/** `undefined` where no plan of that id is stored. @throws CloudError `invalid` for one written by a newer version. */
export async function loadPlan(store: RecordStore, planId: string): Promise<Plan | undefined> {
  if (!/^[0-9a-f]+$/.test(planId)) return undefined;
  const stored = await readLarge(store, planKey(planId));
  if (stored === undefined) return undefined;
  if (!isJsonObject(stored) || stored["v"] !== 1) {
    throw new CloudError("invalid", `plan ${planId} was stored by another version of Flotilla; plan again`);
  }
  return stored["plan"] as Plan;
}

/** The workloads that any stored plan of the fleet decided, as they were planned last. */
export async function loadLastDecisions(
  store: RecordStore,
  fleet: string,
  name: ObjectName,
): Promise<readonly { readonly plan: Plan; readonly workload: PlannedWorkload }[]> {
  const found: { readonly plan: Plan; readonly workload: PlannedWorkload }[] = [];
  for (const { value } of await store.list(lastPlansOf(fleet))) {
    const { planId, ref } = (isJsonObject(value) ? value : {}) as {
      readonly planId?: string;
      readonly ref?: ObjectRef;
    };
    if (planId === undefined || ref === undefined || !isNamed(ref, name)) continue;
    const plan = await loadPlan(store, planId);
    const workload = [...(plan?.workloads ?? []), ...(plan?.standalone ?? [])].find((each) => sameRef(each.ref, ref));
    if (plan !== undefined && workload !== undefined) found.push({ plan, workload });
  }
  return found;
}

async function forgetOldPlans(store: RecordStore, nowMs: number): Promise<void> {
  const heads = await store.list(PLANS);
  const old = heads.filter(({ updatedAtMs }) => updatedAtMs < nowMs - PLAN_KEPT_MS);
  for (const { key } of old) {
    for (const part of await store.list(`parts/${key}/`)) await store.delete(part.key);
    await store.delete(key);
  }
}

const PLANS = "plans/";

function planKey(planId: string): string {
  return `${PLANS}${planId}`;
}

function lastPlanKey(fleet: string, ref: ObjectRef): string {
  return `${lastPlansOf(fleet)}${workloadHash(fleet, ref)}`;
}

function lastPlansOf(fleet: string): string {
  return `last-plans/${fleet === "" ? "-" : fleet}/`;
}
