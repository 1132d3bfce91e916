import type { EmulatorReply } from "@flotilla/testing";
import { armList } from "./arm-list.ts";
import { noProvider } from "./api-versions.ts";
import { armError, refuse } from "./azure-failure.ts";
import { apiVersionOf, type AzureRequest } from "./azure-request.ts";
import { sameName } from "./cluster-place.ts";

/** Limits and use of Compute in one region: the quotas that name no service. */
export function listComputeUsages(asked: AzureRequest): EmulatorReply {
  return listUsages(asked, undefined);
}

/** Limits and use of networks in one region: the quotas of the service `network`. */
export function listNetworkUsages(asked: AzureRequest): EmulatorReply {
  return listUsages(asked, "network");
}

function listUsages(asked: AzureRequest, wanted: string | undefined): EmulatorReply {
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
    ({ scope, region: place, service }) =>
      service === wanted && sameName(scope, subscription) && sameName(place, location),
  );
  return armList(asked, quotas, ({ metric, name, limit, used }) => ({
    limit,
    unit: "Count",
    currentValue: used,
    name: { value: metric, localizedValue: name ?? metric },
  }));
}
