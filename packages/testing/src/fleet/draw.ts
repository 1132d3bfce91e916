import type { Random } from "@flotilla/core";

/** Draws of a seeded generator, in the words of what they decide. */
export interface Draw {
  /** `true` in `percent` of a hundred. */
  chance(percent: number): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T;
}

export function createDraw(random: Random): Draw {
  const between = (min: number, max: number): number => min + Math.floor(random.next() * (max - min + 1));
  return {
    chance: (percent) => random.next() * 100 < percent,
    between,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new RangeError("nothing to pick from");
      return from[between(0, from.length - 1)] as T; // the index is within the bounds just checked
    },
  };
}
