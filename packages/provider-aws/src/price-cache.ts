import { type Clock, type Ctx, type Price, SharedTask } from "@flotilla/core";

/** Keeps prices for a while; one question at a time per price. A price keeps the moment it is from, so its age stays visible. */
export interface PriceCache {
  /** `ask` runs once for everybody who wants the price meanwhile; whoever gives up leaves the others waiting. */
  get(key: string, keptMs: number, ask: (ctx: Ctx) => Promise<Price>, ctx: Ctx): Promise<Price>;
}

/** An answer "unknown" is asked again soon: it is often a denied call that somebody is about to allow. */
const UNKNOWN_KEPT_MS = 60_000;

interface Entry {
  readonly asking: SharedTask<Price>;
  price?: Price;
  untilMs: number;
}

export function createPriceCache(clock: Clock): PriceCache {
  const entries = new Map<string, Entry>();
  return {
    async get(key, keptMs, ask, ctx) {
      const entry = entries.get(key) ?? { asking: new SharedTask<Price>(), untilMs: 0 };
      entries.set(key, entry);
      if (entry.price !== undefined && clock.nowMs() < entry.untilMs) return entry.price;
      return entry.asking.run(async (signal) => {
        const price = await ask({ signal });
        entry.price = price;
        entry.untilMs = clock.nowMs() + (price.known ? keptMs : Math.min(keptMs, UNKNOWN_KEPT_MS));
        return price;
      }, ctx);
    },
  };
}
