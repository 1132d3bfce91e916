import type { Cluster } from "../cluster/cluster.ts";
import { compareIds } from "../cluster/compare-ids.ts";
import { canonicalJson } from "../json/canonical-json.ts";

/**
 * One cluster per id, sorted by id. When several tell of one, the one that could be read is believed, then the provider named
 * earlier in the configuration, then the smaller canonical JSON: nothing depends on who answered first.
 */
export function mergeFound(byProvider: readonly (readonly Cluster[])[]): Cluster[] {
  const best = new Map<string, Candidate>();
  byProvider.forEach((clusters, rank) => {
    for (const cluster of clusters) {
      const candidate = { cluster, rank };
      const current = best.get(cluster.id);
      if (current === undefined || compareCandidates(candidate, current) < 0) best.set(cluster.id, candidate);
    }
  });
  return [...best.values()].map(({ cluster }) => cluster).sort((a, b) => compareIds(a.id, b.id));
}

interface Candidate {
  readonly cluster: Cluster;
  readonly rank: number;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(a.cluster.problem !== undefined) - Number(b.cluster.problem !== undefined) ||
    a.rank - b.rank ||
    compareIds(comparable(a.cluster), comparable(b.cluster))
  );
}

/** Without the vendor's object, which may hold what JSON cannot say. */
function comparable({ raw: _raw, ...facts }: Cluster): string {
  try {
    return canonicalJson(facts);
  } catch {
    return ""; // a provider's nonsense settles nothing, and must not end the discovery of the others
  }
}
