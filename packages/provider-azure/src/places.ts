import { CloudError, type Ctx, type Scope } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";
import type { AzureSession } from "./azure-session.ts";
import { type AzureSubscription, openSubscriptionsClient } from "./subscriptions-client.ts";

/** A subscription, or one resource group in it, that is listed with one chain of calls. */
export interface Place {
  readonly scope: Scope;
  readonly subscription: string;
  readonly group?: string;
}

/** Where to look, and what is known not to answer. */
export interface PlacesToSee {
  readonly places: readonly Place[];
  /** What is known not to answer: told without asking. */
  readonly gaps: readonly { readonly scope: Scope; readonly error: CloudError }[];
}

/**
 * Where to look: the subscriptions of the configuration, or every one that the credentials see and that is in use; of those
 * only the scopes asked for. Configured subscriptions are taken as they are: one that is not there tells so itself.
 */
export async function placesToSee(
  session: AzureSession,
  scopes: readonly Scope[] | undefined,
  ctx: Ctx,
): Promise<PlacesToSee> {
  if (scopes?.length === 0) return { places: [], gaps: [] };
  const { subscriptions = [] } = session.options;
  const all: readonly AzureSubscription[] =
    subscriptions.length > 0
      ? [...new Set(subscriptions.map((id) => id.toLowerCase()))].map((id) => ({ id, name: id, state: "Enabled" }))
      : await listSubscriptions(session, ctx);
  const wanted = all.flatMap((subscription) => asked(subscription, scopes));
  return {
    places: wanted.filter(({ from }) => isInUse(from)).map(({ place }) => place),
    gaps: wanted
      .filter(({ from }) => !isInUse(from))
      .map(({ place: { scope }, from }) => ({ scope, error: notInUse(from) })),
  };
}

interface Wanted {
  readonly place: Place;
  readonly from: AzureSubscription;
}

function asked(from: AzureSubscription, scopes: readonly Scope[] | undefined): readonly Wanted[] {
  const subscription = from.id.toLowerCase();
  if (scopes === undefined) return [{ from, place: { scope: subscription, subscription } }];
  const lower = new Set(scopes.map((scope) => scope.toLowerCase()));
  if (lower.has(subscription)) return [{ from, place: { scope: subscription, subscription } }];
  return [...lower]
    .filter((scope) => scope.startsWith(`${subscription}/`))
    .map((scope) => ({ from, place: { scope, subscription, group: scope.slice(subscription.length + 1) } }));
}

/** Warned and past due: the bill is late, everything still answers. */
function isInUse({ state }: AzureSubscription): boolean {
  return !["disabled", "deleted"].includes(state.toLowerCase());
}

function notInUse({ id, name, state }: AzureSubscription): CloudError {
  return new CloudError(
    "disabled",
    `azure: subscription ${name} (${id}) is ${state}; enable it, or leave it out with options.subscriptions`,
    { code: state },
  );
}

async function listSubscriptions(session: AzureSession, ctx: Ctx): Promise<readonly AzureSubscription[]> {
  const client = await openSubscriptionsClient(session);
  const all: AzureSubscription[] = [];
  await eachPage("azure subscriptions.list", async (link) => {
    const page = await client.listSubscriptions(link, ctx);
    all.push(...page.subscriptions);
    return page.nextLink;
  });
  if (all.length === 0) {
    throw new CloudError(
      "denied",
      "azure subscriptions.list: the credentials see no subscription; give the identity the Reader role on one",
    );
  }
  return all;
}
