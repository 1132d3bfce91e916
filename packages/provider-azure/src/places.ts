import { CloudError, type Ctx, EVERY_SCOPE, isCloudError, type Scope } from "@flotilla/core";
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
  const { subscriptions: configured = [] } = session.options;
  const { subscriptions, brokeOff } =
    configured.length > 0 ? { subscriptions: taken(configured) } : await listSubscriptions(session, ctx);
  const wanted = subscriptions.flatMap((subscription) => asked(subscription, scopes));
  const unseen = brokeOff === undefined ? [] : unseenScopes(subscriptions, scopes, brokeOff);
  return {
    places: wanted.filter(({ from }) => isInUse(from)).map(({ place }) => place),
    gaps: [
      ...unseen,
      ...wanted
        .filter(({ from }) => !isInUse(from))
        .map(({ place: { scope }, from }) => ({ scope, error: notInUse(from) })),
    ],
  };
}

function taken(ids: readonly string[]): readonly AzureSubscription[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].map((id) => ({ id, name: id, state: "Enabled" }));
}

/** What the rest of a list that broke off may hold. */
function unseenScopes(
  seen: readonly AzureSubscription[],
  scopes: readonly Scope[] | undefined,
  error: CloudError,
): PlacesToSee["gaps"] {
  if (scopes === undefined) return [{ scope: EVERY_SCOPE, error }];
  const ids = new Set(seen.map(({ id }) => id.toLowerCase()));
  const wanted = new Set(scopes.map((scope) => scope.toLowerCase()));
  return [...wanted].filter((scope) => !ids.has(scope.split("/")[0] ?? "")).map((scope) => ({ scope, error }));
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

interface ListedSubscriptions {
  readonly subscriptions: readonly AzureSubscription[];
  /** Why there may be more. */
  readonly brokeOff?: CloudError;
}

/** @throws CloudError where not even the first of them can be told */
async function listSubscriptions(session: AzureSession, ctx: Ctx): Promise<ListedSubscriptions> {
  const client = await openSubscriptionsClient(session);
  const subscriptions: AzureSubscription[] = [];
  try {
    await eachPage("azure subscriptions.list", async (link) => {
      const page = await client.listSubscriptions(link, ctx);
      subscriptions.push(...page.subscriptions);
      return page.nextLink;
    });
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (subscriptions.length === 0 || !isCloudError(error)) throw error;
    return { subscriptions, brokeOff: error };
  }
  if (subscriptions.length > 0) return { subscriptions };
  throw new CloudError(
    "denied",
    "azure subscriptions.list: the credentials see no subscription; give the identity the Reader role on one",
  );
}
