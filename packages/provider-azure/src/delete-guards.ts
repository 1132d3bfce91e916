import type { Ctx } from "@flotilla/core";
import type { ArmName } from "./arm-id.ts";
import type { AzureSession } from "./azure-session.ts";
import { openLocksClient } from "./locks-client.ts";
import { eachPageBeside } from "./pages-beside.ts";

/** Whether a lock keeps a cluster from being deleted; `undefined` where nobody could tell. */
export type DeleteGuards = (name: ArmName) => boolean | undefined;

/** The locks of a subscription, as far as they may be read: finding clusters needs no right on locks. */
export async function readDeleteGuards(session: AzureSession, subscription: string, ctx: Ctx): Promise<DeleteGuards> {
  const client = openLocksClient(session, subscription);
  const locked = new Set<string>();
  const isWhole = await eachPageBeside(
    { what: `azure locks.list of ${subscription}`, clock: session.clock },
    async (link, timed) => {
      const { lockedIds, nextLink } = await client.listLocks(link, timed);
      for (const id of lockedIds) locked.add(id);
      return nextLink;
    },
    ctx,
  );
  return (name) => {
    if (guardingIds(name).some((id) => locked.has(id))) return true;
    return isWhole ? false : undefined;
  };
}

/** Locks hold for all that is below them. */
function guardingIds({ subscription, group, name }: ArmName): readonly string[] {
  const inSubscription = `/subscriptions/${subscription}`;
  const inGroup = `${inSubscription}/resourcegroups/${group}`;
  const cluster = `${inGroup}/providers/microsoft.containerservice/managedclusters/${name}`;
  return [inSubscription, inGroup, cluster].map((id) => id.toLowerCase());
}
