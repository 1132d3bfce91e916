import type { Shortfall } from "../engine/decision.ts";
import type { StreamUnit } from "./stream.ts";

/**
 * Why replicas have no place, and whether the policy puts up with it: a plan with one that it does not is refused.
 * `overrides`: the pods as they are rendered for a cluster find no room there for all of its share.
 */
export interface PlannedShortfall {
  readonly code: Shortfall["code"] | "overrides";
  readonly message: string;
  readonly isAllowed: boolean;
}

/** Codes of what a policy demands: running on with less would be running against it. */
const DEMANDED: ReadonlySet<Shortfall["code"]> = new Set(["allOrNothing", "spread", "unknownPrice"]);

/** Pure. */
export function plannedShortfall(
  { policy }: Pick<StreamUnit, "policy">,
  isPlaced: boolean,
  shortfall: Shortfall,
): PlannedShortfall {
  const isPartialAllowed = policy?.spec.replicas.partial ?? true;
  // Nowhere at all is no part of anything, and taking away what runs is not how to answer a filter that nobody passes.
  const isAllowed = isPartialAllowed && isPlaced && !DEMANDED.has(shortfall.code);
  return { ...shortfall, isAllowed };
}
