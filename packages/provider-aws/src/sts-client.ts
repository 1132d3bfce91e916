import type { Ctx } from "@flotilla/core";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsKeys } from "./keys.ts";
import { requiredPart } from "./required-part.ts";

/** The calls of STS: who are we, and the keys of a role elsewhere. */
export interface StsClient {
  /** The account of the credentials, 12 digits. */
  callerAccount(ctx: Ctx): Promise<string>;
  assumeRole(account: AwsAccount & { readonly roleArn: string }, ctx: Ctx): Promise<AwsKeys>;
}

/** Shows up in the other account's CloudTrail. */
const SESSION_NAME = "flotilla";
/** One hour: what every role allows, and the maximum when roles are chained. Source: STS AssumeRole. */
const SESSION_SECONDS = 3600;

export async function openStsClient(session: AwsSession, place: AwsPlace): Promise<StsClient> {
  const sdk = await import("@aws-sdk/client-sts");
  const client = new sdk.STSClient(sdkConfig(session, "sts", place));
  const call = <T>(action: string, fn: (abortSignal: AbortSignal) => Promise<T>, ctx: Ctx): Promise<T> =>
    send(session, { service: "sts", action, place }, fn, ctx);
  return {
    async callerAccount(ctx) {
      const command = new sdk.GetCallerIdentityCommand({});
      const { Account } = await call("GetCallerIdentity", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return requiredPart(Account, "sts GetCallerIdentity", "Account");
    },
    async assumeRole({ roleArn, externalId }, ctx) {
      const command = new sdk.AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: SESSION_NAME,
        DurationSeconds: SESSION_SECONDS,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      });
      const { Credentials: keys } = await call(
        "AssumeRole",
        (abortSignal) => client.send(command, { abortSignal }),
        ctx,
      );
      return {
        accessKeyId: requiredPart(keys?.AccessKeyId, "sts AssumeRole", "AccessKeyId"),
        secretAccessKey: requiredPart(keys?.SecretAccessKey, "sts AssumeRole", "SecretAccessKey"),
        ...(keys?.SessionToken === undefined ? {} : { sessionToken: keys.SessionToken }),
        ...(keys?.Expiration === undefined ? {} : { expiration: keys.Expiration }),
      };
    },
  };
}
