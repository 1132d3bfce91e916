import type { WorkloadTrace } from "./decide-workload.ts";
import type { Shortfall } from "./decision.ts";
import type { FilterExplanation } from "./explanation.ts";
import { createFullSpreads } from "./full-spread.ts";
import { policyBounds, type PolicyBounds } from "./policy-bounds.ts";

/** The part of a policy that gives a cluster nothing though it passed the filters. */
export type DivisionBound = "Weights" | "Limits" | "Minimum" | "UnknownPrice" | "AllOrNothing" | "Spread";

interface DivisionReason extends FilterExplanation {
  readonly name: DivisionBound;
}

/** Why candidates have no replicas, by position. `undefined` where nothing but the better ones stands in the way. */
export function createDivisionReasons(trace: WorkloadTrace): { of(position: number): DivisionReason | undefined } {
  const bounds = policyBounds(trace.evaluation);
  const whole = wholeReason(trace);
  const fullSpread = createFullSpreads(trace);
  return { of: (position) => boundReason(trace, bounds, fullSpread(position), position) ?? whole };
}

/** What the policy says of this one cluster. */
function boundReason(
  { evaluation }: WorkloadTrace,
  { min, max, weights }: PolicyBounds,
  fullSpread: string | undefined,
  position: number,
): DivisionReason | undefined {
  const { spec, workload, wholeRoomAt } = evaluation.context;
  const { replicas, division } = workload;
  if (replicas === 0) return undefined;
  const most = max[position] ?? Number.POSITIVE_INFINITY;
  const minimum = min[position] ?? 0;
  if (weights?.[position] === 0 && minimum === 0) {
    return { name: "Weights", verdict: "never", reason: "weight 0: the policy's weights give it nothing" };
  }
  if (most === 0 || (division === "Single" && most < replicas)) {
    return {
      name: "Limits",
      verdict: "never",
      reason: `limit: at most ${most} ${most === 1 ? "replica" : "replicas"} here`,
    };
  }
  if (fullSpread !== undefined) return { name: "Spread", verdict: "unfit", reason: fullSpread };
  const isDivided = spec.replicas.mode === "Divide" && (division ?? "Replicas") === "Replicas";
  if (!isDivided || minimum === 0) return undefined;
  const room = wholeRoomAt(evaluation.candidates[position] ?? -1);
  const why = room < minimum ? `it has room for ${room}` : "too few replicas are left for it";
  return { name: "Minimum", verdict: "unfit", reason: `its minimum of ${minimum} cannot be met: ${why}` };
}

/** What stands against the workload as a whole, wherever it would go. */
function wholeReason({ split }: WorkloadTrace): DivisionReason | undefined {
  const { code, message = "" } = split.shortfall ?? {};
  const name = WHOLE_BOUNDS.find(([each]) => each === code)?.[1];
  return name === undefined ? undefined : { name, verdict: "unfit", reason: message };
}

const WHOLE_BOUNDS: readonly (readonly [Shortfall["code"], DivisionBound])[] = [
  ["unknownPrice", "UnknownPrice"],
  ["allOrNothing", "AllOrNothing"],
  ["spread", "Spread"],
];
