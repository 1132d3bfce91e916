import type { Quota, Quotas } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";
import type { AzureSession } from "./azure-session.ts";
import { openComputeClient } from "./compute-client.ts";
import { normalRegion } from "./region-name.ts";

/** Limits and use of Azure Compute: cores of the region, of each machine family, and of spot machines. */
export function createAzureQuotas(open: () => Promise<AzureSession>): Quotas {
  return {
    async list({ scope, region }, ctx) {
      const session = await open();
      // Quotas belong to the subscription, whichever of its resource groups asks.
      const [subscription = ""] = scope.split("/");
      const client = await openComputeClient(session, subscription);
      const quotas: Quota[] = [];
      await eachPage(`azure compute.usage.list in ${region}`, async (link) => {
        const { usages, nextLink } = await client.listUsage(normalRegion(region), link, ctx);
        quotas.push(
          ...usages.map(({ name, unit, limit, used }): Quota => ({
            metric: name,
            family: familyOf(name),
            unit,
            limit,
            used,
          })),
        );
        return nextLink;
      });
      return quotas;
    },
  };
}

/** Machine families are named so; the rest counts across them. */
function familyOf(metric: string): string {
  return metric.endsWith("Family") ? metric : "compute";
}
