import { canonicalJson, compareIds, digestOf, type Document, isJsonObject, type ObjectRef } from "@flotilla/core";
import { type FleetInventory, inventoriesOf } from "../inventory/fleet-inventory.ts";
import { workloadHash } from "../inventory/ownership.ts";
import { isMap } from "../objects/json-access.ts";
import { formatRef, refKey } from "../objects/object-ref.ts";
import { isSecret } from "../objects/secret-data.ts";
import type { Decided, PlacedUnit } from "./decide.ts";
import { liveKey, type LiveFacts } from "./live-facts.ts";
import type { Plan, PlanBasis, PlannedObject, PlannedRemoval, PlannedWorkload } from "./plan.ts";
import type { RenderedObject } from "./render-stream.ts";

export interface BuildPlanInput {
  readonly fleet: string;
  readonly nowMs: number;
  readonly documents: readonly Document[];
  readonly configDigest: string;
  readonly sources: readonly string[];
  readonly lost: readonly string[];
  readonly decided: Decided;
  readonly rendered: readonly RenderedObject[];
  readonly inventory: FleetInventory;
  readonly live: LiveFacts;
  readonly assumed: readonly string[];
  readonly warnings: readonly string[];
}

/** Puts a plan together from what was decided, rendered and found. Pure: the same input gives the same plan and id. */
export function buildPlan(input: BuildPlanInput): Plan {
  const { fleet, decided, lost, sources, configDigest } = input;
  const units = [...decided.units.values()];
  const objects = input.rendered.map((object) => withLiveFact(object, input.live)).filter(isNeeded);
  const removals = removalsOf(input, objects);
  const { perMonthUsd } = decided.cost;
  const basis: PlanBasis = {
    perMonthUsd,
    configDigest,
    documentsDigest: documentsDigest(input.documents),
    lost,
    sources,
  };
  const inputsDigest = digestOf([basis.documentsDigest, configDigest, lost]);
  const decision = units.map(({ ref, placements, unplaced }) => [
    refKey(ref),
    unplaced,
    placements.map((each) => ({ ...each })),
  ]);
  // Namespaces that nobody wrote come and go with what is missing; they are not what a person approves.
  const digests = objects
    .filter(({ owners }) => owners.length > 0)
    .map(({ cluster, ref, digest, initialReplicas }) => [cluster, refKey(ref), digest, initialReplicas ?? null]);
  const gone = removals.map(({ cluster, ref }) => [cluster, refKey(ref)]);
  return {
    planId: digestOf([inputsDigest, fleet, decision, digests, gone]).slice(0, PLAN_ID_LENGTH),
    createdAtMs: input.nowMs,
    fleet,
    workloads: units.filter(({ hasPods }) => hasPods).map(toPlanned),
    standalone: units.filter(({ hasPods }) => !hasPods).map(toPlanned),
    cost: decided.cost,
    objects,
    removals,
    assumed: input.assumed,
    warnings: [...input.warnings, ...warningsOf(input, units, objects)],
    inputsDigest,
    basis,
  };
}

/** 80 bits in hex: short enough to be typed, long enough never to meet another plan. */
const PLAN_ID_LENGTH = 20;

/**
 * Digest of what a person wrote, in order. The values of Secrets are left out, their keys are not: no digest of a Secret is
 * kept anywhere, since a short password could be guessed from it.
 */
export function documentsDigest(documents: readonly Document[]): string {
  return digestOf(documents.map(({ value }) => canonicalJson(withoutSecretValues(value))));
}

function withoutSecretValues(value: unknown): unknown {
  const { apiVersion, kind } = isJsonObject(value) ? value : {};
  if (typeof apiVersion !== "string" || typeof kind !== "string" || !isSecret({ apiVersion, kind }))
    return value ?? null;
  const keys = (part: unknown): unknown => (isMap(part) ? Object.keys(part).sort() : null);
  const { data, stringData, ...rest } = value as Record<string, unknown>;
  return { ...rest, data: keys(data), stringData: keys(stringData) };
}

function toPlanned(unit: PlacedUnit): PlannedWorkload {
  const { hasPods: _hasPods, shortfall: _shortfall, ...planned } = unit;
  return planned;
}

function withLiveFact(object: RenderedObject, { facts }: LiveFacts): PlannedObject {
  return { ...object, ...(facts.get(liveKey(object.cluster, object.ref)) ?? { live: "absent", observed: null }) };
}

/** A namespace that nobody wrote down is made only where it is missing. */
function isNeeded({ role, owners, live }: PlannedObject): boolean {
  return role !== "namespace" || owners.length > 0 || live === "absent";
}

/** What the units' inventories list and the plan no longer puts there. Members that cannot be read are left for later. */
function removalsOf(
  { fleet, inventory, decided }: BuildPlanInput,
  objects: readonly PlannedObject[],
): readonly PlannedRemoval[] {
  const planned = new Set(objects.map(({ cluster, ref }) => liveKey(cluster, ref)));
  const ours = new Set([...decided.units.values()].map(({ ref }) => workloadHash(fleet, ref)));
  const removals = new Map<string, PlannedRemoval>();
  for (const { ref: owner } of decided.units.values()) {
    for (const { cluster, inventory: before } of inventoriesOf(inventory, fleet, workloadHash(fleet, owner))) {
      for (const ref of before?.objects ?? []) {
        const key = liveKey(cluster, ref);
        const isShared = listedByOthers(inventory, fleet, cluster, ref, ours);
        if (!planned.has(key) && !isShared && ref.kind !== "Namespace") removals.set(key, { cluster, ref, owner });
      }
    }
  }
  return [...removals.values()].sort((a, b) => compareIds(liveKey(a.cluster, a.ref), liveKey(b.cluster, b.ref)));
}

/** Whether a workload that is not part of this plan also has the object in its inventory. */
function listedByOthers(
  { members }: FleetInventory,
  fleet: string,
  cluster: string,
  ref: ObjectRef,
  ours: ReadonlySet<string>,
): boolean {
  const key = refKey(ref);
  return (members.get(cluster)?.inventories ?? []).some(
    ({ workload, objects }) =>
      !ours.has(workloadHash(fleet, workload)) && objects.some((object) => refKey(object) === key),
  );
}

function warningsOf(
  input: BuildPlanInput,
  units: readonly PlacedUnit[],
  objects: readonly PlannedObject[],
): readonly string[] {
  const { inventory, live, lost } = input;
  return [
    ...units.flatMap(({ ref, shortfall }) =>
      shortfall === undefined ? [] : [`${formatRef(ref)}: ${shortfall.message}`],
    ),
    ...heldWarnings(units),
    ...objects
      .filter((object) => object.live === "foreign")
      .map(
        ({ cluster, ref }) =>
          `${formatRef(ref)} is already on ${cluster} and was not made by this fleet: apply refuses it unless it is to be adopted (--adopt)`,
      ),
    ...[...inventory.members].flatMap(([cluster, { damaged }]) =>
      damaged.map((name) => `${cluster}: the inventory ${name} cannot be read; what it lists is left alone`),
    ),
    ...[...live.unread].map(([cluster, reason]) => `${cluster}: its objects could not be looked at: ${reason}`),
    ...lost
      .filter((cluster) => !inventory.members.has(cluster))
      .map(
        (cluster) =>
          `${cluster} is given up but cannot be reached: what runs there is removed when it is back and apply runs again`,
      ),
  ];
}

function heldWarnings(units: readonly PlacedUnit[]): readonly string[] {
  return units.flatMap(({ ref, placements }) =>
    placements
      .filter(({ held }) => held === true)
      .map(
        ({ cluster, replicas }) =>
          `${formatRef(ref)}: ${cluster} cannot be reached; its ${replicas} replicas are held (give them up with --lose ${cluster})`,
      ),
  );
}
