import type { Cluster, Scope } from "../cluster/cluster.ts";
import type { Gap } from "./fleet-observation.ts";

/** Where to look, and how hard. */
export interface DiscoverFleetInput {
  /** Only these scopes of every provider; absent means all that the credentials see. */
  readonly scopes?: readonly Scope[];
  /** Told of everything the moment it is found, in no particular order and before duplicates are merged. Must not throw. */
  readonly onEvent?: (event: FleetEvent) => void;
  /** Providers asked at a time. Default `PROVIDERS_AT_A_TIME`. */
  readonly concurrency?: number;
  /** Longest time one provider may take. Default `PROVIDER_TIMEOUT_MS`. */
  readonly providerTimeoutMs?: number;
}

/** Progress of a discovery. `provider` is the instance's name in the configuration. */
export type FleetEvent =
  | { readonly type: "cluster"; readonly provider: string; readonly cluster: Cluster }
  | { readonly type: "scopeDone"; readonly provider: string; readonly scope: Scope }
  | { readonly type: "gap"; readonly gap: Gap };

/** Configurations have a handful of providers, and each bounds its own calls: this only keeps a long list from starting at once. */
export const PROVIDERS_AT_A_TIME = 16;
/** A large account listed region by region takes seconds; past this a person would rather see a gap. */
export const PROVIDER_TIMEOUT_MS = 60_000;
