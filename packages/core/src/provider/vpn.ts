import type { Scope } from "../cluster/cluster.ts";
import type { Ctx } from "./ctx.ts";

/** Site-to-site links. The network issue adds what it needs to mutate them. */
export interface Vpn {
  /** Every link of a scope and whether it is up. Reads only. */
  list(input: { readonly scope: Scope; readonly region?: string }, ctx: Ctx): Promise<readonly VpnLink[]>;
}

/** A site-to-site link and whether traffic can pass. */
export interface VpnLink {
  readonly id: string;
  readonly phase: "up" | "down" | "unknown";
}
