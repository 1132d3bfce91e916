import { channel } from "node:diagnostics_channel";
import type { Clock } from "../../async/clock.ts";
import type { Random } from "../../async/random.ts";
import { backoffMs } from "../../async/retry.ts";
import { type CloudError, type CloudErrorKind, isCloudError } from "../../errors/cloud-error.ts";
import { PROVIDER_CALL_CHANNEL, type ProviderCallFact, type ProviderCallName } from "../../telemetry/provider-call.ts";
import type { Call, CallPolicy } from "../call-policy.ts";
import type { Ctx } from "../ctx.ts";
import { type CallLane, createCallLanes } from "./call-lane.ts";
import { isRepeatable } from "./is-repeatable.ts";
import type { BucketLimits } from "./token-bucket.ts";

/** What the policy waits and draws with. */
export interface CallPolicyDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Numbers of the policy; the defaults are the exported constants. */
export interface CallPolicyOptions {
  /** Attempts in all. Default `CALL_ATTEMPTS_MAX`. */
  readonly attemptsMax?: number;
  /** A call that was asked for so long in vain is not repeated. Default `CALL_ASKED_MS_MAX`. */
  readonly askedMsMax?: number;
  /** Full-jitter back-off. Defaults `CALL_BACKOFF`. */
  readonly backoff?: { readonly baseMs: number; readonly capMs: number };
  /** The rate of a call's bucket, from what the cloud documents. Default `BUCKET_LIMITS` for each. */
  readonly limits?: (call: Call) => BucketLimits;
}

/** With the back-off below a call gives up after some ten seconds, before a person does. */
export const CALL_ATTEMPTS_MAX = 5;
/**
 * Waiting for answers that do not come, not our own turns and pauses. A request that was lost is repeated once; then who waits
 * is told which host is silent, before the deadline of the whole says less. Providers give a request 20 s at most.
 */
export const CALL_ASKED_MS_MAX = 25_000;
/** Half a second is longer than a load balancer needs to drop a dead backend; twenty, than a quota window lasts. */
export const CALL_BACKOFF: { readonly baseMs: number; readonly capMs: number } = { baseMs: 500, capMs: 20_000 };
/** A first guess, above what a fleet of hundreds needs and below most documented read quotas; throttles correct it. */
export const BUCKET_LIMITS: BucketLimits = { ratePerSecond: 50, burst: 100 };

/**
 * The one retry and rate-limit layer (see `CallPolicy`). One per process: buckets and budgets live in it. It tells every
 * attempt on the diagnostics channel `flotilla:provider.call`.
 */
export function createCallPolicy(deps: CallPolicyDeps, options: CallPolicyOptions = {}): CallPolicy {
  const laneOf = createCallLanes(deps.clock, options.limits ?? (() => BUCKET_LIMITS));
  const facts = channel(PROVIDER_CALL_CHANNEL);
  return {
    run<T>(call: Call, fn: (ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<T> {
      const tell: Tell = (fact) => {
        // Looked at first, so that nothing is built for nobody.
        if (facts.hasSubscribers) facts.publish({ ...nameOf(call), ...fact() });
      };
      return runCall({ ...deps, options, lane: laneOf(call), call, tell }, fn, ctx);
    },
  };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Tell = (fact: () => DistributiveOmit<ProviderCallFact, keyof ProviderCallName>) => void;

interface Run extends CallPolicyDeps {
  readonly options: CallPolicyOptions;
  readonly lane: CallLane;
  readonly call: Call;
  readonly tell: Tell;
}

async function runCall<T>(run: Run, fn: (ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<T> {
  run.lane.budget.earn();
  let last: CloudError | undefined;
  let askedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    const askedAtMs = run.clock.nowMs();
    await takeToken(run, last, ctx);
    const startedAtMs = run.clock.nowMs();
    run.tell(() => ({ type: "start", attempt, atMs: startedAtMs, waitedMs: startedAtMs - askedAtMs }));
    try {
      const value = await fn(ctx);
      run.tell(() => ({ type: "end", attempt, durationMs: run.clock.nowMs() - startedAtMs, outcome: "ok" }));
      return value;
    } catch (error) {
      const outcome = isCloudError(error) ? error.kind : "internal";
      run.tell(() => ({ type: "end", attempt, durationMs: run.clock.nowMs() - startedAtMs, outcome }));
      askedMs += run.clock.nowMs() - startedAtMs;
      const waitMs = whenToRepeat(run, error, { attempt, startedAtMs, askedMs }, ctx);
      if (waitMs === undefined || !isCloudError(error)) throw error;
      last = error;
      await run.clock.sleep(waitMs, { signal: ctx.signal });
    }
  }
}

/** Where a repetition finds no token before the deadline, the failure to be repeated says more than the missing token. */
async function takeToken(run: Run, last: CloudError | undefined, ctx: Ctx): Promise<void> {
  try {
    await run.lane.bucket.take(ctx);
  } catch (error) {
    throw ctx.signal.aborted ? error : (last ?? error);
  }
}

interface Tried {
  readonly attempt: number;
  readonly startedAtMs: number;
  /** How long all attempts waited for their answers. */
  readonly askedMs: number;
}

/** How long to wait before the next attempt; `undefined` when there is none. */
function whenToRepeat(run: Run, error: unknown, tried: Tried, ctx: Ctx): number | undefined {
  const { attempt, startedAtMs, askedMs } = tried;
  if (!isCloudError(error)) return undefined; // a bug is not made better by doing it again
  if (error.kind === "throttled") slowDown(run, error, startedAtMs);
  const { attemptsMax = CALL_ATTEMPTS_MAX, askedMsMax = CALL_ASKED_MS_MAX, backoff = CALL_BACKOFF } = run.options;
  if (error.kind !== "throttled" && askedMs >= askedMsMax) return undefined;
  if (ctx.signal.aborted || attempt >= attemptsMax || !isRepeatable(run.call, error.kind)) return undefined;
  const waitMs = backoffMs(attempt, run.random, backoff) + (error.retryAfterMs ?? 0);
  if (ctx.deadlineMs !== undefined && run.clock.nowMs() + waitMs >= ctx.deadlineMs) return undefined;
  const { kind } = error;
  if (!mayRepeat(run, kind)) {
    run.tell(() => ({ type: "budgetSpent", attempt, kind }));
    return undefined;
  }
  run.tell(() => ({ type: "retry", attempt, waitMs, kind }));
  return waitMs;
}

function slowDown(run: Run, error: CloudError, startedAtMs: number): void {
  const effect = run.lane.bucket.throttled(startedAtMs, error.retryAfterMs);
  run.tell(() => ({ type: "throttle", ...effect }));
}

function mayRepeat(run: Run, kind: CloudErrorKind): boolean {
  return kind === "throttled" || run.lane.budget.spend();
}

function nameOf(call: Call): ProviderCallName {
  const { provider, scope, region, action, mutating } = call;
  return { provider, scope, ...(region === undefined ? {} : { region }), action, mutating };
}
