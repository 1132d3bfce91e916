import {
  type Call,
  type CallPolicy,
  type Clock,
  CloudError,
  type Ctx,
  isCloudError,
  untilAborted,
} from "@flotilla/core";
import type { AwsAccount, AwsOptions, AwsService } from "./aws-options.ts";
import { toCloudError } from "./errors.ts";
import type { AwsKeys, KeySource } from "./keys.ts";
import { failureOfSdkError } from "./sdk-failure.ts";
import type { AwsTransport } from "./transport.ts";

/** What every narrow client is built from: where the service is, whose keys, and the one retry layer. */
export interface AwsSession {
  readonly options: AwsOptions;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly transport: AwsTransport;
  /** Where questions are asked that concern a whole partition. */
  readonly homeRegion: string;
  /** The account of the base credentials; asked once. */
  readonly ownAccount: (ctx: Ctx) => Promise<string>;
  /** Keys of an account; `undefined` is the account of the base credentials. */
  readonly keysOf: (account: AwsAccount | undefined) => KeySource;
}

/** Where a narrow client talks to. */
export interface AwsPlace {
  readonly region: string;
  /** Absent: the account of the base credentials. */
  readonly account?: AwsAccount;
}

/** What the SDK's client constructors take from us. SDK retries are off: repeating is the call policy's business. */
export interface SdkConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: () => Promise<AwsKeys>;
  readonly maxAttempts: 1;
  readonly requestHandler: AwsTransport["handler"];
}

export function sdkConfig(session: AwsSession, service: AwsService, place: AwsPlace): SdkConfig {
  const endpoint = session.options.endpoints?.[service] ?? session.options.endpoint;
  const keys = session.keysOf(place.account);
  return {
    region: place.region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: () => keys.keys(),
    maxAttempts: 1,
    requestHandler: session.transport.handler,
  };
}

/** One call of one service: through the call policy, with the SDK's error told in our words. */
export async function send<T>(
  session: AwsSession,
  call: { readonly service: AwsService; readonly action: string; readonly place: AwsPlace },
  fn: (abortSignal: AbortSignal) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  const named: Call = {
    provider: "aws",
    scope: call.place.account?.id ?? "default",
    region: call.place.region,
    action: `${call.service}:${call.action}`,
    mutating: false,
  };
  return session.policy.run(named, (inner) => translated(session, call, fn, inner), ctx);
}

async function translated<T>(
  session: AwsSession,
  call: { readonly service: AwsService; readonly action: string; readonly place: AwsPlace },
  fn: (abortSignal: AbortSignal) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  try {
    // The SDK heeds the signal once it sends; finding the keys for it may take as long as a person at a prompt.
    return await untilAborted(fn(ctx.signal), ctx.signal);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error)) throw error;
    const failure = failureOfSdkError(error, call.service, call.action, session.clock.nowMs());
    if (failure !== undefined) throw refused(session, call.place, toCloudError(failure));
    throw new CloudError("internal", `aws ${call.service} ${call.action}: ${nameOf(error)}`);
  }
}

/** Keys that are refused may have been renewed by another program meanwhile: the next call looks. */
function refused(session: AwsSession, place: AwsPlace, error: CloudError): CloudError {
  if (error.kind === "unauthenticated") session.keysOf(place.account).forget();
  return error;
}

/** The class of a bug, never its text: an SDK's own errors can quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "an unknown failure";
}
