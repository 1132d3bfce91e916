import type { EmulatedCluster, EmulatedFleet, EmulatorReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import type { AzureRequest } from "./azure-request.ts";
import { groupOf, nodeGroupOf, sameName } from "./cluster-place.ts";

interface ResourceGroup {
  readonly subscription: string;
  readonly name: string;
  readonly region: string;
}

/** A description names no groups of their own: there is one where there is something in it. */
export function listResourceGroups(asked: AzureRequest): EmulatorReply {
  const id = asked.params["subscription"] ?? "";
  const groups = new Map<string, ResourceGroup>();
  for (const group of groupsOf(asked.world.fleet)) {
    const key = group.name.toLowerCase();
    if (sameName(group.subscription, id) && !groups.has(key)) groups.set(key, group);
  }
  return armList(asked, [...groups.values()], ({ name, region }) => ({
    id: `/subscriptions/${id}/resourceGroups/${name}`,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location: region,
    properties: { provisioningState: "Succeeded" },
  }));
}

/** Whether there is such a group, with clusters or without. */
export function hasGroup(fleet: EmulatedFleet, subscription: string, group: string): boolean {
  // Lists lag behind, and a group is there as soon as something is put into it.
  const isIn = (cluster: EmulatedCluster): boolean =>
    sameName(cluster.scope, subscription) && sameName(groupOf(cluster), group);
  if (fleet.find(isIn) !== undefined) return true;
  return groupsOf(fleet).some(
    ({ subscription: owner, name }) => sameName(owner, subscription) && sameName(name, group),
  );
}

/** A group outlives its last cluster; the one that AKS keeps for a cluster's machines goes with it. */
function groupsOf(fleet: EmulatedFleet): readonly ResourceGroup[] {
  const present = fleet.listed();
  return [
    ...[...fleet.cloud.clusters, ...present].flatMap((cluster) => [ownGroup(cluster), ...networkGroup(cluster)]),
    ...present.map((cluster) => ({ ...ownGroup(cluster), name: nodeGroupOf(cluster) })),
  ];
}

function ownGroup(cluster: EmulatedCluster): ResourceGroup {
  return { subscription: cluster.scope, name: groupOf(cluster), region: cluster.region };
}

/** A network that somebody brought can be anywhere. */
function networkGroup({ network, region }: EmulatedCluster): readonly ResourceGroup[] {
  const [, subscription, name] = /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\//i.exec(network?.id ?? "") ?? [];
  return subscription === undefined || name === undefined ? [] : [{ subscription, name, region }];
}
