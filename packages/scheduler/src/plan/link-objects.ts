import { isMap, textAt } from "../objects/json-access.ts";
import { groupOf, refKey, refOf } from "../objects/object-ref.ts";
import type { KubeObject, ObjectRef } from "@flotilla/core";
import { backendServices, pointsAtWorkload } from "./pointers.ts";
import { objectReferences, podReferences, type Reference } from "./references.ts";

/** Who goes with whom among the objects of a stream, by index. */
export interface Links {
  /** For each object, the objects it has to be with. */
  readonly goesWith: readonly ReadonlySet<number>[];
  /** Objects that point at others (Services, autoscalers, …) rather than being named by them. */
  readonly pointing: ReadonlySet<number>;
  /** Names that must exist and are not in the stream. */
  readonly missing: readonly ObjectRef[];
}

/** Reads every reference between the objects of a stream. Pure. */
export function linkObjects(objects: readonly KubeObject[], isWorkload: (index: number) => boolean): Links {
  const byKey = new Map(objects.map((object, index) => [refKey(refOf(object)), index]));
  const goesWith = objects.map(() => new Set<number>());
  const pointing = new Set<number>();
  const missing = new Map<string, ObjectRef>();
  const workloads = objects.flatMap((object, index) => (isWorkload(index) ? [{ object, index }] : []));
  for (const [index, object] of objects.entries()) {
    for (const { ref, optional } of referencesOf(object, isWorkload(index))) {
      const target = byKey.get(refKey(ref));
      if (target !== undefined) goesWith[target]?.add(index);
      else if (!optional) missing.set(refKey(ref), ref);
    }
    if (isWorkload(index)) continue;
    for (const target of pointedAt(object, workloads, byKey)) {
      goesWith[index]?.add(target);
      if (!isBinding(object)) pointing.add(index);
    }
    for (const target of definedBy(object, objects)) goesWith[index]?.add(target);
  }
  return { goesWith, pointing, missing: [...missing.values()] };
}

function referencesOf(object: KubeObject, isWorkload: boolean): readonly Reference[] {
  return isWorkload ? podReferences(object) : objectReferences(object);
}

function* pointedAt(
  object: KubeObject,
  workloads: readonly { readonly object: KubeObject; readonly index: number }[],
  byKey: ReadonlyMap<string, number>,
): Iterable<number> {
  for (const workload of workloads) if (pointsAtWorkload(object, workload.object)) yield workload.index;
  for (const ref of backendServices(object)) {
    const target = byKey.get(refKey(ref));
    if (target !== undefined) yield target;
  }
}

/** A namespace goes with what is in it, a definition with the objects of its kind. */
function* definedBy(object: KubeObject, objects: readonly KubeObject[]): Iterable<number> {
  for (const [index, other] of objects.entries()) {
    if (object.kind === "Namespace" && other.metadata.namespace === object.metadata.name) yield index;
    if (object.kind === "CustomResourceDefinition" && isInstance(object, other)) yield index;
  }
}

function isInstance(definition: KubeObject, other: KubeObject): boolean {
  const kind = textAt(definition, "spec", "names", "kind");
  return other.kind === kind && groupOf(other.apiVersion) === textAt(definition, "spec", "group");
}

function isBinding(object: KubeObject): boolean {
  return isMap(object["roleRef"]);
}
