import type { Cluster, Ctx, FleetSnapshot } from "@flotilla/core";
import { type FleetInventory, inventoriesOf, readFleetInventory } from "../inventory/fleet-inventory.ts";
import { type KnownShares, knownShares } from "../inventory/known-shares.ts";
import { workloadHash } from "../inventory/ownership.ts";
import { listStoredShares, type StoredShares } from "../inventory/stored-shares.ts";
import type { Stream } from "../plan/stream.ts";
import type { Members } from "./members.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** What the fleet has already, as far as it can be told. */
export interface FleetFacts {
  readonly inventory: FleetInventory;
  readonly stored: readonly StoredShares[];
}

export async function readFleetFacts(
  context: SchedulerContext,
  members: Members,
  snapshot: FleetSnapshot,
  namespaces: readonly string[],
  ctx: Ctx,
): Promise<FleetFacts> {
  const { fleet, clock, clusterTimeoutMs, concurrency, store } = context;
  const deps = {
    fleet,
    clock,
    clusterTimeoutMs,
    concurrency,
    connect: (cluster: Cluster, inner: Ctx) => members.connect(cluster, inner),
  };
  const stored = store === undefined ? [] : await listStoredShares(store, fleet);
  // Where a token may not list a whole cluster, what was placed before says where else to look.
  const places = [...new Set([...namespaces, ...stored.flatMap(({ ref }) => ref.namespace ?? [])])];
  return { inventory: await readFleetInventory(deps, snapshot, places, ctx), stored };
}

/** By item index of each unit: the shares it has now, members named by their present ids. */
export function knownByUnit(
  { inventory, stored }: FleetFacts,
  stream: Stream,
  snapshot: FleetSnapshot,
  fleet: string,
): ReadonlyMap<number, KnownShares> {
  const canonical = canonicalIds(snapshot);
  const known = new Map<number, KnownShares>();
  for (const [index, { unit, ref }] of stream.items.entries()) {
    if (unit === undefined) continue;
    const hash = workloadHash(fleet, ref);
    const record = stored.find((each) => workloadHash(fleet, each.ref) === hash);
    const found = knownShares(inventoriesOf(inventory, fleet, hash), record);
    known.set(index, { ...found, shares: renamed(found.shares, canonical) });
  }
  return known;
}

/** A member found under another id than before keeps its share: alias id → id. */
function canonicalIds({ clusters }: FleetSnapshot): ReadonlyMap<string, string> {
  return new Map(
    clusters.flatMap(({ cluster }) => (cluster.aliasIds ?? []).map((alias) => [alias, cluster.id] as const)),
  );
}

function renamed(shares: KnownShares["shares"], canonical: ReadonlyMap<string, string>): KnownShares["shares"] {
  const byId = new Map(shares.map(({ cluster, replicas }) => [canonical.get(cluster) ?? cluster, replicas]));
  return [...byId]
    .map(([cluster, replicas]) => ({ cluster, replicas }))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

/** Members that hold shares and cannot be read now: known to be away, or not found by discovery at all. */
export function unreachableIds(
  { inventory }: FleetFacts,
  snapshot: FleetSnapshot,
  known: ReadonlyMap<number, KnownShares>,
): ReadonlySet<string> {
  const seen = new Set(snapshot.clusters.map(({ cluster }) => cluster.id));
  const holders = [...known.values()].flatMap(({ shares }) => shares.map(({ cluster }) => cluster));
  return new Set([...inventory.unread.keys(), ...holders.filter((id) => !seen.has(id))]);
}
