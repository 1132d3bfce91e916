import { compareIds, InputError, ZERO_AMOUNTS, type KubeObject, type Problem } from "@flotilla/core";
import { isAutoscaler } from "../objects/is-autoscaler.ts";
import { formatRef, refOf } from "../objects/object-ref.ts";
import { matchPlacementPolicy } from "../policy/match-policies.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import { readWorkload } from "../workload/read-workload.ts";
import type { Division, Workload } from "../workload/workload.ts";
import { linkObjects, type Links } from "./link-objects.ts";
import type { Manifest } from "./manifest.ts";
import type { ObjectRole } from "./plan.ts";
import type { Stream, StreamItem, StreamUnit } from "./stream.ts";

export interface Policies {
  readonly placements: readonly PlacementPolicy[];
  readonly overrides: readonly OverridePolicy[];
}

/**
 * Decides what goes with what. Workloads are placed by their policy, or over the whole fleet. What a workload names follows
 * it, what points at a workload accompanies it, and another object that a policy selects goes where that policy's workloads
 * go. An object that nothing brings along goes wherever the stream's workloads go; if there are none it is placed by itself,
 * on every cluster its policy (or the default) chooses. A claim that no pod names goes to one cluster. Pure.
 *
 * @throws InputError for workloads that cannot be read (bad quantities, no pod spec).
 */
export function groupStream(manifests: readonly Manifest[], policies: Policies): Stream {
  const objects = manifests.map(({ object }) => object);
  const workloads = readWorkloads(manifests);
  const governing = objects.map((object) => matchPlacementPolicy(object, policies.placements));
  const links = linkObjects(objects, (index) => workloads[index] !== undefined);
  const withPolicies = addPolicyLinks(links, workloads, governing);
  const { units, goesWith } = findUnits(objects, workloads, governing, withPolicies);
  const items = manifests.map((manifest, index): StreamItem => {
    const unit = units[index];
    const base = { manifest, object: manifest.object, ref: refOf(manifest.object), goesWith: goesWith[index] ?? [] };
    const role = roleOf(manifest.object, unit !== undefined, links.pointing.has(index));
    return unit === undefined ? { ...base, role } : { ...base, role, unit };
  });
  return { items, ...policies, assumed: links.missing.map(formatRef).sort(compareIds) };
}

function readWorkloads(manifests: readonly Manifest[]): readonly (Workload | undefined)[] {
  const problems: Problem[] = [];
  const workloads = manifests.map(({ object, document }) => {
    const reading = readWorkload(object);
    for (const { path, message } of reading?.problems ?? []) {
      problems.push({ position: document.locate(path), path, message });
    }
    return reading?.workload;
  });
  if (problems.length > 0) throw new InputError(problems);
  return workloads;
}

/** What a policy selects besides workloads goes with all of the policy's workloads. */
function addPolicyLinks(
  links: Links,
  workloads: readonly (Workload | undefined)[],
  governing: readonly (PlacementPolicy | undefined)[],
): readonly ReadonlySet<number>[] {
  return links.goesWith.map((targets, index) => {
    const policy = governing[index];
    if (policy === undefined || workloads[index] !== undefined) return targets;
    const governed = governing.flatMap((other, at) => (other === policy && workloads[at] !== undefined ? [at] : []));
    return new Set([...targets, ...governed]);
  });
}

interface Grouped {
  readonly units: readonly (StreamUnit | undefined)[];
  readonly goesWith: readonly (readonly number[])[];
}

function findUnits(
  objects: readonly KubeObject[],
  workloads: readonly (Workload | undefined)[],
  governing: readonly (PlacementPolicy | undefined)[],
  links: readonly ReadonlySet<number>[],
): Grouped {
  const withPods = workloads.flatMap((workload, index) => (workload === undefined ? [] : [index]));
  const isUnit = workloads.map((workload) => workload !== undefined);
  const targets = links.map((set) => new Set(set));
  for (const [index, object] of objects.entries()) {
    if (resolve(index, isUnit, targets).length > 0 || (targets[index]?.size ?? 0) > 0) continue;
    const isAlone = withPods.length === 0 || object.kind === "PersistentVolumeClaim" || governing[index] !== undefined;
    if (isAlone) isUnit[index] = true;
    else targets[index] = new Set(withPods);
  }
  // What is left goes only with itself in a circle: it goes where everything goes.
  for (const index of objects.keys()) {
    if (resolve(index, isUnit, targets).length > 0) continue;
    if (withPods.length === 0) isUnit[index] = true;
    else targets[index] = new Set(withPods);
  }
  const units = objects.map((object, index): StreamUnit | undefined => {
    if (isUnit[index] !== true) return undefined;
    const workload = workloads[index];
    const isAutoscaled = objects.some((other, at) => isAutoscaler(other) && links[at]?.has(index) === true);
    return {
      workload: workload ?? standalone(object),
      hasPods: workload !== undefined,
      policy: governing[index],
      isAutoscaled,
    };
  });
  return { units, goesWith: objects.map((_, index) => resolve(index, isUnit, targets)) };
}

/** The units that an item reaches, in stream order. */
function resolve(
  start: number,
  isUnit: readonly boolean[],
  targets: readonly ReadonlySet<number>[],
): readonly number[] {
  const seen = new Set([start]);
  const found = new Set<number>();
  for (const index of seen) {
    if (isUnit[index] === true) found.add(index);
    else for (const next of targets[index] ?? []) seen.add(next); // a set tells what is added while it is walked
  }
  return [...found].sort((a, b) => a - b);
}

/** An object without pods as the engine sees it: it asks for nothing, and one copy goes to every chosen cluster. */
function standalone(object: KubeObject): Workload {
  const division: Division = object.kind === "PersistentVolumeClaim" ? "Single" : "PerCluster";
  const pod = { requests: ZERO_AMOUNTS, nodeSelector: {}, nodeTerms: [], tolerations: [] };
  return { ref: refOf(object), labels: object.metadata.labels ?? {}, replicas: 1, pod, division };
}

function roleOf(object: KubeObject, isUnit: boolean, isPointing: boolean): ObjectRole {
  if (object.kind === "Namespace" && object.apiVersion === "v1") return "namespace";
  if (isUnit) return "workload";
  return isPointing ? "companion" : "follower";
}
