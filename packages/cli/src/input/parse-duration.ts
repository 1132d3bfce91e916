import { UsageError } from "./usage-error.ts";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION_MS_MAX = 24 * 3_600_000;

/** `90s`, `5m`, `1h30m`, `500ms` → milliseconds; more than zero and at most a day. @throws UsageError */
export function parseDuration(text: string, option: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const totalMs = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ""] ?? 0), 0);
  const isWhole = parts.map(([part]) => part).join("") === text && text !== "";
  if (!isWhole || totalMs <= 0 || totalMs > DURATION_MS_MAX) {
    throw new UsageError(`${option} "${text}": expected a time such as 90s, 5m or 1h30m, at most 24h`);
  }
  return Math.round(totalMs);
}
