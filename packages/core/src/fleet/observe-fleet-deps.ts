import type { Clock } from "../async/clock.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { KubeCluster } from "../kube/kube-cluster.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { Prices } from "../provider/prices.ts";

/** Who is asked, and what is known better. */
export interface ObserveFleetDeps {
  /** Opens a cluster's API. The connection stays its maker's, who may hand out the same one again and closes it. */
  connect(cluster: Cluster, ctx: Ctx): Promise<KubeCluster>;
  /** Asked in this order until one knows: price files before the clouds' own. */
  readonly prices: readonly Prices[];
  readonly clock: Clock;
  /** What the configuration adds or corrects. Called again on its own result, so it must be idempotent; it has the last word. */
  readonly adjust?: (cluster: Cluster) => Cluster;
  readonly options?: ObserveFleetOptions;
}

/** How much is asked, and how long it may take. */
export interface ObserveFleetOptions {
  /** Clusters asked at a time. Default `CLUSTERS_AT_A_TIME`. */
  readonly concurrency?: number;
  /** Longest time for one cluster's answers, and for one price. Default `CLUSTER_TIMEOUT_MS`. */
  readonly clusterTimeoutMs?: number;
  /** Also list what kinds each server has. Default `false`. */
  readonly kinds?: boolean;
  /** Told of each cluster the moment it has been looked at, before prices and aliases. Must not throw. */
  readonly onCluster?: (cluster: Cluster) => void;
}

/** Each holds a connection and a few lists in memory; 32 keep two cores busy and a thousand clusters within seconds. */
export const CLUSTERS_AT_A_TIME = 32;
/** An API server that has not answered by then is of no use to a decision that people wait for. */
export const CLUSTER_TIMEOUT_MS = 10_000;
