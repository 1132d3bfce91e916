import { CloudError, type Ctx, isCloudError } from "@flotilla/core";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { openOrganizationsClient } from "./organizations-client.ts";
import { pagesOf } from "./pages-of.ts";
import { partitionOf } from "./partition.ts";

export interface AccountsToSee {
  readonly accounts: readonly AwsAccount[];
  /** Those of the organization that answer nothing, with their state: told as gaps, for what was in them is not gone. */
  readonly closed: readonly ListedAccount[];
  /** Why there may be more: the list broke off behind what was read of it. */
  readonly failure?: CloudError;
}

interface ListedAccount {
  readonly id: string;
  readonly state: string;
}

/**
 * The accounts to look into: those configured; or every active one of the organization; or the one of the credentials.
 *
 * @throws CloudError where that cannot be told.
 */
export async function accountsToSee(session: AwsSession, ctx: Ctx): Promise<AccountsToSee> {
  const { accounts, organization } = session.options;
  if (accounts !== undefined && accounts.length > 0) return { accounts, closed: [] };
  const own = await session.ownAccount(ctx);
  if (organization === undefined) return { accounts: [{ id: own }], closed: [] };
  const { all, failure } = await listAccounts(session, ctx);
  return {
    accounts: all
      .filter(({ state }) => state === ACTIVE)
      .map(({ id }) => (id === own ? { id } : organizationAccount(session, organization.roleName, id))),
    closed: all.filter(({ state }) => state !== ACTIVE),
    ...(failure === undefined ? {} : { failure }),
  };
}

interface AccountList {
  readonly all: readonly ListedAccount[];
  readonly failure?: CloudError;
}

async function listAccounts(session: AwsSession, ctx: Ctx): Promise<AccountList> {
  const client = await openOrganizationsClient(session, { region: session.homeRegion });
  const all: ListedAccount[] = [];
  const pages = pagesOf("aws organizations ListAccounts", async (token) => {
    const page = await client.listAccounts(token, ctx);
    return { items: page.accounts, nextToken: page.nextToken };
  });
  try {
    for await (const accounts of pages) all.push(...accounts);
  } catch (failure) {
    ctx.signal.throwIfAborted();
    if (all.length === 0 || !isCloudError(failure)) throw failure;
    return { all, failure };
  }
  if (all.length > 0) return { all };
  throw new CloudError("internal", "aws organizations ListAccounts: the organization has no account");
}

const ACTIVE = "ACTIVE";

/** How the account of a cluster is entered again: by the same rule as it was found. @throws CloudError as `confirmAccount` */
export async function accountOf(session: AwsSession, id: string, ctx: Ctx): Promise<AwsAccount> {
  const { accounts, organization } = session.options;
  const configured = accounts?.find((account) => account.id === id);
  const isForeign = configured === undefined && organization !== undefined && (await session.ownAccount(ctx)) !== id;
  const account = isForeign ? organizationAccount(session, organization.roleName, id) : (configured ?? { id });
  await confirmAccount(session, account, ctx);
  return account;
}

/**
 * Keys answer for their own account, whatever a configuration calls it: without this check clusters would be found, and reached,
 * under the name of an account they are not in.
 *
 * @throws CloudError `invalid` where the credentials or the role are of another account.
 */
export async function confirmAccount(session: AwsSession, { id, roleArn }: AwsAccount, ctx: Ctx): Promise<void> {
  if (roleArn !== undefined) {
    if (roleArn.split(":")[4] === id) return;
    throw new CloudError("invalid", `aws: ${roleArn} is no role of account ${id}; correct one of the two`);
  }
  const own = await session.ownAccount(ctx);
  if (own === id) return;
  throw new CloudError(
    "invalid",
    `aws: the credentials are of account ${own}; give account ${id} a roleArn to be assumed`,
  );
}

function organizationAccount(session: AwsSession, roleName: string, id: string): AwsAccount {
  const { id: partition } = partitionOf(session.homeRegion);
  return { id, roleArn: `arn:${partition}:iam::${id}:role/${roleName}` };
}
