import type { CloudErrorKind } from "../../errors/cloud-error.ts";
import type { Call } from "../call-policy.ts";

/** What passes by itself. `timeoutUnknown` may have had its effect, so only what has no second effect may be repeated after it. */
const PASSING: readonly CloudErrorKind[] = ["throttled", "transient", "propagation", "timeoutUnknown"];

/** Reads may be repeated; a mutation only under an idempotency key, whatever the failure says of itself. */
export function isRepeatable(call: Call, kind: CloudErrorKind): boolean {
  const isSafe = !call.mutating || call.idempotencyKey !== undefined;
  return isSafe && PASSING.includes(kind);
}
