import type { ClusterSnapshot } from "@flotilla/core";
import type { FilterExplanation } from "../engine/explanation.ts";
import { formatReplicaPrice } from "../framework/format-replica-price.ts";
import { ADMIT, KEEP, UNFIT, type Filter } from "../framework/filter.ts";

/** The policy's `unknownPrice: Exclude`: a cluster without a price for the replica takes nothing new. */
export const priceKnownFilter: Filter = {
  name: "PriceKnown",
  prepare({ spec, current, priceAt, holdsOne, columns }) {
    if (spec.unknownPrice !== "Exclude") return null;
    return (index) => {
      if (!Number.isNaN(priceAt(index))) return ADMIT;
      // Where no node could hold a replica there is nothing to price: the next filter says so.
      if (columns.capacityKnown[index] === 1 && !holdsOne(index)) return ADMIT;
      return (current[index] ?? 0) > 0 ? KEEP : UNFIT;
    };
  },
  explain({ spec, current, priceAt, holdsOne, needsNodes, columns }, index): FilterExplanation {
    const price = priceAt(index);
    if (!needsNodes) return { name: this.name, verdict: "fits", reason: "it needs no node" };
    if (!Number.isNaN(price)) {
      return { name: this.name, verdict: "fits", reason: `${formatReplicaPrice(price)} per replica and hour` };
    }
    if (columns.capacityKnown[index] === 1 && !holdsOne(index)) {
      return { name: this.name, verdict: "fits", reason: "no node could hold a replica, so there is nothing to price" };
    }
    const reason = `price unknown: ${unknownReason(columns.clusters[index])}`;
    if (spec.unknownPrice !== "Exclude") {
      return { name: this.name, verdict: "fits", reason: `${reason} (unknownPrice: ${spec.unknownPrice})` };
    }
    const own = current[index] ?? 0;
    return own > 0
      ? { name: this.name, verdict: "fits", reason: `${reason}; keeps its ${own}, takes no more` }
      : { name: this.name, verdict: "unfit", reason, brief: "unknown price" };
  },
};

function unknownReason(entry: ClusterSnapshot | undefined): string {
  const unknown = entry?.prices.nodePerHour.find((price) => !price.known);
  return unknown === undefined || unknown.known ? "its nodes could not be read" : unknown.reason;
}
