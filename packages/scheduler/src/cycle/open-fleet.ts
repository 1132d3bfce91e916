import {
  type Cluster,
  type Ctx,
  discoverFleet,
  type FleetObservation,
  type FleetSnapshot,
  observeFleet,
} from "@flotilla/core";
import { createMembers, type Members } from "./members.ts";
import type { SchedulerContext } from "./scheduler-context.ts";

/** The fleet as one operation sees it: connections that end with the operation. */
export interface OpenFleet extends AsyncDisposable {
  readonly members: Members;
  discover(ctx: Ctx): Promise<FleetObservation>;
  observe(observation: FleetObservation, ctx: Ctx): Promise<FleetSnapshot>;
}

/**
 * Opens nothing by itself: members are connected to when they are first asked something. `clusters` holds what is known of
 * them by id, and is brought up to date by every observation.
 */
export function openFleet(context: SchedulerContext, clusters: Map<string, Cluster>): OpenFleet {
  const { providers, connect, clock, adjust, prices, clusterTimeoutMs, concurrency, onProgress } = context;
  const members = createMembers({ connect, clock, clusterTimeoutMs, clusters });
  return {
    members,
    async discover(ctx) {
      onProgress({ phase: "discover", done: 0, total: providers.length, message: "looking for clusters" });
      return discoverFleet({ providers, clock }, {}, ctx);
    },
    async observe(observation, ctx) {
      const total = observation.clusters.length;
      let done = 0;
      const onCluster = (cluster: Cluster): void => {
        done += 1;
        onProgress({ phase: "observe", done, total, message: `looked at ${cluster.name}`, cluster: cluster.id });
      };
      const deps = {
        connect: (cluster: Cluster, inner: Ctx) => members.connect(cluster, inner),
        prices: [...prices, ...providers.flatMap((provider) => provider.prices ?? [])],
        clock,
        ...(adjust === undefined ? {} : { adjust }),
        options: { concurrency, clusterTimeoutMs, kinds: true, onCluster },
      };
      const snapshot = await observeFleet(deps, observation, ctx);
      for (const { cluster } of snapshot.clusters) clusters.set(cluster.id, cluster);
      return snapshot;
    },
    [Symbol.asyncDispose]: () => members[Symbol.asyncDispose](),
  };
}
