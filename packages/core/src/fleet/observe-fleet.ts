import { mapLimited } from "../async/map-limited.ts";
import { compareIds } from "../cluster/compare-ids.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { FleetObservation } from "./fleet-observation.ts";
import type { ClusterSnapshot, FleetSnapshot } from "./fleet-snapshot.ts";
import { mergeAliases } from "./merge-aliases.ts";
import { observeCluster } from "./observe-cluster.ts";
import { CLUSTER_TIMEOUT_MS, CLUSTERS_AT_A_TIME, type ObserveFleetDeps } from "./observe-fleet-deps.ts";
import { createPriceBook, priceCluster } from "./price-cluster.ts";

/**
 * Looks at every cluster of an observation and prices it: the last I/O before deciding. A cluster that cannot be reached
 * keeps its place with `problem` and phase `unknown`; one whose nodes may not be read keeps its place with `capacityProblem`.
 * Two ids of one member become one, the greater listed in `aliasIds`. A price that is not to be had says why. Reads only.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function observeFleet(
  deps: ObserveFleetDeps,
  observation: FleetObservation,
  ctx: Ctx,
): Promise<FleetSnapshot> {
  ctx.signal.throwIfAborted();
  const { concurrency = CLUSTERS_AT_A_TIME, clusterTimeoutMs = CLUSTER_TIMEOUT_MS, onCluster } = deps.options ?? {};
  const takenAtMs = deps.clock.nowMs();
  const observed = await mapLimited(
    observation.clusters,
    concurrency,
    async (cluster) => {
      const seen = await observeCluster(deps, cluster, clusterTimeoutMs, ctx);
      onCluster?.(seen.cluster);
      return seen;
    },
    { signal: ctx.signal },
  );
  const members = mergeAliases(observed, deps.adjust);
  const book = createPriceBook(deps, clusterTimeoutMs, ctx);
  const clusters = await mapLimited(
    members,
    concurrency,
    async (member): Promise<ClusterSnapshot> => ({ ...member, prices: await priceCluster(member, book) }),
    { signal: ctx.signal },
  );
  return {
    takenAtMs,
    clusters: clusters.sort((a, b) => compareIds(a.cluster.id, b.cluster.id)),
    gaps: observation.gaps,
  };
}
