import type { PlacementSpec } from "./placement-policy.ts";

/**
 * What holds where a policy says nothing, and for a workload no policy selects: divided by score over the whole fleet, as far
 * as there is room.
 */
export const DEFAULT_PLACEMENT: PlacementSpec = Object.freeze({
  workloads: Object.freeze([]),
  priority: 0,
  clusters: Object.freeze({}),
  tolerations: Object.freeze([]),
  spread: Object.freeze([]),
  replicas: Object.freeze({
    mode: "Divide",
    divideBy: "Score",
    weights: Object.freeze([]),
    limits: Object.freeze([]),
    partial: true,
  }),
  score: Object.freeze({ capacity: 1, cost: 1, region: 1 }),
  regions: Object.freeze({}),
  unknownPrice: "Worst",
  unknownCapacity: "Exclude",
});
