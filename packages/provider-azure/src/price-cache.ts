import type { Clock, Price } from "@flotilla/core";

/** Keeps prices for a while; one question at a time per price. A price keeps the moment it is from, so its age stays visible. */
export interface PriceCache {
  get(key: string, keptMs: number, clock: Clock, ask: () => Promise<Price>): Promise<Price>;
}

/** An answer "unknown" is asked again soon: it is often a denied call that somebody is about to allow. */
const UNKNOWN_KEPT_MS = 60_000;

/** An empty cache, in memory. */
export function createPriceCache(): PriceCache {
  const kept = new Map<string, { readonly price: Promise<Price>; untilMs: number }>();
  return {
    get(key, keptMs, clock, ask) {
      const found = kept.get(key);
      if (found !== undefined && clock.nowMs() < found.untilMs) return found.price;
      const entry = { price: ask(), untilMs: clock.nowMs() + keptMs };
      kept.set(key, entry);
      entry.price.then(
        (price) => {
          if (!price.known) entry.untilMs = Math.min(entry.untilMs, clock.nowMs() + UNKNOWN_KEPT_MS);
        },
        () => kept.delete(key),
      );
      return entry.price;
    },
  };
}
