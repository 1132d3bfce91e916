import {
  type Clock,
  CloudError,
  createMintedTokens,
  type Ctx,
  isCloudError,
  type Token,
  type TokenSource,
} from "@flotilla/core";
import { ARM_SCOPE } from "./audiences.ts";
import type { AzureCredential, AzureToken } from "./azure-credential.ts";
import { withoutToken } from "./token-failure.ts";

/** Tokens by audience, kept while they last: a thousand clusters share one. */
export interface CachedCredential {
  /** The token source of one audience; the same object each time. */
  readonly sourceOf: (scope: string) => TokenSource;
  /** For an SDK during one call: the same tokens, for Resource Manager alone. The SDKs hand no signal of ours on. */
  readonly forArm: (ctx: Ctx) => ArmCredential;
}

/** The credential of one call to Resource Manager. */
interface ArmCredential extends AzureCredential {
  /** The token given to this call was refused: it is not used again, whatever its end says. */
  refused(): void;
}

/** Keeps what `base` gives, one token per audience, minted once at a time however many ask. */
export function createCachedCredential(base: AzureCredential, clock: Clock): CachedCredential {
  const all = new Map<string, KeptToken>();
  const keptFor = (scope: string): KeptToken => {
    const found = all.get(scope);
    if (found !== undefined) return found;
    const made = createKeptToken(base, scope, clock);
    all.set(scope, made);
    return made;
  };
  const forArm = (ctx: Ctx): ArmCredential => {
    const kept = keptFor(ARM_SCOPE);
    let given: string | undefined;
    return {
      async getToken(_scopes, { claims } = {}) {
        // Continuous access evaluation: the token given was revoked, and the next one must answer the claims.
        if (claims !== undefined) kept.drop(given, claims);
        const token = await kept.source.token(ctx);
        given = token.value;
        return toSdk(token);
      },
      refused: () => kept.drop(given),
    };
  };
  return { sourceOf: (scope) => keptFor(scope).source, forArm };
}

interface KeptToken {
  readonly source: TokenSource;
  /** Many calls learn of a bad token, the last of them when a new one is held: only the token that is held is dropped. */
  drop(value: string | undefined, claims?: string): void;
}

function createKeptToken(base: AzureCredential, scope: string, clock: Clock): KeptToken {
  let held: string | undefined;
  /** What the next token must answer. */
  let wanted: string | undefined;
  const source = createMintedTokens({
    clock,
    async mint(abortSignal) {
      const claims = wanted;
      wanted = undefined;
      const token = await mint(base, scope, { abortSignal, ...(claims === undefined ? {} : { claims }) });
      held = token.value;
      return token;
    },
  });
  return {
    source,
    drop(value, claims) {
      if (value === undefined || value !== held) return;
      held = undefined;
      wanted = claims;
      source.invalidate();
    },
  };
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
