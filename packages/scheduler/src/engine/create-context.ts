import type { FleetSnapshot } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import { replicaPrice } from "../price/replica-price.ts";
import type { Workload } from "../workload/workload.ts";
import type { ScheduleRequest, Share } from "./decision.ts";
import type { DecisionContext } from "./decision-context.ts";
import { columnsOf, type FleetColumns } from "./fleet-columns.ts";
import { podShape, type PodShape } from "./pod-shape.ts";
import type { ReservedSpace } from "./reserved-space.ts";
import { shortNodes } from "./short-nodes.ts";

export interface ContextInput {
  readonly request: ScheduleRequest;
  readonly snapshot: FleetSnapshot;
  readonly scores: readonly ScorePlugin[];
  readonly workload: Workload;
  readonly current: readonly Share[];
  readonly reserved: ReservedSpace;
}

/** Lays one workload against the fleet's columns. */
export function createContext(input: ContextInput): DecisionContext {
  const { request, snapshot, scores, workload, reserved } = input;
  const columns = columnsOf(snapshot);
  const pod = podShape(columns.nodes, workload.pod);
  const current = currentColumn(columns, input.current, request);
  const needsNodes = workload.pod.requests.pods > 0;
  const isPerNode = workload.division === "PerCluster";
  // Only dividing by capacity needs to know how much more than all replicas a cluster could hold.
  const isWhole = request.spec.replicas.divideBy === "Capacity";
  const limit = isWhole ? Number.POSITIVE_INFINITY : Math.max(1, workload.replicas);
  const roomIn = (cluster: number, limit: number): number => {
    if (!needsNodes || columns.capacityKnown[cluster] === 0) return Number.POSITIVE_INFINITY;
    const own = current[cluster] ?? 0;
    // What runs already fits, unless the template grew past every node there is. Closing a node sends nothing away.
    const stays = own > 0 && (holdsOne(cluster) || hasClosedNodes(columns, cluster));
    if (isPerNode) return stays ? own : Number(shortNodes(columns, pod, reserved, cluster).isRoomy);
    const free = freeCopies(columns, pod, reserved, cluster, limit);
    return stays ? own + free : free;
  };
  const holdsOne = (cluster: number): boolean => clusterHoldsOne(columns, pod, cluster);
  return {
    snapshot,
    columns,
    request,
    spec: request.spec,
    workload,
    scores,
    pod,
    reserved,
    current,
    copiesNeeded: copiesNeeded(request, workload),
    holdsOne,
    needsNodes,
    priceAt: memoized(columns.count, (cluster) => (needsNodes ? replicaPrice(columns, pod, cluster) : 0)),
    roomAt: memoized(columns.count, (cluster) => roomIn(cluster, limit)),
    wholeRoomAt: (cluster) => roomIn(cluster, Number.POSITIVE_INFINITY),
  };
}

/** Several stages ask the same of a cluster. */
function memoized(count: number, compute: (cluster: number) => number): (cluster: number) => number {
  const values = new Float64Array(count);
  const isKnown = new Uint8Array(count);
  return (cluster) => {
    if (isKnown[cluster] === 1) return values[cluster] ?? Number.NaN;
    const value = compute(cluster);
    if (cluster >= 0) {
      values[cluster] = value;
      isKnown[cluster] = 1;
    }
    return value;
  };
}

function copiesNeeded(request: ScheduleRequest, workload: Workload): number {
  const { mode, partial } = request.spec.replicas;
  const whole = workload.division === "Single" || (mode === "Duplicate" && !partial);
  return whole ? Math.max(1, workload.replicas) : 1;
}

function currentColumn(columns: FleetColumns, current: readonly Share[], request: ScheduleRequest): Float64Array {
  const column = new Float64Array(columns.count);
  for (const { cluster, replicas } of current) {
    const index = columns.indexById.get(cluster);
    if (index === undefined || request.lost.has(cluster) || request.unreachable.has(cluster)) continue;
    column[index] = (column[index] ?? 0) + replicas;
  }
  return column;
}

function freeCopies(
  columns: FleetColumns,
  pod: PodShape,
  reserved: ReservedSpace,
  cluster: number,
  limit: number,
): number {
  const first = columns.nodes.nodeStart[cluster] ?? 0;
  const last = columns.nodes.nodeStart[cluster + 1] ?? 0;
  const promised = reserved.freeNodes(cluster);
  return promised === undefined
    ? pod.copiesOnRows(columns.nodes.nodeFree, first, last, first, limit)
    : pod.copiesOnRows(promised, 0, last - first, first, limit);
}

/** Whether there are nodes that take no new pods, or are not ready: of those nothing is known but that they are there. */
function hasClosedNodes({ clusters }: FleetColumns, cluster: number): boolean {
  const capacity = clusters[cluster]?.capacity;
  return capacity !== null && capacity !== undefined && capacity.nodes > capacity.freeNodes.length;
}

function clusterHoldsOne(columns: FleetColumns, pod: PodShape, cluster: number): boolean {
  const { shapeStart, shapeKind, shapeAllocatable } = columns.nodes;
  const last = shapeStart[cluster + 1] ?? 0;
  for (let shape = shapeStart[cluster] ?? 0; shape < last; shape += 1) {
    if (pod.kindFits[shapeKind[shape] ?? -1] !== 1) continue;
    if (pod.largestShare(shapeAllocatable, shape) !== Number.POSITIVE_INFINITY) return true;
  }
  return false;
}
