import { meanOf } from "../framework/mean-of.ts";
import { SCORE_MAX } from "../framework/score-max.ts";
import type { Score, ScoreColumn } from "../framework/score.ts";

/**
 * Prefers cheap clusters: the cheapest price of a replica, divided by this one. Twice the price is half the score, and a price
 * that differs by 1 % moves the score by 1 % (a scale from cheapest to dearest would blow that up to 100). Raw: USD per hour.
 * Unknown prices: 0 under `Worst`, the mean of the known under `Neutral`.
 */
export const costScore: Score = {
  name: "cost",
  score({ context, candidates }): ScoreColumn {
    const raw = new Float64Array(candidates.length);
    let cheapest = Number.POSITIVE_INFINITY;
    for (let position = 0; position < candidates.length; position += 1) {
      const price = context.priceAt(candidates[position] ?? -1) / 1_000_000;
      raw[position] = price;
      if (price < cheapest) cheapest = price;
    }
    const ratios = raw.map((price) => (price === cheapest ? SCORE_MAX : (SCORE_MAX * cheapest) / price));
    const unknown = context.spec.unknownPrice === "Neutral" ? (meanOf(ratios) ?? SCORE_MAX / 2) : 0;
    const notes = new Map<number, string>();
    const normalized = ratios.map((ratio, position) => {
      if (!Number.isNaN(ratio)) return ratio;
      notes.set(position, `price unknown, taken as ${context.spec.unknownPrice}`);
      return unknown;
    });
    return { raw, normalized, applies: true, notes };
  },
};
