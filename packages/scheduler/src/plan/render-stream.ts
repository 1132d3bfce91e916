import { digestOf, type Cluster, type FleetSnapshot, type KubeObject, type ObjectRef } from "@flotilla/core";
import {
  DIGEST_ANNOTATION,
  FLEET_LABEL,
  POLICY_ANNOTATION,
  WORKLOAD_LABEL,
  workloadHash,
} from "../inventory/ownership.ts";
import { changeAt, isMap, valueAt } from "../objects/json-access.ts";
import { isSecret } from "../objects/secret-data.ts";
import type { OverrideFailure } from "../override/override-failure.ts";
import { renderObject } from "../override/render.ts";
import { divideCompletions, replicasPathOf, withoutReplicas, type ReplicaShare } from "../override/set-replicas.ts";
import { matchOverridePolicies } from "../policy/match-policies.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";
import { applyOrderOf } from "./apply-order.ts";
import type { Decided, PlacedUnit } from "./decide.ts";
import type { PlannedObject } from "./plan.ts";
import type { Stream, StreamItem } from "./stream.ts";

/** A planned object before anyone has looked what is there. */
export type RenderedObject = Omit<PlannedObject, "live" | "observed"> & { readonly object: KubeObject };

export interface RenderedStream {
  /** By cluster, each in apply order. */
  readonly objects: readonly RenderedObject[];
  readonly failures: readonly OverrideFailure[];
}

/**
 * Every object of the stream for every cluster it goes to, with its share, its overrides and our marks. Members whose share is
 * held get nothing: they cannot be reached. Pure.
 */
export function renderStream(stream: Stream, decided: Decided, snapshot: FleetSnapshot, fleet: string): RenderedStream {
  const clusters = new Map(snapshot.clusters.map(({ cluster }) => [cluster.id, cluster]));
  const objects: { readonly order: number; readonly object: RenderedObject }[] = [];
  const failures: OverrideFailure[] = [];
  for (const [index, item] of stream.items.entries()) {
    const overrides = matchOverridePolicies(item.object, stream.overrides);
    for (const [id, owners] of targetsOf(item, decided)) {
      const cluster = clusters.get(id);
      if (cluster === undefined) continue;
      const rendered = renderItem({ item, index, cluster, owners, overrides, fleet, decided });
      if ("message" in rendered) failures.push(rendered);
      else objects.push({ order: applyOrderOf(item.role, item.ref) * stream.items.length + index, object: rendered });
    }
  }
  objects.sort(
    (a, b) =>
      (a.object.cluster < b.object.cluster ? -1 : Number(a.object.cluster > b.object.cluster)) || a.order - b.order,
  );
  return { objects: objects.map(({ object }) => object), failures };
}

/** Cluster id → the units on it that bring the item. */
function targetsOf(item: StreamItem, { units }: Decided): ReadonlyMap<string, readonly PlacedUnit[]> {
  const targets = new Map<string, PlacedUnit[]>();
  for (const index of item.goesWith) {
    const unit = units.get(index);
    for (const placement of unit?.placements ?? []) {
      if (unit === undefined || placement.held === true) continue;
      targets.set(placement.cluster, [...(targets.get(placement.cluster) ?? []), unit]);
    }
  }
  return targets;
}

interface RenderItemInput {
  readonly item: StreamItem;
  readonly index: number;
  readonly cluster: Cluster;
  readonly owners: readonly PlacedUnit[];
  readonly overrides: readonly OverridePolicy[];
  readonly fleet: string;
  readonly decided: Decided;
}

function renderItem(input: RenderItemInput): RenderedObject | OverrideFailure {
  const { item, index, cluster, owners, overrides, fleet, decided } = input;
  const share = item.unit === undefined ? undefined : shareOf(item, decided.units.get(index), cluster.id);
  const result = renderObject({ object: item.object, cluster, overrides, ...(share === undefined ? {} : { share }) });
  if (!result.ok) return result.failure;
  const isAutoscaled = item.unit?.isAutoscaled === true && replicasPathOf(item.object) !== undefined;
  const object = isAutoscaled ? withoutReplicas(result.object) : result.object;
  const [owner = { ref: item.ref, policy: null }] = owners;
  const digest = isSecret(object) ? null : digestOf(object);
  return {
    cluster: cluster.id,
    ref: item.ref,
    digest,
    owner: owner.ref,
    owners: owners.map(({ ref }) => ref),
    role: item.role,
    ...(isAutoscaled && share !== undefined ? { initialReplicas: share.replicas } : {}),
    object: withMarks(object, { fleet, owner: owner.ref, policy: owner.policy, digest }),
  };
}

function shareOf(item: StreamItem, unit: PlacedUnit | undefined, cluster: string): ReplicaShare | undefined {
  const placements = unit?.placements ?? [];
  const at = placements.findIndex((placement) => placement.cluster === cluster);
  const replicas = placements[at]?.replicas;
  if (replicas === undefined) return undefined;
  const isDivided = item.unit?.policy?.spec.replicas.mode !== "Duplicate";
  const completions = isDivided
    ? divideCompletions(
        item.object,
        placements.map((each) => each.replicas),
      )[at]
    : undefined;
  return completions === undefined ? { replicas } : { replicas, completions };
}

interface Marks {
  readonly fleet: string;
  readonly owner: ObjectRef;
  readonly policy: string | null;
  readonly digest: string | null;
}

/** Labels and annotations that say whose the object is. They are not part of its digest. */
function withMarks(object: KubeObject, { fleet, owner, policy, digest }: Marks): KubeObject {
  const labels = { [FLEET_LABEL]: fleet, [WORKLOAD_LABEL]: workloadHash(fleet, owner) };
  const annotations = {
    ...(policy === null ? {} : { [POLICY_ANNOTATION]: policy }),
    ...(digest === null ? {} : { [DIGEST_ANNOTATION]: digest }),
  };
  const labelled = merged(object, ["metadata", "labels"], labels);
  return Object.keys(annotations).length === 0 ? labelled : merged(labelled, ["metadata", "annotations"], annotations);
}

function merged(object: KubeObject, path: readonly string[], more: Readonly<Record<string, string>>): KubeObject {
  const before = valueAt(object, ...path);
  return changeAt(object, path, () => ({ ...(isMap(before) ? before : {}), ...more })) as KubeObject;
}
