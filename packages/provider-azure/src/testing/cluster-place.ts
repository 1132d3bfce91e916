import type { EmulatedCluster } from "@flotilla/testing";

/** The resource group of a cluster: as described, or one per region. */
export function groupOf({ group, region }: Pick<EmulatedCluster, "group" | "region">): string {
  return group ?? `rg-${region}`;
}

/** The group that AKS keeps for a cluster's machines. */
export function nodeGroupOf(cluster: EmulatedCluster): string {
  return `MC_${groupOf(cluster)}_${cluster.name}_${cluster.region}`;
}

/** As AKS writes it: `resourcegroups` in lower case, the names as they were given. */
export function armIdOf(cluster: EmulatedCluster): string {
  const { scope, name } = cluster;
  return `/subscriptions/${scope}/resourcegroups/${groupOf(cluster)}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/** Resource Manager's way of comparing names. */
export function sameName(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
