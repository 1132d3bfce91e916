import { monthly } from "@flotilla/core";
import { DEFAULT_FILTERS } from "../framework/default-filters.ts";
import { createCounterfactuals, type Counterfactuals } from "./counterfactual.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import type { Decision } from "./decision.ts";
import { createDivisionReasons } from "./division-reasons.ts";
import type {
  CandidateExplanation,
  CandidateVerdict,
  Explanation,
  FilterExplanation,
  ScoreExplanation,
} from "./explanation.ts";
import { traceWorkload } from "./schedule.ts";
import { summarize } from "./summarize.ts";

export interface ExplainOptions {
  /** `false`: do not look for what would have changed the answer, which is most of the work. */
  readonly counterfactuals?: boolean;
}

/**
 * A decision in words, for every cluster of the snapshot in the order of ids: the filters it reached with what they compared,
 * what of the policy gave it nothing though it passed them, its scores, its replicas and its price, and a change that would have altered the answer. That change was tried: the engine
 * ran again with it. Where trying costs too much (many clusters without replicas in a large fleet) it stays `null`.
 *
 * The decision is evaluated again from what it was made of, so custom scores must still answer the same.
 *
 * @throws RangeError when the decision has no workload at `workloadIndex`.
 */
export function explainDecision(
  decision: Decision,
  workloadIndex = 0,
  { counterfactuals: wanted = true }: ExplainOptions = {},
): Explanation {
  const trace = traceWorkload(decision.request, decision.snapshot, decision.scores, workloadIndex);
  if (trace === undefined) throw new RangeError(`the decision has no workload number ${workloadIndex}`);
  const counterfactuals = wanted ? createCounterfactuals(decision, workloadIndex, trace) : { of: () => null };
  const reasons = createDivisionReasons(trace);
  const positions = new Map(Array.from(trace.evaluation.candidates, (cluster, position) => [cluster, position]));
  const seen = trace.evaluation.context.columns.clusters.map((_, cluster) =>
    explainCluster({ trace, counterfactuals, reasons }, cluster, positions.get(cluster)),
  );
  const candidates = [...seen, ...unseenHolders(trace)];
  const warnings = scoreWarnings(trace);
  const explanation = { summary: summarize(trace, candidates), candidates };
  return warnings.length === 0 ? explanation : { ...explanation, warnings };
}

interface Explaining {
  readonly trace: WorkloadTrace;
  readonly counterfactuals: Counterfactuals;
  readonly reasons: ReturnType<typeof createDivisionReasons>;
}

function explainCluster(
  { trace, counterfactuals, reasons }: Explaining,
  cluster: number,
  position: number | undefined,
): CandidateExplanation {
  const { context } = trace.evaluation;
  const id = context.columns.clusters[cluster]?.cluster.id ?? "";
  const held = trace.held.find((share) => share.cluster === id)?.replicas ?? 0;
  const replicas = position === undefined ? held : (trace.split.replicas[position] ?? 0);
  const price = context.priceAt(cluster);
  const reason = position === undefined || replicas > 0 ? undefined : reasons.of(position);
  const filters = explainFilters(trace, cluster);
  return {
    cluster: id,
    verdict: held > 0 ? "held" : verdictOf(filters, replicas),
    filters: reason === undefined ? filters : [...filters, reason],
    scores: position === undefined ? [] : explainScores(trace, position),
    score: position === undefined ? null : (trace.scores.total[position] ?? null),
    replicas,
    pricePerMonthUsd: Number.isNaN(price) ? null : monthly(price),
    counterfactual: replicas > 0 ? null : counterfactuals.of(cluster, position, reason?.name),
  };
}

function explainFilters({ evaluation }: WorkloadTrace, cluster: number): readonly FilterExplanation[] {
  const stopped = evaluation.stoppedBy[cluster] ?? -1;
  const reached = stopped === -1 ? DEFAULT_FILTERS : DEFAULT_FILTERS.slice(0, stopped + 1);
  return reached.map((filter) => filter.explain(evaluation.context, cluster));
}

function verdictOf(filters: readonly FilterExplanation[], replicas: number): CandidateVerdict {
  const last = filters.at(-1)?.verdict ?? "fits";
  return last === "fits" && replicas > 0 ? "chosen" : last;
}

function explainScores({ scores }: WorkloadTrace, position: number): readonly ScoreExplanation[] {
  return scores.columns.map(({ name, raw, normalized, weight, notes }) => {
    const value = raw[position] ?? Number.NaN;
    const points = normalized[position] ?? 0;
    const score = {
      name,
      raw: Number.isNaN(value) ? null : value,
      normalized: points,
      weight,
      weighted: weight * points,
    };
    const note = notes.get(position);
    return note === undefined ? score : { ...score, note };
  });
}

/** Members that hold replicas and are not in the snapshot at all. */
function unseenHolders({ evaluation, held }: WorkloadTrace): readonly CandidateExplanation[] {
  const { indexById } = evaluation.context.columns;
  return held
    .filter(({ cluster }) => !indexById.has(cluster))
    .map(({ cluster, replicas }) => ({
      cluster,
      verdict: "held",
      filters: [{ name: "Reachable", verdict: "unfit", reason: "not in the snapshot", brief: "unreachable" }],
      scores: [],
      score: null,
      replicas,
      pricePerMonthUsd: null,
      counterfactual: null,
    }));
}

/** Once per kind of misbehaviour of a custom score. */
function scoreWarnings({ evaluation, scores }: WorkloadTrace): readonly string[] {
  const custom = new Set(evaluation.context.scores.map((plugin) => plugin.name));
  return scores.columns.filter(({ name }) => custom.has(name)).flatMap(({ notes }) => [...new Set(notes.values())]);
}
