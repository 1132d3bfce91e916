import type { LabelRequirement, LabelSelector } from "./cluster-selector.ts";

type Labels = Readonly<Record<string, string>>;

/**
 * Kubernetes label selector rules (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/): all
 * requirements hold together, `NotIn` and `DoesNotExist` hold for an absent label. An absent or empty selector matches.
 */
export function matchesLabels(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return true;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.keys(matchLabels).every((key) => labelOf(labels, key) === matchLabels[key]) &&
    matchExpressions.every((requirement) => matchesRequirement(requirement, labelOf(labels, requirement.key)))
  );
}

function matchesRequirement(requirement: LabelRequirement, value: string | undefined): boolean {
  const { operator, values = [] } = requirement;
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return operator satisfies never;
  }
}

/** Own members only: a label named `constructor` must not find the prototype's. */
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
