import { type Ctx, isJsonObject } from "@flotilla/core";
import { readArmPage } from "./arm-page.ts";
import type { AzureSession } from "./azure-session.ts";
import { ARM_ORIGIN } from "./hosts.ts";

/** The one call of the subscriptions API. */
export interface SubscriptionsClient {
  listSubscriptions(link: string | undefined, ctx: Ctx): Promise<SubscriptionPage>;
}

/** A subscription as the credentials see it. */
export interface AzureSubscription {
  readonly id: string;
  readonly name: string;
  /** `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted`, or a new one. */
  readonly state: string;
}

/** Subscriptions of one page, and the link to the next. */
interface SubscriptionPage {
  readonly subscriptions: readonly AzureSubscription[];
  readonly nextLink: string | undefined;
}

/** The latest stable version of Microsoft.Resources subscriptions. */
const FIRST_PAGE = `${ARM_ORIGIN}/subscriptions?api-version=2022-12-01`;

/**
 * On the pipeline that the SDKs are made of: the subscriptions package of this generation creates subscriptions and does not
 * list them.
 */
export async function openSubscriptionsClient(session: AzureSession): Promise<SubscriptionsClient> {
  return {
    async listSubscriptions(link, ctx) {
      const call = { action: "subscriptions.list", subscription: "" };
      const { items, nextLink } = await readArmPage(session, call, link ?? FIRST_PAGE, ctx);
      return { subscriptions: items.flatMap(toSubscription), nextLink };
    },
  };
}

function toSubscription(item: unknown): readonly AzureSubscription[] {
  if (!isJsonObject(item)) return [];
  const { subscriptionId: id, displayName, state } = item;
  if (typeof id !== "string" || id === "") return [];
  return [
    {
      id,
      name: typeof displayName === "string" ? displayName : id,
      state: typeof state === "string" ? state : "unknown",
    },
  ];
}
