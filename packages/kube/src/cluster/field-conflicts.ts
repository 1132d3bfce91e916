import type { FieldConflict } from "@flotilla/core";
import { readStatusBody } from "../http/status-body.ts";

/**
 * The conflicts of a refused server-side apply; empty for any other 409. The manager stands only in the cause's message,
 * `conflict with "NAME"` and then details. Source: apiserver `NewApplyConflict` and `managedfields` conflict messages.
 */
export function readFieldConflicts(body: unknown): readonly FieldConflict[] {
  const causes = readStatusBody(body)?.causes ?? [];
  return causes
    .filter((cause) => cause.reason === "FieldManagerConflict")
    .map((cause) => ({ field: cause.field, manager: managerOf(cause.message) }));
}

function managerOf(message: string): string {
  const quoted = /^conflict with ("(?:[^"\\]|\\.)*")/.exec(message)?.[1];
  if (quoted === undefined) return "unknown";
  try {
    const name: unknown = JSON.parse(quoted);
    return typeof name === "string" ? name : "unknown";
  } catch {
    return quoted.slice(1, -1); // Go escapes that JSON does not have
  }
}
