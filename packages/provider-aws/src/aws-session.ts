import {
  type Call,
  type CallPolicy,
  type Clock,
  CloudError,
  type Ctx,
  isCloudError,
  isTimeout,
  untilAborted,
  withTimeout,
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

/** The server that the configuration puts in the place of a service. */
export function endpointOf({ endpoints, endpoint }: AwsOptions, service: AwsService): string | undefined {
  return endpoints?.[service] ?? endpoint;
}

export function sdkConfig(session: AwsSession, service: AwsService, place: AwsPlace): SdkConfig {
  const endpoint = endpointOf(session.options, service);
  const keys = session.keysOf(place.account);
  return {
    region: place.region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials: () => keys.keys(),
    maxAttempts: 1,
    requestHandler: session.transport.handler,
  };
}

/** One attempt of a call: far beyond the slowest answer of what works, and what was lost is asked for once more. */
const ATTEMPT_TIMEOUT_MS = 10_000;
/** All attempts of a call, but only while AWS is asked: the turns and pauses of our own policy are no silence of AWS. */
const ANSWER_TIMEOUT_MS = 20_000;

interface NamedCall {
  readonly service: AwsService;
  readonly action: string;
  readonly place: AwsPlace;
}

/**
 * One call of one service: through the call policy, with the SDK's error told in our words.
 *
 * @throws CloudError, `transient` where nothing is answered; what the keys of the place throw; the signal's reason.
 */
export async function send<T>(
  session: AwsSession,
  call: NamedCall,
  fn: (abortSignal: AbortSignal) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  const { service, action, place } = call;
  // Before the policy: a role is assumed by a call of its own, which must not be repeated as a part of this one.
  await untilAborted(session.keysOf(place.account).keys(), ctx.signal);
  const named: Call = {
    provider: "aws",
    scope: place.account?.id ?? "default",
    region: place.region,
    action: `${service}:${action}`,
    mutating: false,
  };
  let leftMs = ANSWER_TIMEOUT_MS;
  const attempt = async (inner: Ctx): Promise<T> => {
    const startedAtMs = session.clock.nowMs();
    using timed = withTimeout(inner, session.clock, Math.min(ATTEMPT_TIMEOUT_MS, leftMs));
    try {
      return await translated(session, call, fn, timed);
    } catch (error) {
      inner.signal.throwIfAborted();
      const tookMs = session.clock.nowMs() - startedAtMs;
      leftMs -= tookMs;
      // Once all is spent it stays what it is: the policy repeats none but our own errors.
      throw isTimeout(error) && leftMs > 0 ? silenceOf(session, call, tookMs) : error;
    }
  };
  try {
    return await session.policy.run(named, attempt, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw isTimeout(error) ? silenceOf(session, call, ANSWER_TIMEOUT_MS) : error;
  }
}

function silenceOf({ options }: AwsSession, { service, action, place }: NamedCall, tookMs: number): CloudError {
  const endpoint = endpointOf(options, service);
  const where = endpoint === undefined ? place.region : `${place.region} at ${new URL(endpoint).host}`;
  const seconds = Math.round(tookMs / 100) / 10;
  return new CloudError(
    "transient",
    `aws ${service} ${action} in ${where} gave no answer within ${seconds} s; check the network and the proxy, or try again later`,
  );
}

async function translated<T>(
  session: AwsSession,
  call: NamedCall,
  fn: (abortSignal: AbortSignal) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  try {
    // The SDK heeds the signal while it sends; what it does before and after that is not ours to rely on.
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
