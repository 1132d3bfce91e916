import type { Clock } from "@flotilla/core";
import type { EmulatedCloud, EmulatedCluster, EmulatedRegion, EmulatedScope } from "./emulated-cloud.ts";

/** A cloud's clusters while it runs. A list lags behind by the consistency window; a question for one by name does not. */
export interface EmulatedFleet {
  readonly cloud: EmulatedCloud;
  scope(id: string): EmulatedScope | undefined;
  region(scope: string, region: string): EmulatedRegion | undefined;
  /** As lists tell: what changed within the window still looks as it did before. Ordered by name. */
  listed(filter?: (cluster: EmulatedCluster) => boolean): readonly EmulatedCluster[];
  /** As it is now. */
  find(filter: (cluster: EmulatedCluster) => boolean): EmulatedCluster | undefined;
  /** Adds a cluster, or replaces the one of the same scope, group and name. */
  put(cluster: EmulatedCluster): void;
  remove(cluster: Pick<EmulatedCluster, "scope" | "group" | "region" | "name">): void;
}

interface Change {
  readonly atMs: number;
  readonly key: string;
  readonly before: EmulatedCluster | undefined;
}

/** `consistencyMs`: how long lists lag behind; default 0. */
export function createEmulatedFleet(
  cloud: EmulatedCloud,
  deps: { readonly clock: Clock; readonly consistencyMs?: number },
): EmulatedFleet {
  const current = new Map(cloud.clusters.map((cluster) => [keyOf(cluster), cluster]));
  let changes: Change[] = [];
  // Sorted once for as long as nothing changes: lists of large fleets are asked for often.
  let settled: readonly EmulatedCluster[] | undefined;
  const set = (key: string, cluster: EmulatedCluster | undefined): void => {
    settled = undefined;
    changes = [...recent(changes), { atMs: deps.clock.nowMs(), key, before: current.get(key) }];
    if (cluster === undefined) current.delete(key);
    else current.set(key, cluster);
  };
  const recent = (all: readonly Change[]): Change[] =>
    all.filter(({ atMs }) => deps.clock.nowMs() - atMs < (deps.consistencyMs ?? 0));
  const lagging = (): readonly EmulatedCluster[] => {
    changes = recent(changes);
    if (changes.length === 0) return (settled ??= byName(current));
    const seen = new Map(current);
    // Undone from the latest to the first, so that what stood before the window is what shows.
    for (const { key, before } of changes.toReversed()) {
      if (before === undefined) seen.delete(key);
      else seen.set(key, before);
    }
    return byName(seen);
  };
  return {
    cloud,
    scope: (id) => cloud.scopes.find((scope) => scope.id.toLowerCase() === id.toLowerCase()),
    region: (scope, region) => cloud.scopes.find(({ id }) => id === scope)?.regions.find(({ name }) => name === region),
    listed: (filter = () => true) => lagging().filter((cluster) => filter(cluster)),
    find: (filter) => [...current.values()].find(filter),
    put: (cluster) => set(keyOf(cluster), cluster),
    remove: (cluster) => set(keyOf(cluster), undefined),
  };
}

function byName(clusters: ReadonlyMap<string, EmulatedCluster>): readonly EmulatedCluster[] {
  return [...clusters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cluster]) => cluster);
}

function keyOf({ scope, group, region, name }: Pick<EmulatedCluster, "scope" | "group" | "region" | "name">): string {
  return [scope, group ?? region, name].join("\u0000").toLowerCase();
}
