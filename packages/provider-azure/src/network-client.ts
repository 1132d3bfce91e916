import { type Ctx, isJsonObject } from "@flotilla/core";
import { readArmPage } from "./arm-page.ts";
import type { AzureSession } from "./azure-session.ts";
import { ARM_ORIGIN } from "./hosts.ts";

/** The one call of Azure's networks. On the pipeline that the SDKs are made of: arm-network is 84 MB for a single list. */
export interface NetworkClient {
  /** One page of the virtual networks of a subscription, over all regions and resource groups. */
  listNetworks(link: string | undefined, ctx: Ctx): Promise<NetworkPage>;
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
  const path = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Network/virtualNetworks`;
  const firstPage = `${ARM_ORIGIN}${path}?api-version=${API_VERSION}`;
  return {
    async listNetworks(link, ctx) {
      const call = { action: "virtualNetworks.list", subscription };
      const { items, nextLink } = await readArmPage(session, call, link ?? firstPage, ctx);
      return { networks: items.flatMap(toNetwork), nextLink };
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
