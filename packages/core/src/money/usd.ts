import { HOURS_PER_MONTH, type MicroUsd, type Price } from "./price.ts";

const MICRO_DIGITS = 6;
const AMOUNT = /^(\d{1,18})(?:\.(\d{1,30}))?\s*USD$/;

/**
 * Reads `"0.192 USD"`. The currency is required, so that nobody's euros are taken for dollars. Digits beyond a millionth are
 * rounded half up. `undefined` for anything else: signs, other currencies, amounts past the safe integers.
 */
export function parseUsd(text: string): MicroUsd | undefined {
  const match = AMOUNT.exec(text.trim());
  if (match === null) return undefined;
  const fraction = (match[2] ?? "").padEnd(MICRO_DIGITS + 1, "0");
  const micro =
    BigInt(`${match[1] ?? "0"}${fraction.slice(0, MICRO_DIGITS)}`) + (fraction.charAt(MICRO_DIGITS) >= "5" ? 1n : 0n);
  return micro > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(micro);
}

/**
 * `192000` → `"0.192 USD"`. With `digits` (0 to 6) the amount is rounded half away from zero to that many decimals; without,
 * it is exact with at least two decimals, so that `parseUsd` gives it back.
 */
export function formatUsd(microUsd: MicroUsd, digits?: number): string {
  const sign = microUsd < 0 ? "-" : "";
  const decimals = Math.min(Math.max(digits ?? MICRO_DIGITS, 0), MICRO_DIGITS);
  const unit = 10 ** (MICRO_DIGITS - decimals);
  const text = String(Math.round(Math.abs(microUsd) / unit)).padStart(decimals + 1, "0");
  const whole = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals);
  const shown = digits === undefined ? fraction.replace(/0{1,4}$/, "") : fraction;
  const isZero = /^0*$/.test(text);
  return `${isZero ? "" : sign}${whole}${shown === "" ? "" : `.${shown}`} USD`;
}

/** A known price. @throws RangeError unless the amount is a whole number of micro-USD from zero up: a bug of the caller. */
export function known(microUsd: MicroUsd, source: string, asOfMs: number): Price {
  if (!Number.isSafeInteger(microUsd) || microUsd < 0) {
    throw new RangeError(`a price is a whole number of micro-USD from 0 up, not ${microUsd} (source ${source})`);
  }
  return { known: true, microUsd, source, asOfMs };
}

/** A price that is not to be had, with the reason in words a user reads. */
export function unknownPrice(reason: string): Price {
  return { known: false, reason };
}

/** US dollars a month (730 hours) of an hourly price. A fraction: for showing and comparing, not for adding up. */
export function monthly(microUsdPerHour: MicroUsd): number {
  return (microUsdPerHour * HOURS_PER_MONTH) / 1_000_000;
}
