import {
  type Clock,
  CloudError,
  createMintedTokens,
  type Ctx,
  isCloudError,
  type Token,
  type TokenSource,
  untilAborted,
} from "@flotilla/core";
import { ARM_SCOPE } from "./audiences.ts";
import type { AzureCredential, AzureToken } from "./azure-credential.ts";
import { withoutToken } from "./token-failure.ts";

/** Tokens by audience, kept while they last: a thousand clusters share one. */
export interface CachedCredential {
  /** The token source of one audience; the same object each time. */
  sourceOf(scope: string): TokenSource;
  /** For an SDK during one call: the same tokens, for Resource Manager alone. The SDKs hand no signal of ours on. */
  readonly forArm: (ctx: Ctx) => AzureCredential;
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
  const forArm = (ctx: Ctx): AzureCredential => ({
    async getToken(_scopes, { claims } = {}) {
      const source = sourceOf(ARM_SCOPE);
      if (claims === undefined) return toSdk(await source.token(ctx));
      // Continuous access evaluation: the token held was revoked, and the next one must answer the claims.
      source.invalidate();
      const { signal } = ctx;
      return toSdk(await untilAborted(mint(base, ARM_SCOPE, { abortSignal: signal, claims }), signal));
    },
  });
  return { sourceOf, forArm };
}

function toSdk({ value, expiresAtMs }: Token): AzureToken {
  return { token: value, expiresOnTimestamp: expiresAtMs ?? Number.MAX_SAFE_INTEGER };
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
    throw isCloudError(error) ? error : withoutToken(error, scope);
  }
}
