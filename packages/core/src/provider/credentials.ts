import type { ClusterRef } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";

/** How a provider's clusters are reached: part of every provider. */
export interface Credentials {
  /**
   * How to reach the API server of `ref`. Minted in process and never stored; calling again is cheap while a token lasts.
   *
   * @throws CloudError `notFound` (no such cluster), `unauthenticated`, `denied`, `invalid` (a kubeconfig that may not be used).
   */
  connect(ref: ClusterRef, ctx: Ctx): Promise<KubeAccess>;
}

/** Everything needed to talk to one API server. Holds secrets: never log or serialise it. */
export interface KubeAccess {
  /** Absolute https URL (http only on loopback). */
  readonly server: string;
  readonly caPem?: string;
  readonly tlsServerName?: string;
  /** Only from the user's own kubeconfig, and only said aloud. */
  readonly insecureSkipTlsVerify?: boolean;
  readonly proxyUrl?: string;
  readonly auth: KubeAuth;
}

/** How we show who we are. The values are secrets. */
export type KubeAuth =
  | { readonly kind: "bearer"; readonly tokens: TokenSource }
  | { readonly kind: "certificate"; readonly certPem: string; readonly keyPem: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  | { readonly kind: "none" };

/** A bearer token that renews itself. Shared by every connection to one cluster. */
export interface TokenSource {
  /** A token valid for at least the next minute; refreshed ahead of expiry, one refresh at a time. */
  token(ctx: Ctx): Promise<Token>;
  /** The server refused the token: the next `token()` mints a new one. */
  invalidate(): void;
}

/** A bearer token and how long it lasts. The value is a secret. */
export interface Token {
  readonly value: string;
  /** `null`: does not expire as far as we know. */
  readonly expiresAtMs: number | null;
}
