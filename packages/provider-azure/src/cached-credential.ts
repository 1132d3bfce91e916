import { type Clock, CloudError, createMintedTokens, isCloudError, type Token, type TokenSource } from "@flotilla/core";
import { ARM_SCOPE } from "./audiences.ts";
import type { AzureCredential } from "./azure-credential.ts";

/** Tokens by audience, kept while they last: a thousand clusters share one. */
export interface CachedCredential {
  /** The token source of one audience; the same object each time. */
  sourceOf(scope: string): TokenSource;
  /** For the SDKs: the same tokens, for Resource Manager alone. */
  readonly forArm: AzureCredential;
}

/** Keeps what `base` gives, one token per audience, minted once at a time however many ask. */
export function createCachedCredential(base: AzureCredential, clock: Clock): CachedCredential {
  const sources = new Map<string, TokenSource>();
  const sourceOf = (scope: string): TokenSource => {
    const found = sources.get(scope);
    if (found !== undefined) return found;
    const made = createMintedTokens({ clock, mint: (abortSignal) => mint(base, scope, { abortSignal }) });
    sources.set(scope, made);
    return made;
  };
  const forArm: AzureCredential = {
    async getToken(_scopes, { abortSignal = new AbortController().signal, claims } = {}) {
      const source = sourceOf(ARM_SCOPE);
      // Continuous access evaluation: the token held was revoked, and the next one must answer the claims.
      if (claims !== undefined) source.invalidate();
      const { value, expiresAtMs } =
        claims === undefined
          ? await source.token({ signal: abortSignal })
          : await mint(base, ARM_SCOPE, { abortSignal, claims });
      return { token: value, expiresOnTimestamp: expiresAtMs ?? Number.MAX_SAFE_INTEGER };
    },
  };
  return { sourceOf, forArm };
}

async function mint(
  base: AzureCredential,
  scope: string,
  options: { readonly abortSignal: AbortSignal; readonly claims?: string },
): Promise<Token> {
  try {
    const token = await base.getToken(scope, options);
    if (token === null) throw new CloudError("unauthenticated", `azure: the credentials have no token for ${scope}`);
    return { value: token.token, expiresAtMs: token.expiresOnTimestamp };
  } catch (error) {
    options.abortSignal.throwIfAborted();
    if (isCloudError(error)) throw error;
    // Its text can quote what was sent to the authority; its name tells what went wrong.
    const name = error instanceof Error ? error.name : "an unknown failure";
    throw new CloudError(
      "unauthenticated",
      `azure: no token for ${scope} (${name}); run \`az login\`, or check the environment of @azure/identity`,
      { code: name },
    );
  }
}
