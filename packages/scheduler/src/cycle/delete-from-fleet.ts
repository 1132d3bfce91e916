import { type Ctx, type Document, type FleetSnapshot, type RecordStore } from "@flotilla/core";
import { type FleetWorkload, fleetWorkloads } from "../inventory/fleet-workloads.ts";
import { deleteStoredShares, type StoredShares, writeStoredShares } from "../inventory/stored-shares.ts";
import { isNamed, type ObjectName } from "../objects/object-name.ts";
import { refKey, refOf } from "../objects/object-ref.ts";
import { readManifests } from "../plan/manifest.ts";
import type { DeleteReport } from "./delete-report.ts";
import { type Deleted, deleteWorkloads } from "./delete-workloads.ts";
import { readFleetFacts } from "./fleet-facts.ts";
import type { OpenFleet } from "./open-fleet.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

export interface DeleteInput {
  readonly names?: readonly ObjectName[];
  readonly documents?: readonly Document[];
}

/**
 * Deletes the named workloads, and those that the documents bring. What a document describes that is no workload of its own
 * goes with the workloads that brought it. Members that cannot be reached are remembered until a later run finds them.
 *
 * @throws InputError for documents that cannot be read, before anything is contacted
 */
export async function deleteFromFleet(
  context: SchedulerContext,
  fleet: OpenFleet,
  input: DeleteInput,
  ctx: Ctx,
): Promise<DeleteReport> {
  const written = readManifests(input.documents ?? []).map(({ object }) => refOf(object));
  const names = input.names ?? [];
  const snapshot = await fleet.observe(await fleet.discover(ctx), ctx);
  const namespaces = [...new Set(["default", ...[...names, ...written].flatMap(({ namespace }) => namespace ?? [])])];
  const { inventory, stored } = await readFleetFacts(context, fleet.members, snapshot, namespaces, ctx);
  const all = fleetWorkloads(inventory, stored.map(withDeleting));
  const chosen = all.filter(({ ref }) => [...names, ...written].some((name) => isNamed(ref, name)));
  const notFound = names.filter((name) => !chosen.some(({ ref }) => isNamed(ref, name)));
  const found = { workloads: chosen.map(({ ref }) => ref), notFound };
  const deleted = await deleteWorkloads({ ...context, members: fleet.members }, chosen, ctx);
  await remember(context, snapshot, chosen, deleted, stored);
  const { removals, clusters } = deleted;
  return { ...found, outcome: outcomeOf(deleted), removals, clusters };
}

function outcomeOf({ isInterrupted, pending }: Deleted): DeleteReport["outcome"] {
  if (isInterrupted) return "interrupted";
  return pending.size === 0 ? "done" : "partial";
}

/** What is still to be deleted somewhere counts as being there. */
function withDeleting(record: StoredShares): StoredShares {
  const { deleting = [], shares } = record;
  const more = deleting.filter((id) => !shares.some(({ cluster }) => cluster === id));
  return { ...record, shares: [...shares, ...more.map((cluster) => ({ cluster, replicas: 1 }))] };
}

/** A member that left the fleet for good is not waited for; one that is only away is, until a later delete finds it. */
async function remember(
  { store, fleet }: { readonly store: RecordStore | undefined; readonly fleet: string },
  snapshot: FleetSnapshot,
  workloads: readonly FleetWorkload[],
  { pending }: Deleted,
  stored: readonly StoredShares[],
): Promise<void> {
  if (store === undefined) return;
  const present = new Set(snapshot.clusters.map(({ cluster }) => cluster.id));
  for (const { ref, shares, revision } of workloads) {
    const left = pending.get(refKey(ref)) ?? [];
    if (left.length === 0 || (snapshot.gaps.length === 0 && left.every((id) => !present.has(id)))) {
      await deleteStoredShares(store, fleet, ref);
      continue;
    }
    const planId = stored.find((record) => refKey(record.ref) === refKey(ref))?.planId ?? "";
    const remaining = shares.filter(({ cluster }) => left.includes(cluster));
    await writeStoredShares(store, fleet, { ref, planId, shares: remaining, revision: revision + 1, deleting: left });
  }
}
