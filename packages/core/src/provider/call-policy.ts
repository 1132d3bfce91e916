import type { Scope } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";

/** The one retry and rate-limit layer. Every method of a narrow client goes through it; SDK retries are off. */
export interface CallPolicy {
  /**
   * Runs `fn`, waiting for a token of the bucket (provider, scope, region, action) and repeating what may be repeated:
   * reads, and mutations with an `idempotencyKey`, on `throttled`, `transient`, `propagation` and `timeoutUnknown`. A mutation
   * without a key is never repeated.
   *
   * @throws the last CloudError; the signal's reason when aborted.
   */
  run<T>(call: Call, fn: (ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<T>;
}

/** What a call is, for sharing rates and for deciding whether it may be repeated. Tells nothing of its arguments. */
export interface Call {
  readonly provider: string;
  readonly scope: Scope;
  readonly region?: string;
  readonly action: string;
  readonly mutating: boolean;
  readonly idempotencyKey?: string;
}
