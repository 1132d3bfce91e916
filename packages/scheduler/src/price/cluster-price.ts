import { known, unknownPrice, type ClusterSnapshot, type Price } from "@flotilla/core";

/**
 * What a whole cluster costs per hour: its nodes and its control plane. Unknown if any part is, with the reason of the first
 * unknown part; then a sum would be too low, and nobody could see it.
 */
export function clusterPricePerHour(entry: ClusterSnapshot): Price {
  const { capacity, prices } = entry;
  if (capacity === null) return unknownPrice(entry.capacityProblem ?? "the cluster's nodes could not be read");
  const parts: { readonly price: Price; readonly count: number }[] = capacity.shapes.map((shape, index) => ({
    price: prices.nodePerHour[index] ?? unknownPrice(`no price for ${shape.instanceType ?? "nodes of unknown type"}`),
    count: shape.count,
  }));
  // Shapes count what is ready and schedulable; the others are paid for too, and nothing says what they are.
  const unseen = capacity.nodes - parts.reduce((sum, part) => sum + part.count, 0);
  if (unseen > 0) return unknownPrice(`${unseen} of ${capacity.nodes} nodes are not ready and have no known type`);
  return sumPrices([...parts, { price: prices.controlPlanePerHour, count: 1 }]);
}

function sumPrices(parts: readonly { readonly price: Price; readonly count: number }[]): Price {
  let microUsd = 0;
  let asOfMs = Number.POSITIVE_INFINITY;
  const sources = new Set<string>();
  for (const { price, count } of parts) {
    if (!price.known) return price;
    microUsd += price.microUsd * count;
    asOfMs = Math.min(asOfMs, price.asOfMs);
    sources.add(price.source);
  }
  return known(microUsd, [...sources].join(", "), asOfMs);
}
