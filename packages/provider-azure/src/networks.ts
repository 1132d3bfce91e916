import type { Ctx } from "@flotilla/core";
import type { AzureSession } from "./azure-session.ts";
import { openNetworkClient, type VirtualNetwork } from "./network-client.ts";
import { eachPageBeside } from "./pages-beside.ts";

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
  await eachPageBeside(
    { what: `azure virtualNetworks.list of ${subscription}`, clock: session.clock },
    async (link, timed) => {
      const page = await client.listNetworks(link, timed);
      networks.push(...page.networks);
      return page.nextLink;
    },
    ctx,
  );
  return networks;
}
