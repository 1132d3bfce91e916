import type { Share } from "./decision.ts";
import type { DivideTask } from "./divide-task.ts";
import { isKeepOnly, type Evaluation } from "./evaluate.ts";
import { policyBounds } from "./policy-bounds.ts";
import type { Scores } from "./run-scores.ts";
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
  const { min, max, weights } = policyBounds(evaluation);
  const rooms = new Float64Array(size);
  const own = new Float64Array(size);
  const cap = new Float64Array(size);
  for (let position = 0; position < size; position += 1) {
    const cluster = candidates[position] ?? 0;
    own[position] = context.current[cluster] ?? 0;
    rooms[position] = context.roomAt(cluster);
    let most = isKeepOnly(evaluation, cluster) ? (own[position] ?? 0) : (rooms[position] ?? 0);
    most = Math.min(most, rooms[position] ?? 0, max[position] ?? 0, workload.replicas);
    if (weights !== undefined && weights[position] === 0) most = Math.min(most, min[position] ?? 0);
    cap[position] = most;
  }
  return {
    size,
    replicas: workload.replicas,
    held: held.reduce((sum, share) => sum + share.replicas, 0),
    own,
    cap,
    floor: min,
    score: scores.total,
    stays: weights === undefined || spec.replicas.weights.length === 0,
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

function spreadGroups(
  { candidates, context }: Evaluation,
  held: readonly Share[],
  constraint: SpreadGroups["constraint"],
  opened: ReadonlySet<number> | undefined,
): SpreadGroups {
  const column = spreadColumn(context.columns, constraint.by);
  const groupCount = column.names.length;
  const heldByGroup = new Float64Array(groupCount);
  const away = new Uint8Array(groupCount);
  for (const { cluster, replicas } of held) {
    const group = column.codes[context.columns.indexById.get(cluster) ?? -1] ?? -1;
    if (group < 0) continue;
    heldByGroup[group] = (heldByGroup[group] ?? 0) + replicas;
    away[group] = 1;
  }
  return {
    constraint,
    codes: candidates.map((cluster) => column.codes[cluster] ?? -1),
    groupCount,
    heldByGroup,
    away,
    opened: Uint8Array.from({ length: groupCount }, (_, group) => (opened?.has(group) === true ? 1 : 0)),
  };
}
