import type { CallPolicy, Clock } from "@flotilla/core";
import { baseCredential } from "./base-credential.ts";
import type { AzureCredential } from "./azure-credential.ts";
import type { AzureOptions } from "./azure-options.ts";
import type { AzureSession } from "./azure-session.ts";
import { createCachedCredential } from "./cached-credential.ts";
import { hostsOf } from "./hosts.ts";
import { type AzureTransportHook, openTransport } from "./transport.ts";

/** What a session is opened with. */
export interface SessionDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  /** Ready-made credentials go before those of the options. */
  readonly credential?: AzureCredential;
  readonly onRequest?: AzureTransportHook;
}

/** Everything the narrow clients share. No token is asked for before the first call. */
export async function openSession(options: AzureOptions, deps: SessionDeps): Promise<AzureSession> {
  const { clock, policy, onRequest } = deps;
  const transport = await openTransport({
    hosts: hostsOf(options),
    clock,
    ...(onRequest === undefined ? {} : { hook: onRequest }),
  });
  const base = deps.credential ?? baseCredential(options, deps.env, clock);
  return { options, clock, policy, transport, credential: createCachedCredential(base, clock) };
}
