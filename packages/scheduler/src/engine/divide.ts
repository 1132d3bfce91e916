import type { DivideResult, DivideTask } from "./divide-task.ts";
import { fillByWeights } from "./fill-by-weights.ts";
import { fillInOrder } from "./fill-in-order.ts";
import { fillPacked } from "./fill-packed.ts";
import type { FillTask, GroupCap } from "./fill-task.ts";
import { requiredFloors } from "./required-floors.ts";
import { largestShare } from "./spread-groups.ts";

/**
 * Divides in two steps. *Keep*: what runs stays where it is, as far as caps, shares and the count allow; when it is too much,
 * each has at most what it had. *Grow*: what is missing is added on top, so nobody has less than was kept. Hence adding
 * replicas moves none, taking some away moves none, and the same count again changes nothing. Written weights are followed
 * exactly, without the first step: with the same weights and room a change of the count moves nothing either way, since
 * Webster's method is house monotone.
 */
export function divide(task: DivideTask): DivideResult {
  const caps = groupCaps(task);
  const total = Math.max(0, task.replicas - task.held);
  const { lower, upper, unmet } = requiredFloors(task, caps);
  if (unmet !== undefined) {
    const { by, minGroups = 0 } = unmet.constraint;
    const kept = keep(task, new Float64Array(task.size), upper, caps, total);
    const needed = Math.min(minGroups, task.replicas);
    return { replicas: kept, unmetSpread: { by, needed, available: availableGroups(task, unmet.codes) } };
  }
  const kept = task.stays ? keep(task, lower, upper, caps, total) : new Float64Array(task.size);
  const base = kept.map((count, candidate) => Math.max(count, lower[candidate] ?? 0));
  return { replicas: fill(task, { size: task.size, total, lower: base, upper, caps }) };
}

/** The part of what runs now that stays, leaving room for what is required elsewhere. */
function keep(
  task: DivideTask,
  lower: Float64Array,
  upper: Float64Array,
  caps: readonly GroupCap[],
  total: number,
): Float64Array {
  // Nothing runs yet: the common case of a first placement.
  if (task.own.every((own) => own === 0)) return new Float64Array(task.size);
  const mine = task.own.map((own, candidate) => Math.min(own, upper[candidate] ?? 0));
  const least = mine.map((own, candidate) => Math.min(own, lower[candidate] ?? 0));
  const elsewhere = lower.map((count, candidate) => count - (least[candidate] ?? 0));
  const remaining = caps.map((cap) => lessRequired(cap, elsewhere));
  const promised = elsewhere.reduce((sum, count) => sum + count, 0);
  return fill(task, { size: task.size, total: total - promised, lower: least, upper: mine, caps: remaining });
}

function lessRequired({ codes, cap }: GroupCap, required: Float64Array): GroupCap {
  const left = Float64Array.from(cap);
  for (const [candidate, count] of required.entries()) {
    const group = codes[candidate] ?? -1;
    left[group] = (left[group] ?? 0) - count;
  }
  return { codes, cap: left };
}

function fill(task: DivideTask, fillTask: FillTask): Float64Array {
  switch (task.method) {
    case "Weighted":
      return fillByWeights(fillTask, task.keys);
    case "InOrder":
      return fillInOrder(fillTask, task.keys);
    case "Packed":
      return fillPacked(fillTask, task.keys);
    default:
      return task.method satisfies never;
  }
}

/** Largest shares as counts per group, less what unreachable members hold of them. */
export function groupCaps(task: DivideTask): readonly GroupCap[] {
  return task.spread
    .filter(({ constraint }) => constraint.maxSharePercent !== undefined)
    .map(({ constraint, codes, heldByGroup }) => ({
      codes,
      cap: heldByGroup.map((held) => Math.max(0, largestShare(constraint, task.replicas) - held)),
    }));
}

function availableGroups(task: DivideTask, codes: Int32Array): number {
  const groups = new Set<number>();
  for (const [candidate, cap] of task.cap.entries()) if (cap > 0) groups.add(codes[candidate] ?? -1);
  return groups.size;
}
