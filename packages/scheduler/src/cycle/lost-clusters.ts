import { CloudError, compareIds, type FleetSnapshot, nearestName } from "@flotilla/core";
import type { KnownShares } from "../inventory/known-shares.ts";

/**
 * The whole ids of the members a user gives up by id or bare name.
 *
 * @throws CloudError `invalid` for a name that no member of the fleet and no holder of a share has.
 */
export function lostIds(
  names: readonly string[],
  snapshot: FleetSnapshot,
  known: ReadonlyMap<number, KnownShares>,
): readonly string[] {
  const holders = [...known.values()].flatMap(({ shares }) => shares.map(({ cluster }) => cluster));
  const ids = new Set([...snapshot.clusters.map(({ cluster }) => cluster.id), ...holders]);
  const found = names.flatMap((name) => {
    const matches = [...ids].filter((id) => id === name || bareName(id) === name);
    if (matches.length === 0) throw unknownCluster(name, ids);
    return matches;
  });
  return [...new Set(found)].sort(compareIds);
}

function bareName(id: string): string {
  return decodeURIComponent(id.slice(id.lastIndexOf("/") + 1));
}

function unknownCluster(name: string, ids: ReadonlySet<string>): CloudError {
  const nearest = nearestName(name, [...ids, ...[...ids].map(bareName)]);
  const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
  return new CloudError("invalid", `no cluster of the fleet is called "${name}"${hint}`);
}
