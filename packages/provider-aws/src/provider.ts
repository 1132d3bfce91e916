import {
  type CallPolicy,
  type Clock,
  type CloudProvider,
  createCallPolicy,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import type { AwsOptions } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { createAwsCredentials } from "./credentials.ts";
import { createAwsDiscovery } from "./discovery.ts";
import type { AwsKeys } from "./keys.ts";
import { openSession } from "./open-session.ts";
import { createAwsPrices } from "./prices.ts";
import { createAwsQuotas } from "./quotas.ts";
import type { AwsTransportHook } from "./transport.ts";

export interface AwsProviderDeps {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Shared with other providers where given; its buckets are per provider, account, region and action anyway. */
  readonly policy?: CallPolicy;
  /** Ready-made credentials; they go before those of the options. */
  readonly credentials?: () => Promise<AwsKeys>;
  /** Told of every request before it is sent. */
  readonly onRequest?: AwsTransportHook;
}

/** EKS as a provider. Loads no SDK and does no I/O before its first call. */
export function createAwsProvider(
  input: { readonly name: string; readonly options?: AwsOptions },
  deps: AwsProviderDeps = {},
): CloudProvider {
  const { options = {} } = input;
  const { clock = systemClock, env = {} } = deps;
  const policy = deps.policy ?? createCallPolicy({ clock, random: systemRandom });
  let session: Promise<AwsSession> | undefined;
  const open = (): Promise<AwsSession> => (session ??= openSession(options, { ...deps, env, clock, policy }));
  return {
    id: "aws",
    name: input.name,
    discovery: createAwsDiscovery(open),
    credentials: createAwsCredentials(open),
    prices: createAwsPrices(open, clock),
    quotas: createAwsQuotas(open),
  };
}
