import {
  type CallPolicy,
  type Clock,
  type CloudProvider,
  createCallPolicy,
  systemClock,
  systemRandom,
  type Token,
} from "@flotilla/core";
import { createGcpCredentials } from "./credentials.ts";
import { createGcpDiscovery } from "./discovery.ts";
import type { GcpOptions } from "./gcp-options.ts";
import type { GcpSession } from "./gcp-session.ts";
import { openSession } from "./open-session.ts";
import { createGcpPrices } from "./prices.ts";
import { createGcpQuotas } from "./quotas.ts";
import type { GcpTransportHook } from "./transport.ts";

/** What a GKE provider works with. Everything has a default. */
export interface GcpProviderDeps {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Shared with other providers where given; its buckets are per provider, project, region and action anyway. */
  readonly policy?: CallPolicy;
  /** Mints access tokens; goes before the credentials of the options. Called again when a token ends or is refused. */
  readonly credentials?: () => Promise<Token>;
  /** Sends requests; default the platform's own `fetch`. Hosts are checked before it is called. Default credentials have their own. */
  readonly fetch?: typeof globalThis.fetch;
  /** Told of every request before it is sent. */
  readonly onRequest?: GcpTransportHook;
}

/** GKE as a provider. Loads no SDK and does no I/O before its first call. */
export function createGcpProvider(
  input: { readonly name: string; readonly options?: GcpOptions },
  deps: GcpProviderDeps = {},
): CloudProvider {
  const { options = {} } = input;
  const { clock = systemClock, env = {} } = deps;
  const policy = deps.policy ?? createCallPolicy({ clock, random: systemRandom });
  let session: GcpSession | undefined;
  const open = (): GcpSession => (session ??= openSession(options, { ...deps, env, clock, policy }));
  return {
    id: "gcp",
    name: input.name,
    discovery: createGcpDiscovery(open),
    credentials: createGcpCredentials(open),
    prices: createGcpPrices(open),
    quotas: createGcpQuotas(open),
  };
}
