import { compareIds, matchesLabels, type KubeObject } from "@flotilla/core";
import type { OverridePolicy } from "./override-policy.ts";
import type { PlacementPolicy } from "./placement-policy.ts";
import type { WorkloadSelector } from "./workload-selector.ts";

/** How closely a selector names an object: 3 by name, 2 by labels, 1 by its whole kind; 0 does not select it. */
type Specificity = 0 | 1 | 2 | 3;

/**
 * The placement policy that governs an object, or `undefined`. The greatest `priority` wins, then the selector that names the
 * object more closely, then a namespaced policy before a cluster-wide one, then the name.
 */
export function matchPlacementPolicy(
  object: KubeObject,
  policies: readonly PlacementPolicy[],
): PlacementPolicy | undefined {
  let best: PlacementPolicy | undefined;
  for (const policy of policies) {
    if (specificity(object, policy) === 0) continue;
    if (best === undefined || comparePlacements(object, policy, best) < 0) best = policy;
  }
  return best;
}

/**
 * The override policies that apply to an object, in the order in which they apply: cluster-wide before namespaced, then from
 * the loosest selector to the closest, then by name, so that the closest one has the last word.
 */
export function matchOverridePolicies(
  object: KubeObject,
  policies: readonly OverridePolicy[],
): readonly OverridePolicy[] {
  return policies
    .filter((policy) => specificity(object, policy) > 0)
    .toSorted(
      (a, b) =>
        Number(a.namespace !== undefined) - Number(b.namespace !== undefined) ||
        specificity(object, a) - specificity(object, b) ||
        compareIds(a.name, b.name),
    );
}

/** How closely the closest selector names the object. A selector without a namespace selects in its policy's, or everywhere. */
function matchSpecificity(
  object: KubeObject,
  selectors: readonly WorkloadSelector[],
  policyNamespace?: string,
): Specificity {
  let best: Specificity = 0;
  for (const selector of selectors) {
    const found = selectorSpecificity(object, selector, policyNamespace);
    if (found > best) best = found;
  }
  return best;
}

function selectorSpecificity(
  object: KubeObject,
  selector: WorkloadSelector,
  policyNamespace: string | undefined,
): Specificity {
  if (selector.apiVersion !== object.apiVersion || selector.kind !== object.kind) return 0;
  const namespace = selector.namespace ?? policyNamespace;
  if (namespace !== undefined && namespace !== (object.metadata.namespace ?? "default")) return 0;
  if (selector.name !== undefined && selector.name !== object.metadata.name) return 0;
  const { labelSelector } = selector;
  if (labelSelector !== undefined && !matchesLabels(labelSelector, object.metadata.labels ?? {})) return 0;
  if (selector.name !== undefined) return 3;
  return labelSelector === undefined ? 1 : 2;
}

function comparePlacements(object: KubeObject, a: PlacementPolicy, b: PlacementPolicy): number {
  return (
    b.spec.priority - a.spec.priority ||
    specificity(object, b) - specificity(object, a) ||
    Number(b.namespace !== undefined) - Number(a.namespace !== undefined) ||
    compareIds(a.name, b.name)
  );
}

function specificity(object: KubeObject, policy: PlacementPolicy | OverridePolicy): Specificity {
  const selectors = "spec" in policy ? policy.spec.workloads : policy.workloads;
  return matchSpecificity(object, selectors, policy.namespace);
}
