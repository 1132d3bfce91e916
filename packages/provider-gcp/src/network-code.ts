/** What clients call the end of a wait; their texts differ. */
const ENDED: ReadonlySet<string> = new Set(["TimeoutError", "AbortError"]);

/**
 * Why there was no answer: `ECONNREFUSED`, `UND_ERR_SOCKET`, `TimeoutError`, …. Clients have it on the error, on its cause, or
 * on the first of several addresses that were tried. Only a code is taken: a text can quote what was sent.
 */
export function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (ENDED.has(error.name)) return error.name;
  if ("code" in error && typeof error.code === "string") return error.code;
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return networkCode(error.cause) ?? networkCode(first);
}
