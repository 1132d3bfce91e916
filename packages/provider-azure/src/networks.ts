import { type Ctx, isCloudError, isTimeout, withTimeout } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";
import type { AzureSession } from "./azure-session.ts";
import { openNetworkClient, type VirtualNetwork } from "./network-client.ts";

/** Clusters wait for their networks no longer than this: they are worth more than their ranges. */
const NETWORKS_TIMEOUT_MS = 10_000;

/**
 * The virtual networks of a subscription, as far as they may be read and are in time: the ranges of the others stay empty,
 * which means not known. Finding clusters needs no right on networks.
 */
export async function readNetworks(
  session: AzureSession,
  subscription: string,
  ctx: Ctx,
): Promise<readonly VirtualNetwork[]> {
  const client = openNetworkClient(session, subscription);
  const networks: VirtualNetwork[] = [];
  using timed = withTimeout(ctx, session.clock, NETWORKS_TIMEOUT_MS);
  try {
    await eachPage(`azure virtualNetworks.list of ${subscription}`, async (link) => {
      const page = await client.listNetworks(link, timed);
      networks.push(...page.networks);
      return page.nextLink;
    });
    return networks;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error) || isTimeout(error)) return networks;
    throw error;
  }
}
