import { formatReplicaPrice } from "../framework/format-replica-price.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import type { Decision } from "./decision.ts";
import { withPrices } from "./fleet-columns.ts";
import type { DivisionBound } from "./division-reasons.ts";
import { liftBound } from "./lift-bound.ts";
import { traceWorkload } from "./schedule.ts";

// Clusters looked at in all trials of one explanation together: about a tenth of a second.
const TRIALS_WORK_MAX = 100_000;
// Halvings of the price: the answer is a thousandth of today's price away from the truth at most.
const PRICE_HALVINGS = 10;
// How many times more replicas are tried.
const GROWTH_MAX = 16;

/** For clusters that fit and got nothing: the change of the policy, the price, or the number of replicas that would give one. */
export function createGains(
  decision: Decision,
  workloadIndex: number,
  trace: WorkloadTrace,
): { of(cluster: number, bound: DivisionBound | undefined): string | null } {
  let work = 0;
  const trial: Trial = (changed, cluster) => {
    work += changed.snapshot.clusters.length * changed.request.workloads.length;
    const tried = traceWorkload(changed.request, changed.snapshot, changed.scores, workloadIndex);
    const position = tried?.evaluation.candidates.indexOf(cluster) ?? -1;
    return (tried?.split.replicas[position] ?? 0) > 0;
  };
  const orElse = (answer: string | null, next: () => string | null): string | null =>
    answer ?? (work < TRIALS_WORK_MAX ? next() : null);
  return {
    of(cluster, bound) {
      if (trace.evaluation.context.workload.replicas === 0 || work >= TRIALS_WORK_MAX) return null;
      const byPolicy = bound === undefined ? null : liftBound(decision, trace, cluster, bound, trial);
      const byPriceToo = orElse(byPolicy, () => byPrice(decision, trace, cluster, trial));
      return orElse(byPriceToo, () => byReplicas(decision, workloadIndex, cluster, trial));
    },
  };
}

/** Whether a cluster gets a replica in a changed decision. */
type Trial = (changed: Pick<Decision, "request" | "snapshot" | "scores">, cluster: number) => boolean;

function byPrice(decision: Decision, trace: WorkloadTrace, cluster: number, trial: Trial): string | null {
  const { context } = trace.evaluation;
  const price = context.priceAt(cluster);
  if (!priceMatters(decision) || !(price > 0)) return null;
  const wins = (factor: number): boolean =>
    trial({ ...decision, snapshot: scaledPrices(decision, trace, cluster, factor) }, cluster);
  let winning = 0.001;
  if (!wins(winning)) return null;
  let losing = 1;
  for (let round = 0; round < PRICE_HALVINGS; round += 1) {
    const middle = (winning + losing) / 2;
    if (wins(middle)) winning = middle;
    else losing = middle;
  }
  const rounded = roundDown(price * winning);
  return wins(rounded / price)
    ? `would get a replica at ${formatReplicaPrice(rounded)} per replica and hour (now ${formatReplicaPrice(price)})`
    : null;
}

function priceMatters({ request }: Decision): boolean {
  const { divideBy } = request.spec.replicas;
  return divideBy === "Cost" || (request.spec.score["cost"] ?? 0) > 0;
}

function scaledPrices(decision: Decision, trace: WorkloadTrace, cluster: number, factor: number): Decision["snapshot"] {
  const { columns } = trace.evaluation.context;
  const { shapeStart, shapePrice } = columns.nodes;
  const prices = Float64Array.from(shapePrice);
  const last = shapeStart[cluster + 1] ?? 0;
  for (let shape = shapeStart[cluster] ?? 0; shape < last; shape += 1) {
    prices[shape] = (prices[shape] ?? 0) * factor;
  }
  return withPrices(decision.snapshot, columns, prices);
}

/** To as many digits as are printed. */
function roundDown(microUsd: number): number {
  const step = microUsd >= 10_000 ? 100 : 10 ** (Math.floor(Math.log10(microUsd)) - 2);
  return Math.floor(microUsd / step) * step;
}

function byReplicas(decision: Decision, workloadIndex: number, cluster: number, trial: Trial): string | null {
  const now = decision.request.workloads[workloadIndex]?.replicas ?? 0;
  if (decision.request.spec.replicas.mode !== "Divide") return null;
  const wins = (replicas: number): boolean =>
    trial({ ...decision, request: withReplicas(decision, workloadIndex, replicas) }, cluster);
  let losing = now;
  let winning = now * 2;
  while (!wins(winning)) {
    losing = winning;
    winning *= 2;
    if (winning > now * GROWTH_MAX) return null;
  }
  while (winning - losing > 1) {
    const middle = Math.floor((winning + losing) / 2);
    if (wins(middle)) winning = middle;
    else losing = middle;
  }
  return `would get a replica if there were ${winning} replicas`;
}

function withReplicas({ request }: Decision, workloadIndex: number, replicas: number): Decision["request"] {
  return {
    ...request,
    workloads: request.workloads.map((workload, index) =>
      index === workloadIndex ? { ...workload, replicas } : workload,
    ),
  };
}
