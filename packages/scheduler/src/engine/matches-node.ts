import { untoleratedTaint, type NodeShape, type Taint } from "@flotilla/core";
import type { LabelSelectorTerm, PodNeeds } from "../workload/workload.ts";

/** Why a kind of node takes no copy of a pod, whatever its size; `null`: it may take one. */
export type NodeRefusal =
  | { readonly kind: "taint"; readonly taint: Taint }
  | { readonly kind: "nodeSelector"; readonly key: string; readonly value: string }
  | { readonly kind: "nodeAffinity" };

/**
 * The member's own scheduler decides like this before it looks at sizes: `nodeSelector`, required node affinity, taints.
 * Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export function refuseNode(pod: PodNeeds, node: Pick<NodeShape, "labels" | "taints">): NodeRefusal | null {
  for (const [key, value] of Object.entries(pod.nodeSelector)) {
    if (node.labels[key] !== value) return { kind: "nodeSelector", key, value };
  }
  if (pod.nodeTerms.length > 0 && !pod.nodeTerms.some((term) => matchesTerm(term, node.labels))) {
    return { kind: "nodeAffinity" };
  }
  const taint = untoleratedTaint(pod.tolerations, node.taints);
  return taint === undefined ? null : { kind: "taint", taint };
}

/** A term without requirements matches nothing, as in Kubernetes. */
function matchesTerm(term: LabelSelectorTerm, labels: NodeShape["labels"]): boolean {
  return (
    term.matchExpressions.length > 0 &&
    term.matchExpressions.every((requirement) => matchesRequirement(requirement, labels))
  );
}

function matchesRequirement(
  requirement: LabelSelectorTerm["matchExpressions"][number],
  labels: NodeShape["labels"],
): boolean {
  const { key, operator, values } = requirement;
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    case "Gt":
      return integer(label) > integer(values[0]);
    case "Lt":
      return integer(label) < integer(values[0]);
    default:
      return operator satisfies never;
  }
}

/** NaN, which compares as neither, for anything that is not an integer. */
function integer(text: string | undefined): number {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
}
