import { CloudError, type ClusterRef, parseClusterId, type Scope } from "@flotilla/core";

/** Names one managed cluster. Compared without case, as Resource Manager does. */
export interface ArmName {
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
}

const MANAGED_CLUSTER =
  /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/microsoft\.containerservice\/managedclusters\/([^/]+)$/i;

/** The parts of a resource id as AKS writes it (`/resourcegroups/` in lower case, or not); `undefined` for another kind. */
export function parseArmId(id: string | undefined): ArmName | undefined {
  const [, subscription, group, name] = MANAGED_CLUSTER.exec(id ?? "") ?? [];
  if (subscription === undefined || group === undefined || name === undefined) return undefined;
  return { subscription, group, name };
}

/** `subscription/resource-group`, in lower case. */
export function scopeOf({ subscription, group }: Pick<ArmName, "subscription" | "group">): Scope {
  return `${subscription}/${group}`.toLowerCase();
}

/** @throws CloudError `notFound` for an id that is not one of ours. */
export function nameOfRef(ref: ClusterRef): ArmName {
  const parts = parseClusterId(ref.id);
  if (parts?.provider !== "azure") throw new CloudError("notFound", `${ref.id} is no AKS cluster`);
  return { subscription: parts.scope, group: parts.group, name: parts.name };
}
