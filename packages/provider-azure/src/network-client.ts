import { type Ctx, isJsonObject } from "@flotilla/core";
import { readArmPage } from "./arm-page.ts";
import type { AzureSession } from "./azure-session.ts";
import { ARM_ORIGIN } from "./hosts.ts";
import type { Usage, UsagePage } from "./usage-page.ts";

/** The calls of Azure's networks that we make. On the pipeline that the SDKs are made of: arm-network is 84 MB for two lists. */
export interface NetworkClient {
  /** One page of the virtual networks of a subscription, over all regions and resource groups. */
  listNetworks(link: string | undefined, ctx: Ctx): Promise<NetworkPage>;
  /** One page of what a region allows of networks and their parts. */
  listUsage(region: string, link: string | undefined, ctx: Ctx): Promise<UsagePage>;
}

/** A virtual network, and its address ranges in CIDR notation. */
export interface VirtualNetwork {
  /** Resource id, in lower case. */
  readonly id: string;
  readonly cidrs: readonly string[];
}

/** Networks of one page, and the link to the next. */
interface NetworkPage {
  readonly networks: readonly VirtualNetwork[];
  readonly nextLink: string | undefined;
}

/** A version that recordings of the real service hold. */
const API_VERSION = "2024-03-01";

/** Opens the client; nothing is asked before the first call. */
export function openNetworkClient(session: AzureSession, subscription: string): NetworkClient {
  const path = `${ARM_ORIGIN}/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Network`;
  const query = `api-version=${API_VERSION}`;
  return {
    async listNetworks(link, ctx) {
      const call = { action: "virtualNetworks.list", subscription };
      const { items, nextLink } = await readArmPage(session, call, link ?? `${path}/virtualNetworks?${query}`, ctx);
      return { networks: items.flatMap(toNetwork), nextLink };
    },
    async listUsage(region, link, ctx) {
      const call = { action: "network.usages.list", subscription, region };
      const firstPage = `${path}/locations/${encodeURIComponent(region)}/usages?${query}`;
      const { items, nextLink } = await readArmPage(session, call, link ?? firstPage, ctx);
      return { usages: items.flatMap(toUsage), nextLink };
    },
  };
}

/** What has no name is left out. */
function toNetwork(item: unknown): readonly VirtualNetwork[] {
  if (!isJsonObject(item) || typeof item["id"] !== "string") return [];
  const { properties } = item;
  const space = isJsonObject(properties) ? properties["addressSpace"] : undefined;
  const prefixes = isJsonObject(space) ? space["addressPrefixes"] : undefined;
  const cidrs = Array.isArray(prefixes)
    ? (prefixes as readonly unknown[]).filter((cidr) => typeof cidr === "string")
    : [];
  return [{ id: item["id"].toLowerCase(), cidrs }];
}

/** A limit without a name or a number limits nothing. */
function toUsage(item: unknown): readonly Usage[] {
  if (!isJsonObject(item) || !isJsonObject(item["name"])) return [];
  const { limit, currentValue: used, unit } = item;
  const { value: name } = item["name"];
  if (typeof name !== "string" || typeof limit !== "number" || typeof used !== "number") return [];
  return [{ name, unit: typeof unit === "string" ? unit : "Count", limit, used }];
}
