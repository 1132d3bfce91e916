import type { EmulatorReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import { noProvider } from "./api-versions.ts";
import { armError, refuse } from "./azure-failure.ts";
import { apiVersionOf, type AzureRequest } from "./azure-request.ts";
import { sameName } from "./cluster-place.ts";

/** Limits and use of Compute in one region. */
export function listUsages(asked: AzureRequest): EmulatorReply {
  const { subscription = "", location = "" } = asked.params;
  const { fleet } = asked.world;
  const region = fleet.scope(subscription)?.regions.find(({ name }) => sameName(name, location));
  if (region === undefined || region.enabled === false) {
    refuse(noProvider({ version: apiVersionOf(asked), type: "locations/usages", location }));
  }
  if (region.denied === true) {
    const text = `Resource 'usages' was disallowed by policy in location '${location}'.`;
    return armError(403, "RequestDisallowedByPolicy", text);
  }
  const quotas = (fleet.cloud.quotas ?? []).filter(
    (quota) => sameName(quota.scope, subscription) && sameName(quota.region, location),
  );
  return armList(asked, quotas, ({ metric, name, limit, used }) => ({
    limit,
    unit: "Count",
    currentValue: used,
    name: { value: metric, localizedValue: name ?? metric },
  }));
}
