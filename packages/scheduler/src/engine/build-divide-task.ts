import type { Share } from "./decision.ts";
import type { DivideTask } from "./divide-task.ts";
import { isKeepOnly, type Evaluation } from "./evaluate.ts";
import type { Scores } from "./run-scores.ts";
import { selectedBy } from "./selected-by.ts";
import { spreadColumn } from "./spread-column.ts";
import type { SpreadGroups } from "./spread-groups.ts";

/** Groups that earlier workloads of the policy use, by constraint, as codes of its column. */
export type OpenedGroups = readonly ReadonlySet<number>[];

/** Cuts the task of dividing out of an evaluation: candidates only, with everything that bounds or draws them. */
export function buildDivideTask(
  evaluation: Evaluation,
  scores: Scores,
  held: readonly Share[],
  opened: OpenedGroups,
): DivideTask {
  const { candidates, context } = evaluation;
  const { spec, workload } = context;
  const size = candidates.length;
  const limits = limitColumns(evaluation);
  const rooms = new Float64Array(size);
  const own = new Float64Array(size);
  const cap = new Float64Array(size);
  const weights = spec.replicas.divideBy === "Weights" ? weightColumn(evaluation) : undefined;
  for (let position = 0; position < size; position += 1) {
    const cluster = candidates[position] ?? 0;
    own[position] = context.current[cluster] ?? 0;
    rooms[position] = context.roomAt(cluster);
    let most = isKeepOnly(evaluation, cluster) ? (own[position] ?? 0) : (rooms[position] ?? 0);
    most = Math.min(most, rooms[position] ?? 0, limits.max[position] ?? 0, workload.replicas);
    if (weights !== undefined && weights[position] === 0) most = Math.min(most, limits.min[position] ?? 0);
    cap[position] = most;
  }
  return {
    size,
    replicas: workload.replicas,
    held: held.reduce((sum, share) => sum + share.replicas, 0),
    own,
    cap,
    floor: limits.min,
    score: scores.total,
    ...methodOf(evaluation, scores, rooms, weights),
    spread: spec.spread.map((constraint, index) => spreadGroups(evaluation, held, constraint, opened[index])),
  };
}

// A score of 0 is the last resort and not a ban: it gets replicas when nothing else has room.
const WEIGHT_MIN = 0.01;

function methodOf(
  evaluation: Evaluation,
  scores: Scores,
  rooms: Float64Array,
  weights: Float64Array | undefined,
): Pick<DivideTask, "method" | "keys"> {
  const { divideBy } = evaluation.context.spec.replicas;
  switch (divideBy) {
    case "Score":
      return { method: "Weighted", keys: scores.total.map((score) => Math.max(score, WEIGHT_MIN)) };
    case "Weights":
      return { method: "Weighted", keys: weights ?? scores.total };
    case "Capacity":
      return { method: "Weighted", keys: finiteRooms(rooms) };
    case "Cost":
      return { method: "InOrder", keys: priceKeys(evaluation) };
    case "Pack":
      return { method: "Packed", keys: scores.total };
    default:
      return divideBy satisfies never;
  }
}

/** Unknown capacity, where the policy takes it, weighs as the mean of the known. */
function finiteRooms(rooms: Float64Array): Float64Array {
  const known = rooms.filter((room) => Number.isFinite(room));
  const mean = known.length === 0 ? 1 : known.reduce((sum, room) => sum + room, 0) / known.length;
  return rooms.map((room) => (Number.isFinite(room) ? Math.max(room, WEIGHT_MIN) : Math.max(mean, WEIGHT_MIN)));
}

/** Minus the price, so that the cheapest is first. Unknown prices come last, or in the middle under `Neutral`. */
function priceKeys({ candidates, context }: Evaluation): Float64Array {
  const prices = new Float64Array(candidates.length);
  for (let position = 0; position < candidates.length; position += 1) {
    prices[position] = context.priceAt(candidates[position] ?? -1);
  }
  const known = prices.filter((price) => !Number.isNaN(price));
  const mean = known.length === 0 ? 0 : known.reduce((sum, price) => sum + price, 0) / known.length;
  const unknown = context.spec.unknownPrice === "Neutral" ? mean : Number.MAX_VALUE;
  return prices.map((price) => -(Number.isNaN(price) ? unknown : price));
}

/** The greatest weight among the rules that select a cluster; 0 where none does, 1 everywhere where no rule selects any. */
function weightColumn({ candidates, context }: Evaluation): Float64Array {
  const weights = new Float64Array(candidates.length);
  for (const rule of context.spec.replicas.weights) {
    const selected = selectedBy(context.columns, rule.clusters);
    for (let position = 0; position < candidates.length; position += 1) {
      if (selected[candidates[position] ?? -1] !== 1) continue;
      weights[position] = Math.max(weights[position] ?? 0, rule.weight);
    }
  }
  return weights.some((weight) => weight > 0) ? weights : weights.fill(1);
}

/** The tightest of the limits that select a cluster. Where a minimum and a maximum of two rules clash, the maximum holds. */
function limitColumns({ candidates, context }: Evaluation): { readonly min: Float64Array; readonly max: Float64Array } {
  const min = new Float64Array(candidates.length);
  const max = new Float64Array(candidates.length).fill(Number.POSITIVE_INFINITY);
  for (const limit of context.spec.replicas.limits) {
    const selected = selectedBy(context.columns, limit.clusters);
    for (let position = 0; position < candidates.length; position += 1) {
      if (selected[candidates[position] ?? -1] !== 1) continue;
      min[position] = Math.max(min[position] ?? 0, limit.min ?? 0);
      max[position] = Math.min(max[position] ?? 0, limit.max ?? Number.POSITIVE_INFINITY);
    }
  }
  return { min: min.map((least, position) => Math.min(least, max[position] ?? 0)), max };
}

function spreadGroups(
  { candidates, context }: Evaluation,
  held: readonly Share[],
  constraint: SpreadGroups["constraint"],
  opened: ReadonlySet<number> | undefined,
): SpreadGroups {
  const column = spreadColumn(context.columns, constraint.by);
  const groupCount = column.names.length;
  const heldByGroup = new Float64Array(groupCount);
  for (const { cluster, replicas } of held) {
    const group = column.codes[context.columns.indexById.get(cluster) ?? -1] ?? -1;
    if (group >= 0) heldByGroup[group] = (heldByGroup[group] ?? 0) + replicas;
  }
  return {
    constraint,
    codes: candidates.map((cluster) => column.codes[cluster] ?? -1),
    groupCount,
    heldByGroup,
    opened: Uint8Array.from({ length: groupCount }, (_, group) => (opened?.has(group) === true ? 1 : 0)),
  };
}
