import { type ClusterSnapshot, matchesCluster } from "@flotilla/core";
import type { Decision, Placement, Reservation, ScheduleRequest, Share } from "../engine/decision.ts";
import { explainDecision } from "../engine/explain.ts";
import type { CandidateExplanation } from "../engine/explanation.ts";
import { reservationsOf } from "../engine/reservations-of.ts";
import { schedule } from "../engine/schedule.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { groupsOf } from "./decide.ts";
import { renderedPod, type RenderedPod } from "./rendered-pod.ts";
import { requiredKindsOf } from "./required-kinds.ts";
import type { Stream } from "./stream.ts";

export interface TargetInput {
  readonly stream: Stream;
  /** `groupsOf` the stream. */
  readonly groups: ReturnType<typeof groupsOf>;
  readonly entry: ClusterSnapshot;
  /** By item index: what each unit is to have there. Units that are not in it are not tried. */
  readonly wanted: ReadonlyMap<number, Placement>;
  /** By item index: where each unit is now. */
  readonly current: ReadonlyMap<number, readonly Share[]>;
  /** See `renderedOn`. */
  readonly rendered: ReadonlyMap<number, RenderedPod>;
  readonly unreachable: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
}

/** What one unit gets of its share of one cluster. */
export interface TriedUnit {
  readonly index: number;
  readonly wanted: Placement;
  /** How many of the share find room. */
  readonly given: number;
  /** All the pods of the share, those that find no room included. */
  readonly pods: number;
  readonly rendered: RenderedPod | undefined;
  readonly candidate: CandidateExplanation | undefined;
}

/**
 * The shares of one cluster, decided anew for the pods as they are rendered there, under the policies' filters but without
 * their division. Each takes its space from those after it. A plan is made and verified by this one function: what it offers
 * holds while the fleet does not change. Pure.
 */
export function tryTarget(input: TargetInput): readonly TriedUnit[] {
  const reserved: Reservation[] = [];
  const tried: TriedUnit[] = [];
  for (const group of input.groups) {
    const here = group.filter(({ index }) => input.wanted.has(index));
    if (here.length === 0) continue;
    const decision = decideThere(input, group, here, reserved);
    reserved.push(...reservationsOf(decision));
    tried.push(...here.map(({ index }, at) => toTried(input, decision, index, at)));
  }
  return tried;
}

/** By item index: the pods that overrides make different there. What is held runs as it was, and is priced so. Pure. */
export function renderedOn(
  { items, overrides }: Stream,
  wanted: ReadonlyMap<number, Placement>,
  { cluster }: ClusterSnapshot,
): ReadonlyMap<number, RenderedPod> {
  const rendered = new Map<number, RenderedPod>();
  if (overrides.length === 0) return rendered;
  for (const [index, { held }] of wanted) {
    const item = items[index];
    const pod = item === undefined || held === true ? undefined : renderedPod(item, cluster, overrides);
    if (pod !== undefined) rendered.set(index, pod);
  }
  return rendered;
}

type Group = TargetInput["groups"][number];

function decideThere(input: TargetInput, group: Group, here: Group, reserved: readonly Reservation[]): Decision {
  const { stream, entry, wanted, current, rendered, unreachable, lost } = input;
  const { id } = entry.cluster;
  const spec = group[0]?.unit.policy?.spec ?? DEFAULT_PLACEMENT;
  const isNamed = matchesCluster(spec.clusters, entry.cluster);
  const request: ScheduleRequest = {
    spec: {
      ...spec,
      clusters: isNamed ? { ...spec.clusters, names: [id] } : { none: true },
      spread: [],
      replicas: { mode: "Divide", divideBy: "Capacity", weights: [], limits: [], partial: true },
      // There is nothing to choose between.
      score: {},
    },
    workloads: here.map(({ index, unit: { workload } }) => ({
      ...workload,
      replicas: wanted.get(index)?.replicas ?? 0,
      pod: rendered.get(index)?.pod ?? workload.pod,
    })),
    current: here.map(({ index }) => (current.get(index) ?? []).filter(({ cluster }) => cluster === id)),
    unreachable,
    lost,
    reserved: [...reserved],
    requiredKinds: requiredKindsOf(stream, new Set(group.map(({ index }) => index))),
  };
  return schedule(request, { takenAtMs: 0, clusters: [entry], gaps: [] });
}

function toTried({ wanted, rendered, entry }: TargetInput, decision: Decision, index: number, at: number): TriedUnit {
  const share = wanted.get(index) ?? { cluster: entry.cluster.id, replicas: 0 };
  const given = decision.workloads[at]?.placements[0];
  const [candidate] = explainDecision(decision, at, { counterfactuals: false }).candidates;
  return {
    index,
    wanted: share,
    given: given?.replicas ?? 0,
    pods: given?.copies ?? share.copies ?? share.replicas,
    rendered: rendered.get(index),
    candidate,
  };
}
