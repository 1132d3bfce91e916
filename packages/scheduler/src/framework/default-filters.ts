import { capacityKnownFilter } from "../plugins/capacity-known-filter.ts";
import { clusterPhaseFilter } from "../plugins/cluster-phase-filter.ts";
import { clusterSelectorFilter } from "../plugins/cluster-selector-filter.ts";
import { fitsOneReplicaFilter } from "../plugins/fits-one-replica-filter.ts";
import { kindsAvailableFilter } from "../plugins/kinds-available-filter.ts";
import { priceKnownFilter } from "../plugins/price-known-filter.ts";
import { reachableFilter } from "../plugins/reachable-filter.ts";
import { spreadKnownFilter } from "../plugins/spread-known-filter.ts";
import { taintsFilter } from "../plugins/taints-filter.ts";
import type { Filter } from "./filter.ts";

/** The filters in the order in which they run. A cluster is told the first that leaves it out. */
export const DEFAULT_FILTERS: readonly Filter[] = [
  // What the user said comes first: nobody wants to read about the memory of a cluster he excluded.
  clusterSelectorFilter,
  // Then whether there is a cluster to speak of.
  reachableFilter,
  clusterPhaseFilter,
  // One look into a table of distinct taint sets, or of groups.
  taintsFilter,
  spreadKnownFilter,
  // One set look-up per kind.
  kindsAvailableFilter,
  capacityKnownFilter,
  // Looks at node shapes.
  priceKnownFilter,
  // Looks at every node, until it has found room.
  fitsOneReplicaFilter,
];
