import type { Clock, CloudError, Ctx, Random } from "@flotilla/core";
import type { KubeRequest, KubeResponse } from "./kube-request.ts";
import { kindOfResponse } from "./to-cloud-error.ts";
import { ATTEMPTS_MAX, BACKOFF_BASE_MS, BACKOFF_MAX_MS, LOST_ANSWER_ATTEMPTS_MAX } from "./limits.ts";

/** Decides whether and when a request is sent again. */
export interface Retries {
  /** Milliseconds to wait before the next attempt; `undefined`: this outcome is final. */
  waitMs(request: KubeRequest, outcome: KubeResponse | CloudError, attempt: number, ctx: Ctx): number | undefined;
}

/** At most this many repeats in a burst, and then one per `REQUESTS_PER_REPEAT`: a sick server must not get a multiple of the load. */
const REPEATS_BURST = 20;
const REQUESTS_PER_REPEAT = 10;

/** Of the failures on the way, connect time-outs are not repeated here: four of them would use up any caller's patience. */
const NOT_AGAIN: ReadonlySet<string> = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT"]);

export function createRetries(deps: { readonly clock: Clock; readonly random: Random }): Retries {
  let budget = REPEATS_BURST;
  return {
    waitMs(request, outcome, attempt, ctx) {
      if (attempt === 1) budget = Math.min(REPEATS_BURST, budget + 1 / REQUESTS_PER_REPEAT);
      if (attempt >= attemptsMax(request, outcome) || budget < 1 || ctx.signal.aborted) return undefined;
      const waitMs = outcome.retryAfterMs ?? jitteredMs(attempt, deps.random);
      const lateMs = ctx.deadlineMs === undefined ? Number.POSITIVE_INFINITY : ctx.deadlineMs - deps.clock.nowMs();
      if (waitMs > BACKOFF_MAX_MS || waitMs >= lateMs) return undefined;
      budget -= 1;
      return waitMs;
    },
  };
}

/**
 * A 429 was refused before anything was done, so every verb may try again (Kubernetes API priority and fairness). Server
 * trouble and lost connections: only what may be carried out twice, and a write whose answer was lost only once more.
 */
function attemptsMax(request: KubeRequest, outcome: KubeResponse | CloudError): number {
  if (!(outcome instanceof Error)) {
    const kind = kindOfResponse(request, outcome);
    if (kind === "throttled") return ATTEMPTS_MAX;
    return request.repeatable && (kind === "transient" || kind === "timeoutUnknown") ? ATTEMPTS_MAX : 1;
  }
  if (outcome.code === undefined || NOT_AGAIN.has(outcome.code)) return 1;
  if (outcome.kind === "transient") return request.repeatable ? ATTEMPTS_MAX : 1;
  return outcome.kind === "timeoutUnknown" && request.repeatable ? LOST_ANSWER_ATTEMPTS_MAX : 1;
}

function jitteredMs(attempt: number, random: Random): number {
  return random.next() * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1));
}
