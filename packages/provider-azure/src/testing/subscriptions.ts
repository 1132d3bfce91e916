import { type EmulatedScope, type EmulatorReply, jsonReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import type { AzureRequest } from "./azure-request.ts";
import { groupOf } from "./cluster-place.ts";

const STATES = { active: "Enabled", warned: "Warned", disabled: "Disabled", closed: "Deleted" } as const;

/** Every subscription, whatever its state. */
export function listSubscriptions(asked: AzureRequest): EmulatorReply {
  const { fleet, tokens } = asked.world;
  return armList(asked, fleet.cloud.scopes, (scope) => subscription(scope, tokens.tenant));
}

/** One subscription. */
export function getSubscription({ world, params }: AzureRequest): EmulatorReply {
  const scope = world.fleet.scope(params["subscription"] ?? "");
  return jsonReply(200, scope === undefined ? {} : subscription(scope, world.tokens.tenant));
}

/** A group is where its first cluster is: a description names no groups of its own. */
export function listResourceGroups(asked: AzureRequest): EmulatorReply {
  const id = asked.params["subscription"] ?? "";
  const groups = new Map<string, { readonly name: string; readonly region: string }>();
  for (const cluster of asked.world.fleet.listed(({ scope }) => scope.toLowerCase() === id.toLowerCase())) {
    const name = groupOf(cluster);
    if (!groups.has(name.toLowerCase())) groups.set(name.toLowerCase(), { name, region: cluster.region });
  }
  return armList(asked, [...groups.values()], ({ name, region }) => ({
    id: `/subscriptions/${id}/resourceGroups/${name}`,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location: region,
    properties: { provisioningState: "Succeeded" },
  }));
}

function subscription({ id, name, state = "active" }: EmulatedScope, tenant: string): unknown {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId: id,
    tenantId: tenant,
    displayName: name ?? id,
    state: STATES[state],
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
  };
}
