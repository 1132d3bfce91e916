import type { Cluster } from "../cluster/cluster.ts";
import type { ClusterCapacity } from "../cluster/cluster-capacity.ts";
import type { ClusterPrices } from "../money/cluster-prices.ts";
import type { Gap } from "./fleet-observation.ts";

/** An immutable picture of the fleet at a time: the last I/O before deciding. Clusters are sorted by id. */
export interface FleetSnapshot {
  readonly takenAtMs: number;
  readonly clusters: readonly ClusterSnapshot[];
  readonly gaps: readonly Gap[];
}

/** One member with all that deciding needs. */
export interface ClusterSnapshot {
  readonly cluster: Cluster;
  /** `null` where it could not be read; `cluster.problem` or `capacityProblem` says why. */
  readonly capacity: ClusterCapacity | null;
  readonly capacityProblem?: string;
  readonly prices: ClusterPrices;
  /** `apiVersion/Kind` of everything the server has; absent where not asked. */
  readonly kinds?: ReadonlySet<string>;
}
