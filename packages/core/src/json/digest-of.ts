import { canonicalJson } from "./canonical-json.ts";

/**
 * SHA-256 of the canonical JSON, in lower-case hex: equal exactly for equal JSON values, on every machine.
 *
 * @throws CloudError `invalid` where `canonicalJson` does.
 */
export function digestOf(value: unknown): string {
  // Taken when needed: importing this package must not pay for node:crypto.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
