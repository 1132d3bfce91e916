import { digestOf, type KubeObject, type ObjectRef } from "@flotilla/core";
import { refKey } from "../objects/object-ref.ts";

/** Label: the fleet that made the object; empty for an unnamed one. */
export const FLEET_LABEL = "flotilla.dev/fleet";
/** Label: hash of the workload that brought the object (label values hold no slash). */
export const WORKLOAD_LABEL = "flotilla.dev/workload";
/** Label of the ConfigMaps that list what a workload has in a cluster. */
export const INVENTORY_LABEL = "flotilla.dev/inventory";
/** Annotation: the placement policy, `namespace/name` or `name`. */
export const POLICY_ANNOTATION = "flotilla.dev/policy";
/** Annotation: digest of what we intend; never on a Secret. */
export const DIGEST_ANNOTATION = "flotilla.dev/digest";
/** Annotation: the plan that last changed the object. */
export const PLAN_ANNOTATION = "flotilla.dev/plan";
/** Annotation: the object was there before us and was taken over when asked to: it is never deleted. */
export const ADOPTED_ANNOTATION = "flotilla.dev/adopted";

/** Hex digits of a workload's hash: 64 bits, so that a million workloads of a fleet do not meet. */
const HASH_LENGTH = 16;
const FLEET_NAME = /^[a-z0-9](?:[a-z0-9-]{0,51}[a-z0-9])?$/;

/** Whether a fleet can have this name: it is part of a label value (63 characters) and of a field manager's name. */
export function isFleetName(name: string): boolean {
  return name === "" || FLEET_NAME.test(name);
}

/** The name under which we own fields in a member: one per fleet, so that two fleets see each other's fields as conflicts. */
export function fieldManagerOf(fleet: string): string {
  return fleet === "" ? "flotilla" : `flotilla-${fleet}`;
}

/** Identifies a workload of a fleet in labels, names and keys: the same on every machine. */
export function workloadHash(fleet: string, ref: ObjectRef): string {
  return digestOf([fleet, refKey(ref)]).slice(0, HASH_LENGTH);
}

/** `ours`: made or adopted by this fleet. `foreign`: someone else's, another fleet's included. */
export type Ownership = "absent" | "ours" | "foreign";

export function ownershipOf(live: KubeObject | undefined, fleet: string): Ownership {
  if (live === undefined) return "absent";
  const labels = live.metadata.labels ?? {};
  return Object.hasOwn(labels, FLEET_LABEL) && labels[FLEET_LABEL] === fleet ? "ours" : "foreign";
}

export function isAdopted(live: KubeObject): boolean {
  return live.metadata.annotations?.[ADOPTED_ANNOTATION] === "true";
}
