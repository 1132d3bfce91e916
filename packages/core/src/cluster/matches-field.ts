import type { Cluster } from "./cluster.ts";
import type { ClusterField, FieldRequirement } from "./cluster-selector.ts";
import { compareVersions } from "./compare-versions.ts";

/** What a selector or a price source looks at: every `Cluster` is one. */
export type SelectableCluster = Pick<
  Cluster,
  | "id"
  | "name"
  | "provider"
  | "scope"
  | "region"
  | "zones"
  | "kubernetesVersion"
  | "labels"
  | "aliasIds"
  | "serverless"
  | "supportTier"
>;

/**
 * Whether one field requirement holds. `NotIn` and `DoesNotExist` hold for an absent field; `In` on zones holds if any zone is
 * listed, `NotIn` if none is. Versions are equal when `compareVersions` says so (`1.34` is `v1.34.0`). `Gt` and `Lt` take one
 * value, compare versions as versions and everything else as decimal numbers, and do not hold where that is impossible.
 */
export function matchesField(requirement: FieldRequirement, cluster: SelectableCluster): boolean {
  const { key, operator, values = [] } = requirement;
  const present = fieldValues(key, cluster);
  switch (operator) {
    case "In":
      return present.some((value) => includesValue(key, values, value));
    case "NotIn":
      return !present.some((value) => includesValue(key, values, value));
    case "Exists":
      return present.length > 0;
    case "DoesNotExist":
      return present.length === 0;
    case "Gt":
      return present.some((value) => values.length === 1 && order(key, value, values[0] ?? "") > 0);
    case "Lt":
      return present.some((value) => values.length === 1 && order(key, value, values[0] ?? "") < 0);
    default:
      return operator satisfies never;
  }
}

function fieldValues(key: ClusterField, cluster: SelectableCluster): readonly string[] {
  if (key === "zone") return cluster.zones;
  const value = cluster[key];
  return value === null || value === "" ? [] : [value];
}

function includesValue(key: ClusterField, values: readonly string[], value: string): boolean {
  if (key !== "kubernetesVersion") return values.includes(value);
  return values.some((wanted) => compareVersions(wanted, value) === 0);
}

/** NaN, which is neither above nor below, where the two cannot be compared. */
function order(key: ClusterField, value: string, limit: string): number {
  if (key === "kubernetesVersion") return compareVersions(value, limit);
  return decimal(value) - decimal(limit);
}

function decimal(text: string): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
}
