import type { Scope } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";

/** Networks that clusters live in. The network issue adds what it needs to mutate them. */
export interface Networks {
  /** Every network of a scope with its address ranges. Reads only. */
  list(input: { readonly scope: Scope; readonly region?: string }, ctx: Ctx): Promise<readonly Network[]>;
}

/** A network and its address ranges in CIDR notation; `region` is `null` where networks are global. */
export interface Network {
  readonly id: string;
  readonly scope: Scope;
  readonly region: string | null;
  readonly cidrs: readonly string[];
}
