import type { Ctx } from "@flotilla/core";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import { requiredPart } from "./required-part.ts";

/** The one call of Organizations; only the management account or a delegated one may make it. */
export interface OrganizationsClient {
  listAccounts(nextToken: string | undefined, ctx: Ctx): Promise<AccountPage>;
}

interface AccountPage {
  /** `state`: `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE` …; AWS replaces `Status` by `State` and sends both meanwhile. */
  readonly accounts: readonly { readonly id: string; readonly state: string }[];
  readonly nextToken: string | undefined;
}

export async function openOrganizationsClient(session: AwsSession, place: AwsPlace): Promise<OrganizationsClient> {
  const sdk = await import("@aws-sdk/client-organizations");
  const client = new sdk.OrganizationsClient(sdkConfig(session, "organizations", place));
  return {
    async listAccounts(nextToken, ctx) {
      const command = new sdk.ListAccountsCommand(nextToken === undefined ? {} : { NextToken: nextToken });
      const page = await send(
        session,
        { service: "organizations", action: "ListAccounts", place },
        (abortSignal) => client.send(command, { abortSignal }),
        ctx,
      );
      const accounts = requiredPart(page.Accounts, "organizations ListAccounts", "Accounts").flatMap(
        ({ Id, State, Status }) => (Id === undefined ? [] : [{ id: Id, state: State ?? Status ?? "UNKNOWN" }]),
      );
      return { accounts, nextToken: page.NextToken };
    },
  };
}
