import { isTimeout } from "../async/with-timeout.ts";
import type { ClusterProblem } from "../cluster/cluster.ts";
import { isCloudError } from "./cloud-error.ts";

/**
 * A failure as plain data for gaps and problems. A CloudError keeps its kind; a deadline that passed on a read is `transient`;
 * anything else is a bug or a stranger and becomes `internal`.
 */
export function failureOf(error: unknown): ClusterProblem {
  if (isCloudError(error)) return { kind: error.kind, message: error.message };
  if (isTimeout(error)) return { kind: "transient", message: (error as Error).message };
  if (error instanceof Error) return { kind: "internal", message: `${error.name}: ${error.message}` };
  return { kind: "internal", message: `something that is not an error was thrown (a ${typeof error})` };
}
