/**
 * Goes with every call that waits. Aborting stops our waiting, never the cloud's work. `deadlineMs` is the moment, in the
 * clock's epoch milliseconds, after which the caller has no use for an answer.
 */
export interface Ctx {
  readonly signal: AbortSignal;
  readonly deadlineMs?: number;
}
