import type { TokenSource } from "@flotilla/core";

/** A token that is what it is: when the server refuses it, asking again gives the same one. */
export function createStaticTokens(value: string): TokenSource {
  return { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined };
}
