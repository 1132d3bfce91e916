import type { Cluster, ClusterSelector, Prices, Taint } from "@flotilla/core";
import type { NamedCluster } from "@flotilla/scheduler";

/** `flotilla.yaml` as written: which providers make the fleet, and what is known about its clusters. */
export interface Config {
  readonly apiVersion: typeof CONFIG_API_VERSION;
  readonly kind: "Config";
  /** The fleet's name goes into labels, so it is a DNS-1123 name. Absent: an unnamed fleet. */
  readonly metadata?: { readonly name?: string };
  readonly spec: ConfigSpec;
}

export const CONFIG_API_VERSION = "flotilla.dev/v1alpha1";

interface ConfigSpec {
  readonly providers: readonly ConfigProvider[];
  /** Adds to or corrects what discovery found; every entry whose clusters match applies, in order. */
  readonly clusters?: readonly ClusterCorrection[];
  /** Go before the providers' own prices, in this order. Relative paths start from the configuration. */
  readonly priceFiles?: readonly string[];
}

export interface ConfigProvider {
  /** A package (`@flotilla/kube`) or a path, whose `flotillaProvider` is the factory. */
  readonly use: string;
  /** Unique. Default: the package's name without scope and `provider-`. */
  readonly name?: string;
  readonly options?: unknown;
}

export interface ClusterCorrection extends Partial<Pick<Cluster, "provider" | "zones" | "alias">> {
  readonly clusters: ClusterSelector;
  readonly region?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
}

/** A configuration ready for use; providers are not loaded yet. */
export interface LoadedConfig {
  /** Empty: an unnamed fleet. */
  readonly fleet: string;
  /** As the user names it; `null` without a configuration. */
  readonly file: string | null;
  readonly priceLists: readonly Prices[];
  readonly adjust: (cluster: Cluster) => Cluster;
  /** By the configuration and its price files. */
  readonly namedClusters: readonly NamedCluster[];
  /** Changes whenever the configuration, a price file or the chosen contexts do: part of every plan. */
  readonly digest: string;
}
