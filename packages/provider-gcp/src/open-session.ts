import { type CallPolicy, type Clock, createMintedTokens, type Token } from "@flotilla/core";
import type { GcpOptions, GcpService } from "./gcp-options.ts";
import type { GcpSession } from "./gcp-session.ts";
import { tokenMinter } from "./token-minter.ts";
import { createTransport, type GcpTransportHook } from "./transport.ts";

/** What a session is made of. */
export interface SessionDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly credentials?: () => Promise<Token>;
  readonly fetch?: typeof globalThis.fetch;
  readonly onRequest?: GcpTransportHook;
}

/** Everything the narrow clients share: one token for every project, since Google's are the account's. No I/O. */
export function openSession(options: GcpOptions, deps: SessionDeps): GcpSession {
  const { clock, policy } = deps;
  const minter = tokenMinter(options, deps.env);
  const tokens = createMintedTokens({ clock, mint: deps.credentials ?? (() => minter.mint()) });
  const clients = new Map<GcpService, Promise<unknown>>();
  return {
    options,
    clock,
    policy,
    tokens,
    transport: createTransport(options, { ...deps, tokens, quotaProject: () => minter.quotaProject() }),
    client<T>(service: GcpService, open: () => Promise<T>): Promise<T> {
      const opened = (clients.get(service) as Promise<T> | undefined) ?? open(); // one type per service: the client file's own
      clients.set(service, opened);
      return opened;
    },
  };
}
