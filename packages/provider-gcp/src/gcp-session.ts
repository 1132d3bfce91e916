import {
  type Call,
  type CallPolicy,
  type Clock,
  CloudError,
  type Ctx,
  isCloudError,
  type TokenSource,
} from "@flotilla/core";
import { toCloudError } from "./errors.ts";
import type { GcpCall } from "./gcp-call.ts";
import type { GcpOptions, GcpService } from "./gcp-options.ts";
import type { GcpTransport } from "./transport.ts";

/** What every narrow client is built from: where the service is, whose token, and the one retry layer. */
export interface GcpSession {
  readonly options: GcpOptions;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly transport: GcpTransport;
  readonly tokens: TokenSource;
  /** Opens a client once: building one parses the service's whole description. */
  client<T>(service: GcpService, open: () => Promise<T>): Promise<T>;
}

/**
 * One call of one service: through the call policy, with the failure told in our words. The transport has made a CloudError of
 * whatever the wire said; the generated clients pass it on, or wrap it as the cause of their own error, which is dropped
 * because it holds the request.
 *
 * @throws CloudError; the signal's reason when aborted.
 */
export async function send<T>(session: GcpSession, call: GcpCall, fn: () => Promise<T>, ctx: Ctx): Promise<T> {
  const { service, action, scope, region } = call;
  const named: Call = {
    provider: "gcp",
    scope,
    ...(region === undefined ? {} : { region }),
    action: `${service}:${action}`,
    mutating: false,
  };
  return session.policy.run(named, (inner) => translated(session, call, fn, inner), ctx);
}

async function translated<T>(session: GcpSession, call: GcpCall, fn: () => Promise<T>, ctx: Ctx): Promise<T> {
  let hasAnswer = false;
  const onAnswer = (): void => {
    hasAnswer = true;
  };
  try {
    return await session.transport.during({ ...call, ctx, onAnswer }, fn);
  } catch (error) {
    ctx.signal.throwIfAborted();
    throw ownErrorIn(error) ?? (hasAnswer ? unreadable(call, error) : bug(call, error));
  }
}

function ownErrorIn(error: unknown): CloudError | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].find((each) => isCloudError(each));
}

/** A list that is a text, a text that is a list: the clients stumble over what has the members of an answer and not its shape. */
function unreadable({ service, action }: GcpCall, error: unknown): CloudError {
  const message = `the answer cannot be read (${nameOf(error)}) and is not one of Google Cloud: is there a proxy?`;
  return toCloudError({ service, action, status: 200, codes: ["foreignAnswer"], message });
}

function bug({ service, action }: GcpCall, error: unknown): CloudError {
  return new CloudError("internal", `gcp ${service} ${action}: ${nameOf(error)}`);
}

/** The class of an error, never its text: a client's own errors can quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "an unknown failure";
}
