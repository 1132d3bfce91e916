import { compileClusterSelector, matchesField, matchesLabels, type ClusterSelector } from "@flotilla/core";
import type { FilterExplanation } from "../engine/explanation.ts";
import { selectedBy } from "../engine/selected-by.ts";
import { ADMIT, NEVER, type Filter } from "../framework/filter.ts";

/** The policy's `clusters`: names, exclusion, labels, fields. */
export const clusterSelectorFilter: Filter = {
  name: "ClusterSelector",
  prepare({ spec, columns }) {
    if (saysNothing(spec.clusters)) return null;
    const selected = selectedBy(columns, spec.clusters);
    return (index) => (selected[index] === 1 ? ADMIT : NEVER);
  },
  explain({ spec, columns }, index): FilterExplanation {
    const cluster = columns.clusters[index]?.cluster;
    const reason = cluster === undefined ? "not in the snapshot" : refusal(spec.clusters, cluster);
    return reason === undefined
      ? { name: this.name, verdict: "fits", reason: "the policy selects it" }
      : { name: this.name, verdict: "never", reason, brief: "not selected by the policy" };
  },
};

function saysNothing(selector: ClusterSelector): boolean {
  return (
    selector.none !== true &&
    (selector.names ?? []).length === 0 &&
    (selector.exclude ?? []).length === 0 &&
    selector.labelSelector === undefined &&
    (selector.fields ?? []).length === 0
  );
}

/** The first part of the selector that leaves the cluster out. */
function refusal(
  selector: ClusterSelector,
  cluster: Parameters<ReturnType<typeof compileClusterSelector>>[0],
): string | undefined {
  if (selector.none === true) return "the policy selects no cluster (none: true)";
  const { names = [], exclude = [], labelSelector, fields = [] } = selector;
  if (!compileClusterSelector({ names })(cluster)) return "not among the policy's cluster names";
  if (!compileClusterSelector({ exclude })(cluster)) return "the policy excludes it by name";
  if (!matchesLabels(labelSelector, cluster.labels)) return "its labels do not match the policy's labelSelector";
  const failing = fields.find((field) => !matchesField(field, cluster));
  if (failing === undefined) return undefined;
  const wanted = [failing.key, failing.operator, ...(failing.values ?? [])].join(" ");
  const value = failing.key === "zone" ? cluster.zones.join(",") : cluster[failing.key];
  return `the policy wants ${wanted}, it has ${value === null || value === "" ? `no ${failing.key}` : value}`;
}
