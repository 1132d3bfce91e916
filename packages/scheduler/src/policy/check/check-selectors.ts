import type { ClusterSelector, DocumentPath, LabelSelector } from "@flotilla/core";
import type { WorkloadSelector } from "../workload-selector.ts";
import type { Report } from "./report.ts";

/** Operators and values that do not go together. */
export function checkClusterSelector(selector: ClusterSelector | undefined, path: DocumentPath, report: Report): void {
  checkLabelSelector(selector?.labelSelector, [...path, "labelSelector"], report);
  for (const [index, { operator, values = [] }] of (selector?.fields ?? []).entries()) {
    checkValues(operator, values, [...path, "fields", index], report);
  }
}

/** A policy in a namespace selects only there; a cluster-wide one may name a namespace. */
export function checkWorkloads(
  selectors: readonly WorkloadSelector[],
  namespace: string | undefined,
  report: Report,
): void {
  for (const [index, selector] of selectors.entries()) {
    const path = ["spec", "workloads", index];
    checkLabelSelector(selector.labelSelector, [...path, "labelSelector"], report);
    if (namespace === undefined || selector.namespace === undefined || selector.namespace === namespace) continue;
    const message = `this policy is in namespace "${namespace}" and selects only there; use the Cluster… kind to select elsewhere`;
    report([...path, "namespace"], message);
  }
}

function checkLabelSelector(selector: LabelSelector | undefined, path: DocumentPath, report: Report): void {
  for (const [index, { operator, values = [] }] of (selector?.matchExpressions ?? []).entries()) {
    checkValues(operator, values, [...path, "matchExpressions", index], report);
  }
}

type Operator = "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";

function checkValues(operator: Operator, values: readonly string[], path: DocumentPath, report: Report): void {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) report(path, `${operator} needs at least one value`);
      return;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) report([...path, "values"], `${operator} takes no values`);
      return;
    case "Gt":
    case "Lt":
      if (values.length !== 1) report(path, `${operator} needs exactly one value`);
      return;
    default:
      operator satisfies never;
  }
}
