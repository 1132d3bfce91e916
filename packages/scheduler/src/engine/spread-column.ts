import type { SpreadBy } from "../policy/placement-policy.ts";
import { groupColumn, type FleetColumns, type GroupColumn } from "./fleet-columns.ts";

/** The groups of a spread constraint. */
export function spreadColumn(columns: FleetColumns, by: SpreadBy): GroupColumn {
  switch (by) {
    case "provider":
      return columns.provider;
    case "region":
      return columns.region;
    case "zone":
      return columns.zone;
    case "cluster":
      return columns.cluster;
    default:
      return labelColumn(columns, by.slice("label:".length));
  }
}

// Made when first asked for: a fleet has few labels that policies spread by.
function labelColumn(columns: FleetColumns, key: string): GroupColumn {
  const made = columns.labels.get(key);
  if (made !== undefined) return made;
  const column = groupColumn(columns.clusters, ({ cluster }) =>
    Object.hasOwn(cluster.labels, key) ? cluster.labels[key] : null,
  );
  columns.labels.set(key, column);
  return column;
}
