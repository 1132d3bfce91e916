import { type ClusterSnapshot, describeCpu, describeMemory, type FleetSnapshot } from "@flotilla/core";
import type { Placement } from "../engine/decision.ts";
import { formatRef } from "../objects/object-ref.ts";
import { type Decided, groupsOf, type PlacedUnit } from "./decide.ts";
import type { OverridesShortfall } from "./overrides-shortfall.ts";
import type { PlannedShortfall } from "./planned-shortfall.ts";
import type { Stream, StreamUnit } from "./stream.ts";
import { renderedOn, type TargetInput, type TriedUnit, tryTarget } from "./try-target.ts";

export interface WithRenderedNeeds {
  readonly decided: Decided;
  readonly warnings: readonly string[];
}

/** Kept with the plan: when it is verified, what runs may be its own doing, and is not held against it a second time. */
interface RenderedUnit extends PlacedUnit {
  readonly isRendered: true;
}

/**
 * A decision is made for what the manifest asks for; overrides may ask for something else on some clusters. There the price and
 * the cost are those of the rendered pods, a warning says so, and what then finds no room is a shortfall: of them, and of what
 * shares the cluster with them. Pure.
 */
export function withRenderedNeeds(stream: Stream, decided: Decided, snapshot: FleetSnapshot): WithRenderedNeeds {
  if (stream.overrides.length === 0) return { decided, warnings: [] };
  const triedByUnit = Map.groupBy(tryChanged(stream, decided, snapshot), ({ index }) => index);
  const units = new Map<number, PlacedUnit>();
  const warnings: string[] = [];
  let morePerMonthUsd = 0;
  for (const [index, unit] of decided.units) {
    const tried = triedByUnit.get(index) ?? [];
    warnings.push(...changeWarnings(unit, tried));
    const isSettled = tried.length === 0 || "isRendered" in unit;
    units.set(index, isSettled ? unit : adjusted(unit, tried, stream.items[index]?.unit));
    if (!isSettled) morePerMonthUsd += tried.reduce((sum, each) => sum + addedCost(unit, each), 0);
  }
  // The decision's sum is rounded: what is left of nothing may be less than nothing.
  const perMonthUsd = Math.max(0, decided.cost.perMonthUsd + morePerMonthUsd);
  return { decided: { units, cost: { ...decided.cost, perMonthUsd } }, warnings };
}

/** Everything on the clusters where overrides change what some pods need: larger ones leave less to the others. */
function tryChanged(stream: Stream, decided: Decided, snapshot: FleetSnapshot): readonly TriedUnit[] {
  const groups = groupsOf(stream);
  const current = new Map([...decided.units].map(([index, { previous }]) => [index, previous]));
  const shares = sharesByCluster(decided);
  return snapshot.clusters.flatMap((entry) => {
    const wanted = shares.get(entry.cluster.id);
    return wanted === undefined ? [] : tryWhereChanged({ stream, groups, entry, wanted, current });
  });
}

function tryWhereChanged(
  input: Pick<TargetInput, "stream" | "groups" | "wanted" | "current"> & { readonly entry: ClusterSnapshot },
): readonly TriedUnit[] {
  const rendered = renderedOn(input.stream, input.wanted, input.entry);
  if (rendered.size === 0) return [];
  return tryTarget({ ...input, rendered, unreachable: new Set(), lost: new Set() });
}

/** Where something is to run: not what is held, of which nothing is decided, and not what is idle. */
function sharesByCluster({ units }: Decided): ReadonlyMap<string, ReadonlyMap<number, Placement>> {
  const shares = new Map<string, Map<number, Placement>>();
  for (const [index, { placements }] of units) {
    for (const placement of placements) {
      if (placement.held === true || placement.replicas === 0) continue;
      const there = shares.get(placement.cluster) ?? new Map<number, Placement>();
      shares.set(placement.cluster, there.set(index, placement));
    }
  }
  return shares;
}

function adjusted(unit: PlacedUnit, tried: readonly TriedUnit[], declared: StreamUnit | undefined): RenderedUnit {
  const triedOn = new Map(tried.map((each) => [each.wanted.cluster, each]));
  const candidates = unit.explanation.candidates.map((candidate) => {
    const there = triedOn.get(candidate.cluster)?.candidate;
    return there === undefined ? candidate : { ...candidate, pricePerMonthUsd: there.pricePerMonthUsd };
  });
  const placements = unit.placements.map((placement) =>
    placement.copies === undefined
      ? placement
      : { ...placement, copies: triedOn.get(placement.cluster)?.pods ?? placement.copies },
  );
  const shortfall = shortfallOf(unit, tried, declared?.policy?.spec.replicas.partial ?? true);
  const explanation = { ...unit.explanation, candidates };
  const explained: RenderedUnit = { ...unit, placements, explanation, isRendered: true };
  return shortfall === undefined ? explained : { ...explained, shortfall };
}

function shortfallOf(
  { shortfall: before }: PlacedUnit,
  tried: readonly TriedUnit[],
  isPartialAllowed: boolean,
): PlannedShortfall | undefined {
  const short = tried.filter(({ given, wanted }) => given < wanted.replicas);
  if (short.length === 0 || before?.isAllowed === false) return before;
  const misfit = short.find(({ given }) => given === 0);
  const message = misfit === undefined ? shortMessage(short, isPartialAllowed) : misfitMessage(misfit);
  const shortfall: OverridesShortfall = {
    code: "overrides",
    message: before === undefined ? message : `${before.message}; ${message}`,
    isAllowed: isPartialAllowed && misfit === undefined,
    given: short.map(({ wanted: { cluster }, given }) => ({ cluster, replicas: given })),
  };
  return shortfall;
}

function misfitMessage({ rendered, wanted: { cluster }, candidate }: TriedUnit): string {
  const reason = candidate?.filters.find(({ verdict }) => verdict !== "fits")?.reason ?? "no room";
  return rendered === undefined
    ? `beside the pods that overrides make larger on ${cluster}, not one of its own fits: ${reason}`
    : `${rendered.rule}: its pods ask for ${requestsOf(rendered)} on ${cluster}, where not one of them fits: ${reason}`;
}

function shortMessage(short: readonly TriedUnit[], isPartialAllowed: boolean): string {
  const waiting = short.reduce((sum, { wanted, given }) => sum + wanted.replicas - given, 0);
  const rendered = short.find((each) => each.rendered !== undefined)?.rendered;
  const cause =
    rendered === undefined
      ? "beside the pods that overrides make larger"
      : `${rendered.rule}: its pods ask for ${requestsOf(rendered)}, and`;
  const rest = isPartialAllowed ? " and will wait" : ", where the policy wants all of them";
  const [first] = short;
  const others = short.length > 1 ? `, and ${short.length - 1} more like it` : "";
  const where = `${first?.wanted.cluster} takes ${first?.given} of ${first?.wanted.replicas}${others}`;
  return `${cause} ${waiting === 1 ? "1 replica has" : `${waiting} replicas have`} no room${rest}: ${where}`;
}

function requestsOf({ pod: { requests } }: NonNullable<TriedUnit["rendered"]>): string {
  return `${describeCpu(requests.cpuMilli)} and ${describeMemory(requests.memoryBytes)}`;
}

/** Of all pods, those that wait included. What has no known price is in no sum. */
function addedCost({ explanation }: PlacedUnit, { wanted, pods, candidate }: TriedUnit): number {
  const { cluster, replicas, copies = replicas } = wanted;
  const before = explanation.candidates.find((each) => each.cluster === cluster)?.pricePerMonthUsd ?? 0;
  return (candidate?.pricePerMonthUsd ?? 0) * pods - before * copies;
}

function changeWarnings({ ref }: PlacedUnit, tried: readonly TriedUnit[]): readonly string[] {
  const changed = tried.flatMap(({ rendered, given, wanted }) =>
    rendered === undefined || given === 0 ? [] : [{ rule: rendered.rule, cluster: wanted.cluster }],
  );
  return [...Map.groupBy(changed, ({ rule }) => rule)].map(([rule, those]) => {
    const where = those.map(({ cluster }) => cluster).join(", ");
    return `${formatRef(ref)}: ${rule} changes what its pods need on ${where}; it was placed for what the manifest says, the cost is of what runs`;
  });
}
