import {
  type CallPolicy,
  type Clock,
  type CloudProvider,
  createCallPolicy,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import type { AzureCredential } from "./azure-credential.ts";
import type { AzureOptions } from "./azure-options.ts";
import type { AzureSession } from "./azure-session.ts";
import { createAzureCredentials } from "./credentials.ts";
import { createAzureDiscovery } from "./discovery.ts";
import { openSession } from "./open-session.ts";
import { createAzurePrices } from "./prices.ts";
import { createAzureQuotas } from "./quotas.ts";
import type { AzureTransportHook } from "./transport.ts";

/** What a provider may be given from outside; everything has a default. */
export interface AzureProviderDeps {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Shared with other providers where given; its buckets are per provider, subscription, region and action anyway. */
  readonly policy?: CallPolicy;
  /** Any `TokenCredential`; it goes before the credentials of the options. */
  readonly credential?: AzureCredential;
  /** Told of every request before it is sent. */
  readonly onRequest?: AzureTransportHook;
}

/** AKS as a provider. Loads no SDK and does no I/O before its first call. */
export function createAzureProvider(
  input: { readonly name: string; readonly options?: AzureOptions },
  deps: AzureProviderDeps = {},
): CloudProvider {
  const { options = {} } = input;
  const { clock = systemClock, env = {} } = deps;
  const policy = deps.policy ?? createCallPolicy({ clock, random: systemRandom });
  let session: Promise<AzureSession> | undefined;
  const open = (): Promise<AzureSession> => (session ??= openSession(options, { ...deps, env, clock, policy }));
  return {
    id: "azure",
    name: input.name,
    discovery: createAzureDiscovery(open),
    credentials: createAzureCredentials(open),
    prices: createAzurePrices(open, clock),
    quotas: createAzureQuotas(open),
  };
}
