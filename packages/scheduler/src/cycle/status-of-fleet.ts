import type { Ctx } from "@flotilla/core";
import { fleetWorkloads } from "../inventory/fleet-workloads.ts";
import type { ObjectName } from "../objects/object-name.ts";
import { collectStatus } from "../status/collect-status.ts";
import type { FleetStatus } from "../status/workload-status.ts";
import { readFleetFacts } from "./fleet-facts.ts";
import type { OpenFleet } from "./open-fleet.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { unreadMembers } from "./unread-members.ts";

/** Finds workloads by their inventories and reads how they are. */
export async function statusOfFleet(
  context: SchedulerContext,
  fleet: OpenFleet,
  names: readonly ObjectName[] | undefined,
  ctx: Ctx,
): Promise<FleetStatus> {
  const snapshot = await fleet.observe(await fleet.discover(ctx), ctx);
  const namespaces = [...new Set(["default", ...(names ?? []).flatMap(({ namespace }) => namespace ?? [])])];
  const { inventory, stored } = await readFleetFacts(context, fleet.members, snapshot, namespaces, ctx);
  const deps = { members: fleet.members, inventory, concurrency: context.concurrency };
  const workloads = await collectStatus(deps, fleetWorkloads(inventory, stored), names, ctx);
  return { workloads, gaps: [...snapshot.gaps, ...unreadMembers(snapshot, inventory)] };
}
