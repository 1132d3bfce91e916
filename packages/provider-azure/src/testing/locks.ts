import type { EmulatorReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import type { AzureRequest } from "./azure-request.ts";
import { armIdOf, sameName } from "./cluster-place.ts";

/** A lock on a subscription, a resource group or a resource. A cluster with `deletionProtection` has one without being named here. */
export interface AzureLock {
  /** Resource id of what it locks. */
  readonly on: string;
  /** Default `CanNotDelete`. */
  readonly level?: "CanNotDelete" | "ReadOnly";
}

/** The locks at and below a subscription. */
export function listLocks(asked: AzureRequest): EmulatorReply {
  const { subscription = "" } = asked.params;
  const { fleet, locks } = asked.world;
  const guarded = fleet.listed(({ scope, deletionProtection }) => {
    return deletionProtection === true && sameName(scope, subscription);
  });
  const here = locks.filter(({ on }) => sameName(on.split("/")[2] ?? "", subscription));
  const all: readonly AzureLock[] = [...guarded.map((cluster) => ({ on: armIdOf(cluster) })), ...here];
  return armList(asked, all, ({ on, level = "CanNotDelete" }) => ({
    properties: { level, notes: "" },
    id: `${on}/providers/Microsoft.Authorization/locks/guard`,
    type: "Microsoft.Authorization/locks",
    name: "guard",
  }));
}
