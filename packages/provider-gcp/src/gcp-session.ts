import {
  type Call,
  type CallPolicy,
  type Clock,
  CloudError,
  type Ctx,
  isCloudError,
  type TokenSource,
} from "@flotilla/core";
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
  try {
    return await session.transport.during({ ...call, ctx }, fn);
  } catch (error) {
    ctx.signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    if (isCloudError(error)) throw error;
    if (isCloudError(cause)) throw cause;
    throw new CloudError("internal", `gcp ${call.service} ${call.action}: ${nameOf(error)}`);
  }
}

/** The class of a bug, never its text: a client's own errors can quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "an unknown failure";
}
