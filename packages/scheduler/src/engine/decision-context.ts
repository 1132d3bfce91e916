import type { FleetSnapshot } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { PlacementSpec } from "../policy/placement-policy.ts";
import type { Workload } from "../workload/workload.ts";
import type { ScheduleRequest } from "./decision.ts";
import type { FleetColumns } from "./fleet-columns.ts";
import type { PodShape } from "./pod-shape.ts";
import type { ReservedSpace } from "./reserved-space.ts";

/** All that filters and scores of one workload read. `cluster` arguments and array indices are those of `columns`. */
export interface DecisionContext {
  readonly snapshot: FleetSnapshot;
  readonly columns: FleetColumns;
  readonly request: ScheduleRequest;
  readonly spec: PlacementSpec;
  readonly workload: Workload;
  readonly scores: readonly ScorePlugin[];
  readonly pod: PodShape;
  readonly reserved: ReservedSpace;
  /** Replicas of this workload that run in each cluster now. */
  readonly current: Float64Array;
  /** Copies that a cluster must have room for to be a candidate: 1, or all where the object is not divided. */
  readonly copiesNeeded: number;
  /** `false` for objects that ask nothing of nodes: capacity and prices of nodes do not matter to them. */
  readonly needsNodes: boolean;
  /** Replicas that can run in a cluster, its own included, counted as far as the decision needs. `Infinity` where capacity is unknown. */
  readonly roomAt: (cluster: number) => number;
  /** The same, counted to the end. */
  readonly wholeRoomAt: (cluster: number) => number;
  /** Of one replica, micro-USD per hour; NaN where unknown or where no node could hold one. */
  readonly priceAt: (cluster: number) => number;
  /** Whether some node of the cluster, if it were empty, could hold a copy. */
  readonly holdsOne: (cluster: number) => boolean;
}
