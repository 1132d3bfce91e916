import type { Clock, CloudProvider, Cluster, Ctx, KubeCluster, Prices, Random, RecordStore } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { NamedCluster } from "../policy/named-cluster.ts";
import type { OnProgress } from "../rollout/progress.ts";

/** Everything a scheduler works with, defaults filled in. */
export interface SchedulerContext {
  /** Empty for an unnamed fleet. */
  readonly fleet: string;
  readonly providers: readonly CloudProvider[];
  readonly connect: (cluster: Cluster, ctx: Ctx) => Promise<KubeCluster>;
  readonly store: RecordStore | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly adjust: ((cluster: Cluster) => Cluster) | undefined;
  readonly prices: readonly Prices[];
  readonly scores: readonly ScorePlugin[];
  /** Named by the configuration. */
  readonly namedClusters: readonly NamedCluster[];
  readonly configDigest: string;
  readonly clusterTimeoutMs: number;
  /** Members talked to at a time. */
  readonly concurrency: number;
  readonly onProgress: OnProgress;
}
