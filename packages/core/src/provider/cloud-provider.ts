import type { Clusters } from "./clusters.ts";
import type { Credentials } from "./credentials.ts";
import type { Discovery } from "./discovery.ts";
import type { Networks } from "./networks.ts";
import type { Operations } from "./operations.ts";
import type { Prices } from "./prices.ts";
import type { Quotas } from "./quotas.ts";
import type { Vpn } from "./vpn.ts";

/**
 * One cloud, or anything else that has clusters. `discovery` and `credentials` are required; every other capability is
 * optional, and an absent one means "not me", found out when planning. Nothing in the product branches on `id`.
 * Factories do no I/O and load no SDK: that happens inside the capability, at the first call.
 */
export interface CloudProvider {
  /** `aws`, `gcp`, `azure`, `kubeconfig`, …: the first part of its clusters' ids. */
  readonly id: string;
  /** The configuration's name for this instance: gaps and logs use it. */
  readonly name: string;
  readonly discovery: Discovery;
  readonly credentials: Credentials;
  readonly clusters?: Clusters;
  readonly networks?: Networks;
  readonly vpn?: Vpn;
  readonly prices?: Prices;
  readonly quotas?: Quotas;
  readonly operations?: Operations;
}
