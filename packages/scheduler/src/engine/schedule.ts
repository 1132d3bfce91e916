import { compareIds, type FleetSnapshot } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import { costOf, podsOf } from "../price/cost-of.ts";
import { compareWorkloads } from "./compare-workloads.ts";
import { decideWorkload, type WorkloadTrace } from "./decide-workload.ts";
import type { Decision, Placement, ScheduleRequest, WorkloadDecision } from "./decision.ts";
import { columnsOf, type FleetColumns } from "./fleet-columns.ts";
import { ReservedSpace } from "./reserved-space.ts";
import { spreadColumn } from "./spread-column.ts";

export interface ScheduleOptions {
  /** Custom scores that policies may weigh by name. */
  readonly scores?: readonly ScorePlugin[];
}

/**
 * Where the replicas go. Pure and synchronous: filter → score → select → divide, workload after workload. The answer does not
 * depend on the order of clusters or workloads in the input; ties go to the smaller cluster id. That nothing fits is an answer,
 * not an error.
 *
 * @throws RangeError when the policy weighs a score that is neither built in nor given.
 */
export function schedule(request: ScheduleRequest, snapshot: FleetSnapshot, options: ScheduleOptions = {}): Decision {
  const scores = options.scores ?? [];
  const traces = traceDecision(request, snapshot, scores);
  return { workloads: traces.map(toWorkloadDecision), request, snapshot, scores, cost: costOf(traces) };
}

/** The decision with everything that led to it. */
function traceDecision(
  request: ScheduleRequest,
  snapshot: FleetSnapshot,
  scores: readonly ScorePlugin[],
): readonly WorkloadTrace[] {
  const traces = [...tracesInTurn(request, snapshot, scores)];
  return traces.sort((a, b) => a.index - b.index).map(({ trace }) => trace);
}

/** One workload of it. Its context sees the space that was left when its turn came, and not what later ones took. */
export function traceWorkload(
  request: ScheduleRequest,
  snapshot: FleetSnapshot,
  scores: readonly ScorePlugin[],
  workloadIndex: number,
): WorkloadTrace | undefined {
  for (const { index, trace } of tracesInTurn(request, snapshot, scores)) if (index === workloadIndex) return trace;
  return undefined;
}

interface Turn {
  readonly index: number;
  readonly trace: WorkloadTrace;
}

/** Later workloads see the space that earlier ones took, and their groups. */
function* tracesInTurn(
  request: ScheduleRequest,
  snapshot: FleetSnapshot,
  scores: readonly ScorePlugin[],
): Generator<Turn, void> {
  const columns = columnsOf(snapshot);
  const reserved = new ReservedSpace(columns);
  for (const reservation of request.reserved) {
    const cluster = columns.indexById.get(reservation.cluster);
    if (cluster !== undefined) reserved.take(cluster, reservation, reservation.replicas);
  }
  const opened = openedBefore(request, columns);
  const turns = request.workloads.map((workload, index) => ({ workload, index }));
  let before: WorkloadTrace | undefined;
  for (const { workload, index } of turns.sort((a, b) => compareWorkloads(a.workload, b.workload))) {
    if (before !== undefined) takeSpace(before, reserved, opened);
    const current = request.current[index] ?? [];
    const trace = decideWorkload({ request, snapshot, scores, workload, current, reserved }, opened);
    yield { index, trace };
    before = trace;
  }
}

function openedBefore({ spec, opened = [] }: ScheduleRequest, columns: FleetColumns): readonly Set<number>[] {
  const clusters = opened.map((id) => columns.indexById.get(id) ?? -1).filter((cluster) => cluster !== -1);
  return spec.spread.map(({ by }) => {
    const { codes } = spreadColumn(columns, by);
    return new Set(clusters.map((cluster) => codes[cluster] ?? -1).filter((code) => code !== -1));
  });
}

function takeSpace(trace: WorkloadTrace, reserved: ReservedSpace, opened: readonly Set<number>[]): void {
  const { candidates, context } = trace.evaluation;
  const groups = context.spec.spread.map(({ by }) => spreadColumn(context.columns, by).codes);
  for (const [position, cluster] of candidates.entries()) {
    const replicas = trace.split.replicas[position] ?? 0;
    if (replicas === 0) continue;
    for (const [index, codes] of groups.entries()) opened[index]?.add(codes[cluster] ?? -1);
    reserved.take(cluster, context.workload, replicas - (context.current[cluster] ?? 0));
  }
}

function toWorkloadDecision(trace: WorkloadTrace): WorkloadDecision {
  const { workload } = trace.evaluation.context;
  const { unplaced, shortfall } = trace.split;
  const decision = { ref: workload.ref, replicas: workload.replicas, unplaced, placements: placementsOf(trace) };
  return shortfall === undefined ? decision : { ...decision, shortfall };
}

function placementsOf({ evaluation, split, held }: WorkloadTrace): readonly Placement[] {
  const { columns, workload } = evaluation.context;
  const copiesOn = (cluster: number, replicas: number): Pick<Placement, "copies"> =>
    workload.division === "PerCluster" ? { copies: podsOf(evaluation, cluster, replicas) } : {};
  const placements: Placement[] = held.map((share) => {
    const cluster = columns.indexById.get(share.cluster) ?? -1;
    return { ...share, held: true, ...copiesOn(cluster, share.replicas) };
  });
  for (let position = 0; position < evaluation.candidates.length; position += 1) {
    const replicas = split.replicas[position] ?? 0;
    const index = evaluation.candidates[position] ?? -1;
    const entry = columns.clusters[index];
    if (replicas === 0 || entry === undefined) continue;
    placements.push({ cluster: entry.cluster.id, replicas, ...copiesOn(index, replicas) });
  }
  return placements.sort((a, b) => compareIds(a.cluster, b.cluster));
}
