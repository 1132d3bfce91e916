import type { Share } from "../engine/decision.ts";
import type { PlannedShortfall } from "./planned-shortfall.ts";

/** Of pods that overrides make larger than what was decided for: not all of a share find room. */
export interface OverridesShortfall extends PlannedShortfall {
  readonly code: "overrides";
  /** What does find room, where that is less than the share. */
  readonly given: readonly Share[];
}

/** How much of a share a plan knows to find room: `undefined` for all of it. Pure. */
export function knownToBeGiven(shortfall: PlannedShortfall | undefined, cluster: string): number | undefined {
  if (shortfall?.code !== "overrides") return undefined;
  // A plan that an older version stored knows of none.
  const { given = [] } = shortfall as Partial<OverridesShortfall>;
  return given.find((share) => share.cluster === cluster)?.replicas;
}
