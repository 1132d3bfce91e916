import type { Random } from "./random.ts";

/** The machine's own randomness; not for secrets. */
export const systemRandom: Random = Object.freeze({ next: () => Math.random() });

/** The same numbers for the same seed, on every machine: a 32-bit Weyl sequence through the murmur3 finaliser, 53 bits a draw. */
export function createSeededRandom(seed: number): Random {
  let state = Math.trunc(seed) | 0;
  const bits = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix(mix(state) ^ seed) >>> 0;
  };
  return { next: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53 };
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
