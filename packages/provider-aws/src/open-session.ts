import { type CallPolicy, type Clock, CloudError, type CloudErrorOptions, isCloudError } from "@flotilla/core";
import type { AwsAccount, AwsOptions } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { baseKeys, cachedKeys } from "./key-sources.ts";
import type { AwsKeys, KeySource } from "./keys.ts";
import { homeRegion } from "./regions.ts";
import { openStsClient } from "./sts-client.ts";
import { type AwsTransportHook, openTransport } from "./transport.ts";

export interface SessionDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  /** Ready-made credentials go before those of the options. */
  readonly credentials?: () => Promise<AwsKeys>;
  readonly onRequest?: AwsTransportHook;
}

/** Longest that assuming a role may take. */
const ASSUME_TIMEOUT_MS = 15_000;

/** Everything the narrow clients share. Keys of an account are assumed when first needed and kept while they last. */
export async function openSession(options: AwsOptions, deps: SessionDeps): Promise<AwsSession> {
  const transport = await openTransport(options, deps.onRequest);
  const base = cachedKeys(deps.credentials ?? baseKeys(options, deps.env), deps.clock);
  const byRole = new Map<string, KeySource>();
  let own: string | undefined;
  const session: AwsSession = {
    options,
    clock: deps.clock,
    policy: deps.policy,
    transport,
    async ownAccount(ctx) {
      own ??= await (await openStsClient(session, { region: homeRegion(options) })).callerAccount(ctx);
      return own;
    },
    keysOf(account) {
      const { roleArn } = account ?? {};
      if (account === undefined || roleArn === undefined) return base;
      const found = byRole.get(roleArn);
      if (found !== undefined) return found;
      const made = cachedKeys(() => assume(session, { ...account, roleArn }), deps.clock);
      byRole.set(roleArn, made);
      return made;
    },
  };
  return session;
}

type RoleAccount = AwsAccount & { readonly roleArn: string };

async function assume(session: AwsSession, account: RoleAccount): Promise<AwsKeys> {
  const sts = await openStsClient(session, { region: homeRegion(session.options) });
  try {
    return await sts.assumeRole(account, { signal: AbortSignal.timeout(ASSUME_TIMEOUT_MS) });
  } catch (error) {
    throw isCloudError(error)
      ? new CloudError(
          error.kind,
          `cannot assume ${account.roleArn} for account ${account.id}: ${error.message}`,
          factsOf(error),
        )
      : error;
  }
}

function factsOf({ code, vendorMessage, status, retryAfterMs, requestId }: CloudError): CloudErrorOptions {
  return {
    ...(code === undefined ? {} : { code }),
    ...(vendorMessage === undefined ? {} : { vendorMessage }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
