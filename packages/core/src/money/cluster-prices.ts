import type { Price } from "./price.ts";

/** Prices of one cluster. `nodePerHour[i]` belongs to `ClusterCapacity.shapes[i]`. */
export interface ClusterPrices {
  readonly controlPlanePerHour: Price;
  readonly nodePerHour: readonly Price[];
}
