import {
  type CallPolicy,
  type Clock,
  CloudError,
  type CloudErrorOptions,
  type Ctx,
  isCloudError,
  isTimeout,
  SharedTask,
  withTimeout,
} from "@flotilla/core";
import type { AwsAccount, AwsOptions } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { homeRegion } from "./home-region.ts";
import { baseKeys, cachedKeys, givenKeys } from "./key-sources.ts";
import type { AwsKeys, KeySource } from "./keys.ts";
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
/** Longest that it may take to learn whose keys these are: two attempts that are never answered, and some pauses. */
const IDENTITY_TIMEOUT_MS = 30_000;

/** Everything the narrow clients share. Keys of an account are assumed when first needed and kept while they last. */
export async function openSession(options: AwsOptions, deps: SessionDeps): Promise<AwsSession> {
  const { env, onRequest: hook } = deps;
  const transport = await openTransport(options, hook === undefined ? { env } : { env, hook });
  const load = deps.credentials === undefined ? baseKeys({ options, env, transport }) : givenKeys(deps.credentials);
  const base = cachedKeys(load, deps.clock);
  const byRole = new Map<string, KeySource>();
  const asking = new SharedTask<string>();
  let own: string | undefined;
  const session: AwsSession = {
    options,
    clock: deps.clock,
    policy: deps.policy,
    transport,
    homeRegion: homeRegion(options, env),
    async ownAccount(ctx) {
      own ??= await asking.run((signal) => callerAccount(session, { signal }), ctx);
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

/** For everybody who waits for the account: it must not wait as long as the last of them would. */
async function callerAccount(session: AwsSession, ctx: Ctx): Promise<string> {
  const sts = await openStsClient(session, { region: session.homeRegion });
  using timed = withTimeout(ctx, session.clock, IDENTITY_TIMEOUT_MS);
  try {
    return await sts.callerAccount(timed);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isTimeout(error)) throw error;
    throw new CloudError(
      "transient",
      `aws sts GetCallerIdentity gave no answer within ${IDENTITY_TIMEOUT_MS / 1000} s; check the network and the proxy`,
    );
  }
}

type RoleAccount = AwsAccount & { readonly roleArn: string };

async function assume(session: AwsSession, account: RoleAccount): Promise<AwsKeys> {
  const sts = await openStsClient(session, { region: session.homeRegion });
  // For everybody who waits for these keys: nobody's own signal may end it.
  using timed = withTimeout({ signal: new AbortController().signal }, session.clock, ASSUME_TIMEOUT_MS);
  try {
    return await sts.assumeRole(account, timed);
  } catch (error) {
    const what = `cannot assume ${account.roleArn} for account ${account.id}`;
    if (isCloudError(error)) throw new CloudError(error.kind, `${what}: ${error.message}`, factsOf(error));
    if (!isTimeout(error)) throw error;
    throw new CloudError(
      "transient",
      `${what}: aws sts gave no answer within ${ASSUME_TIMEOUT_MS / 1000} s; check the network and the proxy`,
    );
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
