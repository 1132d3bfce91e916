import type { Ctx } from "@flotilla/core";
import { type AzureSession, send } from "./azure-session.ts";
import { pageOf } from "./sdk-page.ts";
import type { UsagePage } from "./usage-page.ts";

/** The one call of Azure Compute. */
export interface ComputeClient {
  listUsage(region: string, link: string | undefined, ctx: Ctx): Promise<UsagePage>;
}

/** Opens the client; loads Compute's SDK at the first call. */
export async function openComputeClient(session: AzureSession, subscription: string): Promise<ComputeClient> {
  const sdk = await import("@azure/arm-compute");
  return {
    async listUsage(region, link, ctx) {
      const { items, nextLink } = await send(
        session,
        { action: "compute.usage.list", subscription, region },
        ({ credential, clientOptions }) =>
          pageOf(
            new sdk.ComputeManagementClient(credential, subscription, clientOptions).usage.list(region),
            link,
            session.transport,
          ),
        ctx,
      );
      return {
        usages: items.flatMap(({ name, unit, limit, currentValue }) =>
          name?.value === undefined ? [] : [{ name: name.value, unit: unit ?? "Count", limit, used: currentValue }],
        ),
        nextLink,
      };
    },
  };
}
