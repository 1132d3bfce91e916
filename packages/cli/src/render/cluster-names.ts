import { parseClusterId } from "@flotilla/core";

/** Ids as short as they stay unambiguous among the given ones: the bare name, or else the whole id. For people only. */
export function createClusterNames(ids: Iterable<string>): (id: string) => string {
  const bare = (id: string): string => parseClusterId(id)?.name ?? id;
  const idsByName = new Map<string, Set<string>>();
  for (const id of ids) idsByName.set(bare(id), (idsByName.get(bare(id)) ?? new Set()).add(id));
  return (id) => ((idsByName.get(bare(id))?.size ?? 0) > 1 ? id : bare(id));
}
