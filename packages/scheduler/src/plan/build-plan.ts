import { canonicalJson, digestOf, type Document, isJsonObject } from "@flotilla/core";
import type { FleetInventory } from "../inventory/fleet-inventory.ts";
import { isMap } from "../objects/json-access.ts";
import { refKey } from "../objects/object-ref.ts";
import { isSecret } from "../objects/secret-data.ts";
import type { Decided, PlacedUnit } from "./decide.ts";
import { liveKey, type LiveFacts } from "./live-facts.ts";
import { planRemovals } from "./plan-removals.ts";
import { planWarnings } from "./plan-warnings.ts";
import type { Plan, PlanBasis, PlannedObject, PlannedWorkload } from "./plan.ts";
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
  const { removals, kept } = planRemovals({ ...input, objects });
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
    planId: digestOf([inputsDigest, fleet, inAnyOrder(decision), inAnyOrder(digests), gone]).slice(0, PLAN_ID_LENGTH),
    createdAtMs: input.nowMs,
    fleet,
    workloads: units.filter(({ hasPods }) => hasPods).map(toPlanned),
    standalone: units.filter(({ hasPods }) => !hasPods).map(toPlanned),
    cost: decided.cost,
    objects,
    removals,
    kept,
    assumed: input.assumed,
    warnings: [...input.warnings, ...planWarnings({ ...input, units, objects, kept })],
    inputsDigest,
    basis,
  };
}

/** The order of the documents says nothing, so it moves no id. */
function inAnyOrder(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => canonicalJson(row)).sort();
}

/** 80 bits in hex: short enough to be typed, long enough never to meet another plan. */
const PLAN_ID_LENGTH = 20;

/**
 * Digest of what a person wrote, in whatever order. The values of Secrets are left out, their keys are not: no digest of a Secret is
 * kept anywhere, since a short password could be guessed from it.
 */
export function documentsDigest(documents: readonly Document[]): string {
  return digestOf(documents.map(({ value }) => canonicalJson(withoutSecretValues(value))).sort());
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
  const { hasPods: _hasPods, ...planned } = unit;
  return planned;
}

function withLiveFact(object: RenderedObject, { facts }: LiveFacts): PlannedObject {
  return { ...object, ...(facts.get(liveKey(object.cluster, object.ref)) ?? { live: "absent", observed: null }) };
}

/** A namespace that nobody wrote down is made only where it is missing. */
function isNeeded({ role, owners, live }: PlannedObject): boolean {
  return role !== "namespace" || owners.length > 0 || live === "absent";
}
