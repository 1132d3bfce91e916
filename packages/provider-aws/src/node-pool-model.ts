import type { ClusterPhase, NodePool, Purchase, Taint, TaintEffect } from "@flotilla/core";
import type { Ec2Subnet } from "./ec2-client.ts";
import type { EksNodegroup } from "./eks-types.ts";

/** An EKS node group in the project's words. Sizes are totals already. */
export function toNodePool(group: EksNodegroup, name: string, subnets: ReadonlyMap<string, Ec2Subnet>): NodePool {
  const { minSize, maxSize, desiredSize } = group.scalingConfig ?? {};
  const own = (group.subnets ?? []).flatMap((id) => subnets.get(id) ?? []);
  return {
    name,
    phase: PHASES[group.status ?? ""] ?? "unknown",
    instanceTypes: group.instanceTypes ?? [],
    nodes: desiredSize ?? null,
    nodesMin: minSize ?? null,
    nodesMax: maxSize ?? null,
    purchase: PURCHASES[group.capacityType ?? ""] ?? "unknown",
    zones: [...new Set(own.map(({ zone }) => zone))].sort(),
    kubernetesVersion: group.version ?? null,
    labels: group.labels ?? {},
    taints: (group.taints ?? []).flatMap(toTaint),
  };
}

const PHASES: Readonly<Record<string, ClusterPhase>> = {
  CREATING: "creating",
  ACTIVE: "ready",
  UPDATING: "updating",
  DELETING: "deleting",
  DEGRADED: "degraded",
  CREATE_FAILED: "failed",
  DELETE_FAILED: "failed",
};

/** A capacity block is reserved and paid ahead: neither price applies. */
const PURCHASES: Readonly<Record<string, Purchase>> = { ON_DEMAND: "onDemand", SPOT: "spot" };

const EFFECTS: Readonly<Record<string, TaintEffect>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

function toTaint({ key, value, effect }: NonNullable<EksNodegroup["taints"]>[number]): readonly Taint[] {
  const known = EFFECTS[effect ?? ""];
  if (key === undefined || known === undefined) return [];
  return [value === undefined ? { key, effect: known } : { key, value, effect: known }];
}
