import { formatClusterId, parseClusterId } from "./cluster-id.ts";
import type { ClusterSelector } from "./cluster-selector.ts";
import { matchesField, type SelectableCluster } from "./matches-field.ts";
import { matchesLabels } from "./matches-labels.ts";

/** Whether a selector chooses a cluster; an absent selector chooses every one. For many clusters compile it once. */
export function matchesCluster(selector: ClusterSelector | undefined, cluster: SelectableCluster): boolean {
  return compileClusterSelector(selector)(cluster);
}

/**
 * A selector as a function, for asking about many clusters. All given parts hold together, `exclude` wins, an empty part says
 * nothing, `none` chooses nothing. A name is a whole id (in any spelling of it) or a bare name, the member's own or an alias's.
 */
export function compileClusterSelector(selector: ClusterSelector | undefined): (cluster: SelectableCluster) => boolean {
  if (selector === undefined) return () => true;
  if (selector.none === true) return () => false;
  const names = nameSet(selector.names);
  const exclude = nameSet(selector.exclude);
  const fields = selector.fields ?? [];
  return (cluster) =>
    (names.size === 0 || isNamed(names, cluster)) &&
    (exclude.size === 0 || !isNamed(exclude, cluster)) &&
    matchesLabels(selector.labelSelector, cluster.labels) &&
    fields.every((requirement) => matchesField(requirement, cluster));
}

function nameSet(names: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((names ?? []).map(canonicalName));
}

/** An id as we write it; a bare name is left alone. */
function canonicalName(name: string): string {
  const parts = parseClusterId(name);
  return parts === undefined ? name : formatClusterId(parts);
}

function isNamed(names: ReadonlySet<string>, cluster: SelectableCluster): boolean {
  if (names.has(cluster.id) || names.has(cluster.name)) return true;
  return (cluster.aliasIds ?? []).some((id) => names.has(id) || names.has(parseClusterId(id)?.name ?? id));
}
