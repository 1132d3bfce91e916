import { compareIds, type FleetSnapshot } from "@flotilla/core";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import { costOf } from "../price/cost-of.ts";
import { decideWorkload, type WorkloadTrace } from "./decide-workload.ts";
import type { Decision, Placement, ScheduleRequest, WorkloadDecision } from "./decision.ts";
import { columnsOf } from "./fleet-columns.ts";
import { ReservedSpace } from "./reserved-space.ts";
import { spreadColumn } from "./spread-column.ts";

export interface ScheduleOptions {
  /** Custom scores that policies may weigh by name. */
  readonly scores?: readonly ScorePlugin[];
}

/**
 * Where the replicas go. Pure and synchronous: filter → score → select → divide, workload after workload. The answer does not
 * depend on the order of the input; ties go to the smaller cluster id. That nothing fits is an answer, not an error.
 *
 * @throws RangeError when the policy weighs a score that is neither built in nor given.
 */
export function schedule(request: ScheduleRequest, snapshot: FleetSnapshot, options: ScheduleOptions = {}): Decision {
  const scores = options.scores ?? [];
  const traces = traceDecision(request, snapshot, scores);
  return { workloads: traces.map(toWorkloadDecision), request, snapshot, scores, cost: costOf(traces) };
}

/** The decision with everything that led to it. Later workloads see the space that earlier ones took, and their groups. */
export function traceDecision(
  request: ScheduleRequest,
  snapshot: FleetSnapshot,
  scores: readonly ScorePlugin[],
): readonly WorkloadTrace[] {
  const columns = columnsOf(snapshot);
  const reserved = new ReservedSpace(columns);
  for (const { cluster, pod, replicas } of request.reserved) {
    const index = columns.indexById.get(cluster);
    if (index !== undefined) reserved.reserve(index, pod, replicas);
  }
  const opened = request.spec.spread.map(() => new Set<number>());
  return request.workloads.map((workload, index) => {
    const current = request.current[index] ?? [];
    const trace = decideWorkload({ request, snapshot, scores, workload, current, reserved }, opened);
    if (index < request.workloads.length - 1) takeSpace(trace, reserved, opened);
    return trace;
  });
}

function takeSpace(trace: WorkloadTrace, reserved: ReservedSpace, opened: readonly Set<number>[]): void {
  const { candidates, context } = trace.evaluation;
  const groups = context.spec.spread.map(({ by }) => spreadColumn(context.columns, by).codes);
  for (const [position, cluster] of candidates.entries()) {
    const replicas = trace.split.replicas[position] ?? 0;
    if (replicas === 0) continue;
    for (const [index, codes] of groups.entries()) opened[index]?.add(codes[cluster] ?? -1);
    const coming = replicas - (context.current[cluster] ?? 0);
    if (context.workload.division !== "PerCluster") reserved.reserve(cluster, context.workload.pod, coming);
    else if (coming > 0) reserved.reservePerNode(cluster, context.workload.pod);
  }
}

function toWorkloadDecision(trace: WorkloadTrace): WorkloadDecision {
  const { workload } = trace.evaluation.context;
  const { unplaced, shortfall } = trace.split;
  const decision = { ref: workload.ref, replicas: workload.replicas, unplaced, placements: placementsOf(trace) };
  return shortfall === undefined ? decision : { ...decision, shortfall };
}

function placementsOf({ evaluation, split, held }: WorkloadTrace): readonly Placement[] {
  const placements: Placement[] = held.map((share) => ({ ...share, held: true }));
  for (let position = 0; position < evaluation.candidates.length; position += 1) {
    const replicas = split.replicas[position] ?? 0;
    const entry = evaluation.context.columns.clusters[evaluation.candidates[position] ?? -1];
    if (replicas > 0 && entry !== undefined) placements.push({ cluster: entry.cluster.id, replicas });
  }
  return placements.sort((a, b) => compareIds(a.cluster, b.cluster));
}
