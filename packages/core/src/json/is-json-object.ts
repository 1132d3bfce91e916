/** A JSON object: not `null`, not an array. Says nothing about its members. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
