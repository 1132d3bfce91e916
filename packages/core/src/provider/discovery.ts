import type { Cluster, ClusterRef, Scope } from "../cluster/cluster.ts";
import type { CloudError } from "../errors/cloud-error.ts";
import type { Ctx } from "./ctx.ts";

/** Finding clusters: part of every provider. */
export interface Discovery {
  /**
   * Streams what is found, as it is found, and ends when every scope is done or a gap. Reads only; may be repeated freely.
   * What could not be looked at is a `gap` event, not an exception, so that "could not look" is never taken for "is gone".
   * A cluster that is named but cannot be read is still a `cluster` event, with its `problem`.
   *
   * @throws CloudError only when nothing at all can be done (bad options, no credentials); the signal's reason when aborted.
   */
  discover(input: DiscoverInput, ctx: Ctx): AsyncIterable<DiscoveryEvent>;
}

/** Where to look. */
export interface DiscoverInput {
  /** Only these; absent means every scope the credentials see. */
  readonly scopes?: readonly Scope[];
}

/** Something found, a scope finished, or a part that could not be looked at. */
export type DiscoveryEvent =
  | { readonly type: "cluster"; readonly cluster: Cluster }
  | { readonly type: "scopeDone"; readonly scope: Scope }
  | {
      readonly type: "gap";
      readonly scope: Scope;
      /** A region or zone, where only that part is missing. */
      readonly location?: string;
      readonly ref?: ClusterRef;
      readonly error: CloudError;
    };
