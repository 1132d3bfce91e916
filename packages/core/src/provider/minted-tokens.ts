import type { Clock } from "../async/clock.ts";
import { SharedTask } from "../async/shared-task.ts";
import type { Token, TokenSource } from "./credentials.ts";
import type { Ctx } from "./ctx.ts";

/** A token is renewed this long before it ends, so that the one handed out lasts through the request. */
const RENEW_AHEAD_MS = 60_000;

export interface MintedTokensInput {
  /** Makes a new token. Called once at a time. */
  readonly mint: (signal: AbortSignal) => Promise<Token>;
  readonly clock: Clock;
  /** One that was minted on the way here. */
  readonly first?: Token;
}

/** Keeps a token in memory while it lasts. A helper whose tokens live less than two minutes is asked at half of their life. */
export function createMintedTokens(input: MintedTokensInput): TokenSource {
  const { clock } = input;
  const minting = new SharedTask<Token>();
  let held = input.first === undefined ? undefined : hold(input.first, clock.nowMs());
  return {
    async token(ctx: Ctx): Promise<Token> {
      if (held !== undefined && clock.nowMs() < held.renewAtMs) return held.token;
      return minting.run(async (signal) => {
        const token = await input.mint(signal);
        held = hold(token, clock.nowMs());
        return token;
      }, ctx);
    },
    invalidate() {
      held = undefined;
    },
  };
}

interface Held {
  readonly token: Token;
  readonly renewAtMs: number;
}

function hold(token: Token, nowMs: number): Held {
  if (token.expiresAtMs === null) return { token, renewAtMs: Number.POSITIVE_INFINITY };
  const lifeMs = token.expiresAtMs - nowMs;
  return { token, renewAtMs: token.expiresAtMs - Math.min(RENEW_AHEAD_MS, lifeMs / 2) };
}
