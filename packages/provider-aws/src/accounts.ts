import { CloudError, type Ctx } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { openOrganizationsClient } from "./organizations-client.ts";
import { partitionOf } from "./partition.ts";
import { homeRegion } from "./regions.ts";
import { openStsClient } from "./sts-client.ts";

/**
 * The accounts to look into: those configured; or every active one of the organization; or the one of the credentials.
 *
 * @throws CloudError where that cannot be told.
 */
export async function accountsToSee(session: AwsSession, ctx: Ctx): Promise<readonly AwsAccount[]> {
  const { accounts, organization } = session.options;
  if (accounts !== undefined && accounts.length > 0) return accounts;
  const place = { region: homeRegion(session.options) };
  const sts = await openStsClient(session, place);
  const own = await sts.callerAccount(ctx);
  if (organization === undefined) return [{ id: own }];
  const client = await openOrganizationsClient(session, place);
  const all = await allPages("aws organizations ListAccounts", async (token) => {
    const page = await client.listAccounts(token, ctx);
    return { items: page.accounts, nextToken: page.nextToken };
  });
  if (all.length === 0)
    throw new CloudError("internal", "aws organizations ListAccounts: the organization has no account");
  return all
    .filter(({ isActive }) => isActive)
    .map(({ id }) => (id === own ? { id } : organizationAccount(session, organization.roleName, id)));
}

/** How the account of a cluster is entered again: by the same rule as it was found. */
export async function accountOf(session: AwsSession, id: string, ctx: Ctx): Promise<AwsAccount> {
  const { accounts, organization } = session.options;
  const configured = accounts?.find((account) => account.id === id);
  if (configured !== undefined || organization === undefined) return configured ?? { id };
  const sts = await openStsClient(session, { region: homeRegion(session.options) });
  return (await sts.callerAccount(ctx)) === id ? { id } : organizationAccount(session, organization.roleName, id);
}

function organizationAccount(session: AwsSession, roleName: string, id: string): AwsAccount {
  const { id: partition } = partitionOf(homeRegion(session.options));
  return { id, roleArn: `arn:${partition}:iam::${id}:role/${roleName}` };
}
