import { createHash } from "node:crypto";

/** The same hexadecimal digits for the same parts: ids that an emulated cloud gives out. `digits` is at most 64. */
export function stableHex(digits: number, ...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, digits);
}

/** A version 4 UUID made of the parts. */
export function stableUuid(...parts: readonly string[]): string {
  const hex = stableHex(32, ...parts);
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** Decimal digits made of the parts, the first not zero: numeric ids. `digits` is at most 18. */
export function stableDigits(digits: number, ...parts: readonly string[]): string {
  const number = BigInt(`0x${stableHex(30, ...parts)}`) % 10n ** BigInt(digits - 1);
  const first = 1 + (Number.parseInt(stableHex(2, "first", ...parts), 16) % 9);
  return `${first}${String(number).padStart(digits - 1, "0")}`;
}
