import { createSeededRandom, formatClusterId, type Random } from "@flotilla/core";
import { CLOUD_SITES, type CloudSite } from "./cloud-site.ts";
import { CLOUD_SCOPES, RESOURCE_GROUP } from "./cloud-scopes.ts";
import type { SandboxTaint } from "../sandbox-member.ts";

/** One cluster of the emulated clouds. */
export interface CloudMember {
  /** Its id in the fleet, e.g. `aws/123456789012/eu-west-1/aws-dublin`. */
  readonly id: string;
  readonly name: string;
  readonly site: CloudSite;
  readonly nodes: number;
  /** Set by the configuration, not by the cloud. */
  readonly taints?: readonly SandboxTaint[];
  readonly isDegraded: boolean;
  /** Known by its own certificates and not by the cloud's accounts: what Azure calls local accounts. */
  readonly hasLocalAccounts: boolean;
}

/** More would be more servers than a laptop likes. */
export const CLUSTERS_MAX = 200;
export const CLUSTERS_DEFAULT = 9;

/** Out for maintenance, as its owner says in the configuration: what `explain` is asked about. */
const TAINTED = "gcp-oregon";
/** Runs with less than it should, as its cloud says. */
const DEGRADED = "gcp-delhi";
const LOCAL = "azure-pune";
/** Prices and sizes of a drawn fleet are within so much of the usual ones. */
const PRICE_SPREAD = 0.1;
const NODES_SPREAD = 3;

/**
 * The first `clusters` of the fleet, going round its nine places. With a seed it is another fleet at the same places: prices
 * and sizes are drawn, the same for the same seed.
 */
export function cloudMembers(options: { readonly clusters: number; readonly seed?: number }): readonly CloudMember[] {
  const { clusters, seed } = options;
  const sites = seed === undefined ? CLOUD_SITES : drawnSites(createSeededRandom(seed));
  return Array.from({ length: clusters }, (_, index) => {
    const site = sites[index % sites.length];
    if (site === undefined) throw new RangeError("there are no places to put clusters");
    return memberOf(site, Math.floor(index / sites.length));
  });
}

function drawnSites(random: Random): readonly CloudSite[] {
  const nearly = (price: number): number => Math.round(price * (1 - PRICE_SPREAD + 2 * PRICE_SPREAD * random.next()));
  return CLOUD_SITES.map((site) => ({
    ...site,
    nodes: site.nodes + Math.floor(NODES_SPREAD * random.next()),
    machine: {
      ...site.machine,
      perHour: nearly(site.machine.perHour),
      spotPerHour: nearly(site.machine.spotPerHour),
    },
  }));
}

function memberOf(site: CloudSite, round: number): CloudMember {
  const { cloud, place, region, nodes } = site;
  const name = `${cloud}-${place}${round === 0 ? "" : `-${round + 1}`}`;
  const group = cloud === "azure" ? RESOURCE_GROUP : region;
  return {
    id: formatClusterId({ provider: cloud, scope: CLOUD_SCOPES[cloud], group, name }),
    name,
    site,
    nodes,
    ...(name === TAINTED ? { taints: [{ key: "maintenance", value: "upgrade", effect: "NoSchedule" }] } : {}),
    isDegraded: name === DEGRADED,
    hasLocalAccounts: name === LOCAL,
  };
}
