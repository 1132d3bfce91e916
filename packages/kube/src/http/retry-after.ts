/**
 * Milliseconds to wait by a `Retry-After` header: seconds or an HTTP date (RFC 9110 section 10.2.3). `undefined` where it is
 * absent, in the past or nonsense. The result may be absurdly long: who obeys it must bound it.
 */
export function retryAfterMs(value: string | string[] | undefined, nowMs: number): number | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  if (first === undefined) return undefined;
  const text = first.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const dateMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) || dateMs <= nowMs ? undefined : dateMs - nowMs;
}
