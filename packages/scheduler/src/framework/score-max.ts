/** Every score runs from 0 to this. */
export const SCORE_MAX = 100;

/** The names the engine scores by itself. */
export const BUILT_IN_SCORES: readonly string[] = ["capacity", "cost", "region"];
