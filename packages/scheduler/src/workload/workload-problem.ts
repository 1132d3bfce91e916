import type { DocumentPath } from "@flotilla/core";

/** Something in a workload that cannot be read: `path` is into the object. */
export interface WorkloadProblem {
  readonly path: DocumentPath;
  readonly message: string;
}
