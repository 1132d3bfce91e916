import {
  compareIds,
  type Cluster,
  type ClusterSnapshot,
  type FleetSnapshot,
  monthly,
  type ObjectRef,
  unknownPrice,
} from "@flotilla/core";
import { compareWorkloads } from "../engine/compare-workloads.ts";
import type { Decision, Placement, Reservation, Share } from "../engine/decision.ts";
import type { Explanation } from "../engine/explanation.ts";
import { explainDecision } from "../engine/explain.ts";
import { reservationsOf } from "../engine/reservations-of.ts";
import { schedule } from "../engine/schedule.ts";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { KnownShares } from "../inventory/known-shares.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import { idlePlacements } from "./idle-placements.ts";
import type { PlanCost } from "./plan.ts";
import { plannedShortfall, type PlannedShortfall } from "./planned-shortfall.ts";
import { requiredKindsOf } from "./required-kinds.ts";
import type { Stream, StreamUnit } from "./stream.ts";

export interface DecideInput {
  readonly stream: Stream;
  readonly snapshot: FleetSnapshot;
  /** By item index of each unit: what the fleet has of it now. */
  readonly known: ReadonlyMap<number, KnownShares>;
  /** Members that cannot be read now. */
  readonly unreachable: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
  readonly scores: readonly ScorePlugin[];
}

/** Where one unit of the stream goes, and why. */
export interface PlacedUnit {
  readonly ref: ObjectRef;
  readonly hasPods: boolean;
  readonly policy: string | null;
  readonly replicas: number;
  readonly unplaced: number;
  readonly placements: readonly Placement[];
  readonly previous: readonly Share[];
  readonly shortfall?: PlannedShortfall;
  readonly explanation: Explanation;
  /** Of the shares: unchanged if they are, one more than any seen if not. */
  readonly revision: number;
}

export interface Decided {
  /** By item index, in stream order. */
  readonly units: ReadonlyMap<number, PlacedUnit>;
  readonly cost: PlanCost;
}

/**
 * One decision per policy, and one before all for what of it runs on every node, which has no other place: the policy of
 * greater priority first, then by name, workloads without one last. Earlier decisions use up capacity for later ones. Objects
 * without pods are decided apart and cost nothing. Pure.
 */
export function decide(input: DecideInput): Decided {
  const snapshot = withHeldMembers(input.snapshot, input.known);
  const reserved: Reservation[] = [];
  const placed = new Map<number, PlacedUnit>();
  const costs: Decision[] = [];
  const opened = new Map<string, readonly string[]>();
  for (const group of groupsOf(input.stream)) {
    const policy = policyKey(group[0]);
    const used = opened.get(policy) ?? [];
    const decision = decideGroup(group, { ...input, snapshot }, { reserved, opened: used });
    opened.set(policy, [...used, ...clustersOf(decision)]);
    for (const [at, { index, unit }] of group.entries()) {
      placed.set(index, toPlaced(decision, at, unit, input.known.get(index)));
    }
    reserved.push(...reservationsOf(decision));
    if (group.some(({ unit }) => unit.hasPods)) costs.push(decision);
  }
  const inOrder = [...placed].sort(([a], [b]) => a - b);
  return { units: new Map(inOrder), cost: totalCost(costs, snapshot) };
}

interface Member {
  readonly index: number;
  readonly unit: StreamUnit;
}

/** Units that are decided together, in the order in which they take space: that of the stream does not matter. */
export function groupsOf({ items }: Stream): readonly (readonly Member[])[] {
  const groups = new Map<string, Member[]>();
  for (const [index, { unit }] of items.entries()) {
    if (unit === undefined) continue;
    const key = `${policyKey({ index, unit })} ${isPerCluster({ index, unit })}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ index, unit }]);
    else group.push({ index, unit });
  }
  return [...groups]
    .sort(([a, left], [b, right]) => compareGroups(left[0], right[0]) || compareIds(a, b))
    .map(([, group]) => group.sort((a, b) => compareWorkloads(a.unit.workload, b.unit.workload)));
}

/** What shares one policy's groups. */
function policyKey(member: Member | undefined): string {
  const policy = member?.unit.policy;
  return `${policy === undefined ? "" : policyName(policy)} ${policy?.kind ?? ""} ${member?.unit.hasPods ?? false}`;
}

function isPerCluster(member: Member | undefined): boolean {
  return member?.unit.workload.division === "PerCluster";
}

function clustersOf({ workloads }: Decision): readonly string[] {
  return workloads.flatMap(({ placements }) =>
    placements.filter(({ held }) => held !== true).map(({ cluster }) => cluster),
  );
}

function compareGroups(a: Member | undefined, b: Member | undefined): number {
  const perCluster = Number(isPerCluster(b)) - Number(isPerCluster(a));
  if (perCluster !== 0) return perCluster;
  const left = a?.unit.policy;
  const right = b?.unit.policy;
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return right.spec.priority - left.spec.priority;
}

function decideGroup(
  group: readonly Member[],
  input: DecideInput,
  { reserved, opened }: { readonly reserved: readonly Reservation[]; readonly opened: readonly string[] },
): Decision {
  const { stream, snapshot, known, unreachable, lost, scores } = input;
  const request = {
    spec: group[0]?.unit.policy?.spec ?? DEFAULT_PLACEMENT,
    workloads: group.map(({ unit }) => unit.workload),
    current: group.map(({ index }) => (known.get(index)?.shares ?? []).filter(({ cluster }) => !lost.has(cluster))),
    unreachable,
    lost,
    reserved: [...reserved],
    ...(opened.length === 0 ? {} : { opened }),
    requiredKinds: requiredKindsOf(stream, new Set(group.map(({ index }) => index))),
  };
  return schedule(request, snapshot, { scores });
}

function toPlaced(decision: Decision, at: number, unit: StreamUnit, known: KnownShares | undefined): PlacedUnit {
  const workload = decision.workloads[at];
  const { ref } = unit.workload;
  const previous = known?.shares ?? [];
  const wanted = workload?.replicas ?? unit.workload.replicas;
  const { clusters } = decision.request.spec;
  const idle = { ...decision.request, shares: previous, clusters, snapshot: decision.snapshot };
  const placements = wanted === 0 ? idlePlacements(idle) : (workload?.placements ?? []);
  // To be nowhere is a wish like any other, and falls short of nothing.
  const isNowhere = clusters.none === true;
  const shortfall = isNowhere ? undefined : workload?.shortfall;
  return {
    ref,
    hasPods: unit.hasPods,
    policy: unit.policy === undefined ? null : policyName(unit.policy),
    replicas: isNowhere ? 0 : wanted,
    unplaced: isNowhere ? 0 : (workload?.unplaced ?? wanted),
    placements,
    previous,
    ...(shortfall === undefined ? {} : { shortfall: plannedShortfall(unit, placements.length > 0, shortfall) }),
    explanation: explainDecision(decision, at),
    revision: (known?.revision ?? 0) + (sameShares(previous, placements) ? 0 : 1),
  };
}

/** Both sorted by cluster. */
function sameShares(a: readonly Share[], b: readonly Share[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ cluster, replicas }, at) => b[at]?.cluster === cluster && b[at].replicas === replicas)
  );
}

function totalCost(decisions: readonly Decision[], snapshot: FleetSnapshot): PlanCost {
  const sum = (pick: (cost: Decision["cost"]) => number): number =>
    decisions.reduce((total, { cost }) => total + pick(cost), 0);
  const unknown = [...new Set(decisions.flatMap(({ cost }) => cost.unknown))].sort(compareIds);
  return {
    perMonthUsd: monthly(sum((cost) => cost.perHourMicroUsd)),
    evenSplitPerMonthUsd: monthly(sum((cost) => cost.evenSplitPerHourMicroUsd)),
    unknown: unknown.map((id) => `${id}: ${whyUnknown(snapshot, id)}`),
  };
}

function whyUnknown(snapshot: FleetSnapshot, id: string): string {
  const entry = snapshot.clusters.find(({ cluster }) => cluster.id === id);
  const missing = entry?.prices.nodePerHour.find((price) => !price.known);
  if (missing?.known === false) return missing.reason;
  const capacity = entry?.capacity ?? null;
  if (capacity === null) return "its nodes could not be read";
  return capacity.freeNodes.length === 0 ? "none of its nodes takes new pods" : "none of its nodes could hold the pod";
}

function policyName({ name, namespace }: Pick<PlacementPolicy, "name" | "namespace">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A member that has a share but was not discovered (a gap hides it) stays in the picture, so that its share can be held. */
function withHeldMembers(snapshot: FleetSnapshot, known: ReadonlyMap<number, KnownShares>): FleetSnapshot {
  const seen = new Set(snapshot.clusters.map(({ cluster }) => cluster.id));
  const ids = [...known.values()].flatMap(({ shares }) => shares.map(({ cluster }) => cluster));
  const hidden = [...new Set(ids)].filter((id) => !seen.has(id));
  if (hidden.length === 0) return snapshot;
  const clusters = [...snapshot.clusters, ...hidden.map(hiddenMember)];
  return { ...snapshot, clusters: clusters.sort((a, b) => compareIds(a.cluster.id, b.cluster.id)) };
}

function hiddenMember(id: string): ClusterSnapshot {
  const message = "not found by discovery now, but it has replicas of earlier applies";
  const cluster: Cluster = {
    id,
    provider: id.split("/")[0] ?? "unknown",
    scope: "",
    region: null,
    zones: [],
    name: id.split("/").at(-1) ?? id,
    phase: "unknown",
    kubernetesVersion: null,
    endpoint: null,
    network: { id: null, cidrs: [], podCidrs: [], serviceCidrs: [] },
    labels: {},
    taints: [],
    nodePools: [],
    problem: { kind: "notFound", message },
  };
  return { cluster, capacity: null, prices: { controlPlanePerHour: unknownPrice(message), nodePerHour: [] } };
}
