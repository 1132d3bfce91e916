import { SharedTask } from "../async/shared-task.ts";
import type { Clock } from "../async/clock.ts";
import { isCloudError } from "../errors/cloud-error.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { Price } from "./price.ts";
import { unknownPrice } from "./usd.ts";

/** What a cloud is asked, and what holds where it does not tell. */
export interface PriceQuestion {
  /** The same for the same question. */
  readonly key: string;
  /** For how long the cloud's answer is good enough. */
  readonly keptMs: number;
  /** From a dated table, say: it stands in for an answer that is unknown or an error. */
  readonly fallback?: Price;
  /** A `CloudError` that it throws is an unknown price; anything else is thrown on. */
  readonly ask: (ctx: Ctx) => Promise<Price>;
}

/** Prices of a cloud, asked now and then and kept meanwhile. Each keeps the moment it is from, so its age stays visible. */
export interface PriceCache {
  /**
   * One question at a time for everybody who wants the same price; whoever gives up leaves the others waiting.
   *
   * @throws the signal's reason when aborted
   */
  get(question: PriceQuestion, ctx: Ctx): Promise<Price>;
}

/** An answer that is none is asked for again soon: it is often a denied call that somebody is about to allow. */
const UNANSWERED_KEPT_MS = 60_000;

interface Entry {
  readonly asking: SharedTask<Price>;
  price?: Price;
  untilMs: number;
}

/** An empty cache, in memory. */
export function createPriceCache(clock: Clock): PriceCache {
  const entries = new Map<string, Entry>();
  return {
    async get({ key, keptMs, fallback, ask }, ctx) {
      const entry = entries.get(key) ?? { asking: new SharedTask<Price>(), untilMs: 0 };
      entries.set(key, entry);
      if (entry.price !== undefined && clock.nowMs() < entry.untilMs) return entry.price;
      return entry.asking.run(async (signal) => {
        const answer = await answerOf(ask, { signal });
        entry.price = answer.known ? answer : (fallback ?? answer);
        entry.untilMs = clock.nowMs() + (answer.known ? keptMs : Math.min(keptMs, UNANSWERED_KEPT_MS));
        return entry.price;
      }, ctx);
    },
  };
}

async function answerOf(ask: PriceQuestion["ask"], ctx: Ctx): Promise<Price> {
  try {
    return await ask(ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isCloudError(error)) throw error;
    return unknownPrice(error.message);
  }
}
