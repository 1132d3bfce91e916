import type { Ctx } from "@flotilla/core";
import { type AzureSession, send } from "./azure-session.ts";
import { pageOf } from "./sdk-page.ts";

/** The one call of Azure Compute. */
export interface ComputeClient {
  listUsage(region: string, link: string | undefined, ctx: Ctx): Promise<UsagePage>;
}

/** One limit of a region, and how much of it is used. */
interface ComputeUsage {
  /** E.g. `standardDSv5Family`, `cores`, `lowPriorityCores`. */
  readonly name: string;
  readonly unit: string;
  readonly limit: number;
  readonly used: number;
}

/** Limits of one page, and the link to the next. */
interface UsagePage {
  readonly usages: readonly ComputeUsage[];
  readonly nextLink: string | undefined;
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
          pageOf(new sdk.ComputeManagementClient(credential, subscription, clientOptions).usage.list(region), link),
        ctx,
      );
      return {
        usages: items.flatMap(({ name, unit, limit, currentValue }) =>
          name?.value === undefined ? [] : [{ name: name.value, unit: unit ?? "Count", limit, used: currentValue }],
        ),
        nextLink: nextLink === undefined ? undefined : session.transport.canonicalLink(nextLink),
      };
    },
  };
}
