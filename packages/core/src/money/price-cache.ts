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
  /** From a dated table, say: it stands in for an answer that is unknown, or an error while no earlier answer is fresh enough. */
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
/**
 * While a cloud does not answer, its last price holds for so many times as long as it was good for: a week for what is asked
 * twice a day, two hours for a spot price. One throttled call must not turn a real price into one of a table, and a plan round.
 */
const STALE_TIMES = 14;

interface Entry {
  readonly asking: SharedTask<Price>;
  price?: Price;
  untilMs: number;
  /** The cloud's own last answer, and when it was given. */
  last?: { readonly price: Price; readonly atMs: number };
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
        const { price, isAnswer } = await answerOf(ask, { signal });
        const nowMs = clock.nowMs();
        if (isAnswer) entry.last = { price, atMs: nowMs };
        const { last } = entry;
        const held = !isAnswer && last !== undefined && nowMs - last.atMs < STALE_TIMES * keptMs ? last.price : price;
        entry.price = held.known ? held : (fallback ?? held);
        entry.untilMs = nowMs + (price.known ? keptMs : Math.min(keptMs, UNANSWERED_KEPT_MS));
        return entry.price;
      }, ctx);
    },
  };
}

/** What was said, and whether it was the cloud that said it: that there is no such price is an answer, a refusal is none. */
async function answerOf(
  ask: PriceQuestion["ask"],
  ctx: Ctx,
): Promise<{ readonly price: Price; readonly isAnswer: boolean }> {
  try {
    return { price: await ask(ctx), isAnswer: true };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isCloudError(error)) throw error;
    return { price: unknownPrice(error.message), isAnswer: false };
  }
}
