import type { Clock } from "../../async/clock.ts";
import type { Call } from "../call-policy.ts";
import { RetryBudget } from "./retry-budget.ts";
import { type BucketLimits, TokenBucket } from "./token-bucket.ts";

/** What a call shares with others: the bucket with its own action, the budget with all actions of one endpoint. */
export interface CallLane {
  readonly bucket: TokenBucket;
  readonly budget: RetryBudget;
}

// A thousand accounts with ten actions each; past it, buckets that remember nothing are dropped.
const BUCKETS_MAX = 10_000;

/** The lanes of one policy, by (provider, scope, region, action). */
export function createCallLanes(clock: Clock, limitsOf: (call: Call) => BucketLimits): (call: Call) => CallLane {
  const buckets = new Map<string, TokenBucket>();
  const budgets = new Map<string, RetryBudget>();
  return (call) => {
    const endpoint = JSON.stringify([call.provider, call.scope, call.region ?? null]);
    const key = `${endpoint} ${call.action}`;
    if (buckets.size >= BUCKETS_MAX && !buckets.has(key)) {
      for (const [each, bucket] of buckets) if (bucket.isIdle) buckets.delete(each);
    }
    return {
      bucket: obtain(buckets, key, () => new TokenBucket(clock, limitsOf(call))),
      budget: obtain(budgets, endpoint, () => new RetryBudget()),
    };
  };
}

function obtain<T>(map: Map<string, T>, key: string, create: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
