import { parseClusterId } from "@flotilla/core";
import { plain } from "./plain.ts";

/** Clusters' ids as short as they stay unambiguous. For people only: data keeps whole ids. */
export interface ClusterNames {
  /** The bare name, or the whole id where several clusters have that name. */
  of(id: string): string;
  /** A text from elsewhere, safe to print, with the ids in it shortened in the same way. */
  inText(text: string): string;
}

export function createClusterNames(ids: Iterable<string>): ClusterNames {
  const bare = (id: string): string => parseClusterId(id)?.name ?? id;
  // Longest first: an id may be the beginning of another one.
  const known = [...new Set(ids)].sort((a, b) => b.length - a.length);
  const idsByName = Map.groupBy(known, bare);
  const nameOf = (id: string): string => ((idsByName.get(bare(id))?.length ?? 0) > 1 ? id : bare(id));
  return {
    of: nameOf,
    inText: (text) => plain(known.reduce((result, id) => result.replaceAll(id, nameOf(id)), text)),
  };
}
