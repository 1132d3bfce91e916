import { equalJson, stringAt, valueAt, withAt, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";

const ANNOTATION = ["metadata", "annotations", "deprecated.daemonset.template.generation"];

/**
 * DaemonSets still count the versions of their pod template in an annotation that clients cannot set.
 * Source: the DaemonSet strategy and the conversion of apps/v1 of Kubernetes 1.36.
 */
export function stampTemplateGeneration(
  resource: Pick<Resource, "group" | "kind">,
  next: JsonObject,
  old: JsonObject | undefined,
): JsonObject {
  if (resource.group !== "apps" || resource.kind !== "DaemonSet") return next;
  const before = old === undefined ? 0 : Number(stringAt(old, ...ANNOTATION) ?? 0);
  const isNew = old === undefined || !equalJson(valueAt(next, "spec", "template"), valueAt(old, "spec", "template"));
  return withAt(next, ANNOTATION, String(isNew ? before + 1 : before));
}
