import { type EmulatedScope, type EmulatorReply, jsonReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import type { AzureRequest } from "./azure-request.ts";

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
