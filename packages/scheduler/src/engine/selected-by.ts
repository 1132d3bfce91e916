import { compileClusterSelector, type ClusterSelector } from "@flotilla/core";
import type { FleetColumns } from "./fleet-columns.ts";

/** 1 for every cluster that a selector chooses. Policies live longer than decisions: asked once per selector and snapshot. */
export function selectedBy(columns: FleetColumns, selector: ClusterSelector): Uint8Array {
  const made = columns.selections.get(selector);
  if (made !== undefined) return made;
  const matches = compileClusterSelector(selector);
  const selected = new Uint8Array(columns.count);
  for (const [index, { cluster }] of columns.clusters.entries()) if (matches(cluster)) selected[index] = 1;
  columns.selections.set(selector, selected);
  return selected;
}
