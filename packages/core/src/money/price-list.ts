import { parseClusterId } from "../cluster/cluster-id.ts";
import type { Purchase } from "../cluster/cluster.ts";
import type { ClusterSelector } from "../cluster/cluster-selector.ts";
import { compileClusterSelector } from "../cluster/matches-cluster.ts";
import type { SelectableCluster } from "../cluster/matches-field.ts";
import type { Offering, Prices } from "../provider/prices.ts";
import type { MicroUsd, Price } from "./price.ts";
import { known, unknownPrice } from "./usd.ts";

/** One line of a price list. Every given condition must hold; what is absent says nothing. USD per hour in micro-USD. */
export interface PriceListItem {
  readonly clusters?: ClusterSelector;
  readonly instanceType?: string;
  readonly region?: string;
  /** Absent: every purchase, for those whose list has one price. */
  readonly purchase?: Purchase;
  readonly nodePerHour?: MicroUsd;
  readonly controlPlanePerHour?: MicroUsd;
  readonly asOfMs: number;
}

/**
 * Prices a person wrote down. Of the items that apply the most specific wins: a `clusters` selector outweighs an instance
 * type, that outweighs a region, that outweighs a purchase; between equals the first in the list. An item that does not give
 * the price asked for (node or control plane) is passed over. `source` is what each price names as its origin.
 */
export function createPriceList(items: readonly PriceListItem[], source: string): Prices {
  const rules = items.map(toRule).sort((a, b) => b.specificity - a.specificity);
  return {
    perCluster: items.some((item) => item.clusters !== undefined),
    async quote(offering: Offering): Promise<Price> {
      const cluster = selectable(offering);
      for (const rule of rules) {
        const microUsd = offering.kind === "node" ? rule.item.nodePerHour : rule.item.controlPlanePerHour;
        if (microUsd !== undefined && rule.applies(offering, cluster)) return known(microUsd, source, rule.item.asOfMs);
      }
      return unknownPrice(`${source} has no price for ${describeOffering(offering)}`);
    },
  };
}

interface Rule {
  readonly item: PriceListItem;
  readonly specificity: number;
  applies(offering: Offering, cluster: SelectableCluster): boolean;
}

function toRule(item: PriceListItem): Rule {
  const { clusters, instanceType, region, purchase } = item;
  const isChosen = compileClusterSelector(clusters);
  return {
    item,
    specificity:
      (clusters === undefined ? 0 : 8) +
      (instanceType === undefined ? 0 : 4) +
      (region === undefined ? 0 : 2) +
      (purchase === undefined ? 0 : 1),
    applies: (offering, cluster) =>
      (region === undefined || region === offering.region) &&
      (instanceType === undefined || (offering.kind === "node" && instanceType === offering.instanceType)) &&
      (purchase === undefined || (offering.kind === "node" && purchase === offering.purchase)) &&
      isChosen(cluster),
  };
}

/** The member as selectors see it; without the member itself, as much of it as the offering tells. */
function selectable(offering: Offering): SelectableCluster {
  if (offering.cluster !== undefined) return offering.cluster;
  const parts = offering.clusterId === undefined ? undefined : parseClusterId(offering.clusterId);
  const zone = offering.kind === "node" ? offering.zone : undefined;
  return {
    id: offering.clusterId ?? "",
    name: offering.clusterName ?? parts?.name ?? "",
    provider: offering.provider,
    scope: parts?.scope ?? "",
    region: offering.region,
    zones: zone === undefined || zone === null ? [] : [zone],
    kubernetesVersion: null,
    labels: offering.labels ?? {},
  };
}

function describeOffering(offering: Offering): string {
  const place = offering.region === null ? "an unknown region" : offering.region;
  const member = offering.clusterId === undefined ? "" : ` (${offering.clusterId})`;
  if (offering.kind === "controlPlane") return `a control plane in ${place}${member}`;
  return `${offering.instanceType ?? "an unknown instance type"} in ${place}${member}`;
}
