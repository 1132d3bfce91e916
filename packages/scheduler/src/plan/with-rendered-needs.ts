import { type ClusterSnapshot, describeCpu, describeMemory, type FleetSnapshot } from "@flotilla/core";
import type { Placement, ScheduleRequest } from "../engine/decision.ts";
import { explainDecision } from "../engine/explain.ts";
import type { CandidateExplanation } from "../engine/explanation.ts";
import { schedule } from "../engine/schedule.ts";
import { formatRef } from "../objects/object-ref.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { Decided, PlacedUnit } from "./decide.ts";
import { renderedPod, type RenderedPod } from "./rendered-pod.ts";
import type { Stream, StreamItem } from "./stream.ts";

export interface WithRenderedNeeds {
  readonly decided: Decided;
  readonly warnings: readonly string[];
}

/**
 * A decision is made for what the manifest asks for; overrides may ask for something else on some clusters. There the price and
 * the cost are those of the rendered pods, a warning says so, and where not one of them finds a node the plan is refused. Pure.
 */
export function withRenderedNeeds(stream: Stream, decided: Decided, snapshot: FleetSnapshot): WithRenderedNeeds {
  if (stream.overrides.length === 0) return { decided, warnings: [] };
  const entries = new Map(snapshot.clusters.map((entry) => [entry.cluster.id, entry]));
  const units = new Map<number, PlacedUnit>();
  const warnings: string[] = [];
  let morePerMonthUsd = 0;
  for (const [index, unit] of decided.units) {
    const item = stream.items[index];
    const trials =
      item === undefined ? [] : unit.placements.flatMap((placement) => tryOn(item, unit, placement, entries, stream));
    units.set(index, trials.length === 0 ? unit : adjusted(unit, trials));
    morePerMonthUsd += trials.reduce((sum, trial) => sum + addedCost(unit, trial), 0);
    warnings.push(...warningsOf(unit, trials));
  }
  const perMonthUsd = decided.cost.perMonthUsd + morePerMonthUsd;
  return { decided: { units, cost: { ...decided.cost, perMonthUsd } }, warnings };
}

interface Trial extends RenderedPod {
  readonly placement: Placement;
  /** How many of the share find room. */
  readonly given: number;
  readonly candidate: CandidateExplanation | undefined;
}

/** The share of one cluster alone, decided anew for the rendered pods. */
function tryOn(
  item: StreamItem,
  unit: PlacedUnit,
  placement: Placement,
  entries: ReadonlyMap<string, ClusterSnapshot>,
  stream: Stream,
): readonly Trial[] {
  const entry = entries.get(placement.cluster);
  if (entry === undefined || item.unit === undefined || placement.held === true || placement.replicas === 0) return [];
  const rendered = renderedPod(item, entry.cluster, stream.overrides);
  if (rendered === undefined) return [];
  const { tolerations, unknownCapacity } = item.unit.policy?.spec ?? DEFAULT_PLACEMENT;
  const request: ScheduleRequest = {
    spec: { ...DEFAULT_PLACEMENT, tolerations, unknownCapacity },
    workloads: [{ ...item.unit.workload, replicas: placement.replicas, pod: rendered.pod }],
    current: [unit.previous.filter(({ cluster }) => cluster === placement.cluster)],
    unreachable: new Set(),
    lost: new Set(),
    reserved: [],
    requiredKinds: [],
  };
  const decision = schedule(request, { takenAtMs: 0, clusters: [entry], gaps: [] });
  const given = decision.workloads[0]?.placements[0]?.replicas ?? 0;
  const [candidate] = explainDecision(decision, 0, { counterfactuals: false }).candidates;
  return [{ ...rendered, placement, given, candidate }];
}

function adjusted(unit: PlacedUnit, trials: readonly Trial[]): PlacedUnit {
  const priceOf = new Map(trials.map(({ placement, candidate }) => [placement.cluster, candidate?.pricePerMonthUsd]));
  const candidates = unit.explanation.candidates.map((candidate) => ({
    ...candidate,
    pricePerMonthUsd: priceOf.get(candidate.cluster) ?? candidate.pricePerMonthUsd,
  }));
  const explained = { ...unit, explanation: { ...unit.explanation, candidates } };
  const misfit = trials.find(({ given }) => given === 0);
  if (misfit === undefined) return explained;
  return { ...explained, shortfall: { code: "overrides", message: misfitMessage(misfit), isAllowed: false } };
}

function misfitMessage({ rule, placement, pod, candidate }: Trial): string {
  const { cpuMilli, memoryBytes } = pod.requests;
  const reason = candidate?.filters.find(({ verdict }) => verdict !== "fits")?.reason ?? "no room";
  return `${rule}: its pods ask for ${describeCpu(cpuMilli)} and ${describeMemory(memoryBytes)} on ${placement.cluster}, where not one of them fits: ${reason}`;
}

/** A price that is not known is named by the decision already. */
function addedCost({ explanation }: PlacedUnit, { placement, candidate }: Trial): number {
  const { cluster, replicas, copies = replicas } = placement;
  const before = explanation.candidates.find((each) => each.cluster === cluster)?.pricePerMonthUsd ?? null;
  const after = candidate?.pricePerMonthUsd ?? null;
  return before === null || after === null ? 0 : (after - before) * copies;
}

function warningsOf({ ref }: PlacedUnit, trials: readonly Trial[]): readonly string[] {
  const fitting = trials.filter(({ given }) => given > 0);
  const changed = [...Map.groupBy(fitting, ({ rule }) => rule)].map(([rule, those]) => {
    const where = those.map(({ placement }) => placement.cluster).join(", ");
    return `${formatRef(ref)}: ${rule} changes what its pods need on ${where}; it was placed for what the manifest says, the cost is of what runs`;
  });
  const short = fitting
    .filter(({ given, placement }) => given < placement.replicas)
    .map(
      ({ given, placement }) =>
        `${formatRef(ref)}: ${placement.cluster} has room for ${given} of its ${placement.replicas} replicas as they are rendered`,
    );
  return [...changed, ...short];
}
