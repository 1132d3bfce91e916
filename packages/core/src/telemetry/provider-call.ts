import type { CloudErrorKind } from "../errors/cloud-error.ts";

/** Name of the `node:diagnostics_channel` on which every provider call is told. Costs nothing while nobody listens. */
export const PROVIDER_CALL_CHANNEL = "flotilla:provider.call";

/** What call it is about: never an argument, a key or a credential. */
export interface ProviderCallName {
  readonly provider: string;
  readonly scope: string;
  readonly region?: string;
  readonly action: string;
  readonly mutating: boolean;
}

/** One fact about a provider call. `attempt` counts from 1; all times in milliseconds. */
export type ProviderCallFact = ProviderCallName &
  (
    | { readonly type: "start"; readonly attempt: number; readonly atMs: number; readonly waitedMs: number }
    | {
        readonly type: "end";
        readonly attempt: number;
        readonly durationMs: number;
        readonly outcome: "ok" | CloudErrorKind;
      }
    /** The attempt failed and will be repeated after `waitMs` and a token. */
    | { readonly type: "retry"; readonly attempt: number; readonly waitMs: number; readonly kind: CloudErrorKind }
    /** The attempt could have been repeated, but the retry budget is spent: an outage must not be multiplied. */
    | { readonly type: "budgetSpent"; readonly attempt: number; readonly kind: CloudErrorKind }
    /** The cloud said "slow down": everyone on this bucket pauses, then goes on at `ratePerSecond`. */
    | { readonly type: "throttle"; readonly pauseMs: number; readonly ratePerSecond: number }
  );
