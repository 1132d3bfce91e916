import type { Scope } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";

/** What a scope may use and uses. */
export interface Quotas {
  /** Limits and use of one scope in one region; `used` is `null` where the cloud does not tell. Reads only. */
  list(input: { readonly scope: Scope; readonly region: string }, ctx: Ctx): Promise<readonly Quota[]>;
}

/** One limit of one scope in one region, in the cloud's own unit. */
export interface Quota {
  /** The cloud's own name of the metric. */
  readonly metric: string;
  readonly family: string;
  readonly unit: string;
  readonly limit: number;
  readonly used: number | null;
}
