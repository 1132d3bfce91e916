import { type Call, type CallPolicy, type Clock, CloudError, type Ctx, isCloudError } from "@flotilla/core";
import type { AzureCall } from "./azure-call.ts";
import type { AzureOptions } from "./azure-options.ts";
import type { AzureCredential } from "./azure-credential.ts";
import type { CachedCredential } from "./cached-credential.ts";
import type { AzureHttpClient, AzureTransport } from "./transport.ts";

/** What every narrow client is built from: where the service is, whose tokens, and the one retry layer. */
export interface AzureSession {
  readonly options: AzureOptions;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly transport: AzureTransport;
  readonly credential: CachedCredential;
}

/** What the SDKs' client constructors take from us. SDK retries and redirects are off. */
export interface SdkConfig {
  readonly credential: AzureCredential;
  readonly clientOptions: {
    readonly httpClient: AzureHttpClient;
    readonly retryOptions: { readonly maxRetries: 0 };
    readonly redirectOptions: { readonly maxRetries: 0 };
  };
}

/** One call of one service: through the call policy; whatever goes wrong is told in our words. */
export async function send<T>(
  session: AzureSession,
  call: AzureCall,
  fn: (sdk: SdkConfig) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  const named: Call = {
    provider: "azure",
    scope: call.subscription === "" ? "tenant" : call.subscription.toLowerCase(),
    ...(call.region === undefined ? {} : { region: call.region }),
    action: call.action,
    mutating: false,
  };
  return session.policy.run(named, (inner) => renewed(session, call, fn, inner), ctx);
}

/**
 * A token that was refused is not used again, whatever its end says. One that Azure's clock says is over while ours does not is
 * minted anew at once: one of the clocks is off.
 */
async function renewed<T>(
  session: AzureSession,
  call: AzureCall,
  fn: (sdk: SdkConfig) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  const credential = session.credential.forArm(ctx);
  const attempt = (): Promise<T> => translated({ session, call, credential }, fn, ctx);
  try {
    return await attempt();
  } catch (error) {
    if (!isCloudError(error, "unauthenticated")) throw error;
    credential.refused();
    if (error.code !== "ExpiredAuthenticationToken") throw error;
    return attempt();
  }
}

async function translated<T>(
  {
    session,
    call,
    credential,
  }: { readonly session: AzureSession; readonly call: AzureCall; readonly credential: AzureCredential },
  fn: (sdk: SdkConfig) => Promise<T>,
  ctx: Ctx,
): Promise<T> {
  try {
    return await fn({
      credential,
      clientOptions: {
        httpClient: session.transport.clientFor(call, ctx),
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
      },
    });
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error)) throw error;
    // What the SDKs stumble over is an answer that is none of Azure's.
    const told = `the answer is not one this client knows (${nameOf(error)}); is there a proxy?`;
    throw new CloudError("transient", `azure ${call.action}: ${told}`);
  }
}

/** The class of an error, never its text: an SDK's own errors can quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "an unknown failure";
}
