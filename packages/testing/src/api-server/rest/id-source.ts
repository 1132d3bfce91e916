import type { Random } from "@flotilla/core";

/** Makes uids and name suffixes. */
export interface IdSource {
  /** A version 4 UUID. */
  uuid(): string;
  /** Letters and digits for generated names. */
  suffix(length: number): string;
}

/** No vowels and no look-alikes, so that no words come out. Source: k8s.io/apimachinery/pkg/util/rand. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Ids from a source of randomness: with a seeded one always the same ones in the same order. */
export function createIdSource(random: Random): IdSource {
  const below = (limit: number): number => Math.floor(random.next() * limit);
  return {
    uuid() {
      const raw = Array.from({ length: 16 }, () => below(256));
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = raw.map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
    },
    suffix: (length) => Array.from({ length }, () => ALPHABET[below(ALPHABET.length)]).join(""),
  };
}
