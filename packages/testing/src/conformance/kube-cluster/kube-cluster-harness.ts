import type { KubeCluster } from "@flotilla/core";
import type { TcpLink } from "../../link/tcp-link.ts";

/**
 * `admin` may do everything. `viewer` is known to the server and may do nothing. `stranger` shows a credential that the
 * server does not know.
 */
export type KubeIdentity = "admin" | "viewer" | "stranger";

/** How the kit gets at one cluster. What is optional and absent makes the cases that need it skips, with the reason. */
export interface KubeClusterHarness {
  /** A new connection; the kit disposes it. */
  readonly connect: (as: KubeIdentity) => Promise<KubeCluster>;
  /** A new `admin` connection through `link`, and that link, which no other connection uses. */
  readonly connectThroughLink?: () => Promise<{ readonly cluster: KubeCluster; readonly link: TcpLink }>;
  /** Makes the server forget its history up to now, so that resourceVersions seen so far are too old to watch from. */
  readonly compact?: () => Promise<void>;
  /** `true` where nodes exist and pods may be bound to them. */
  readonly hasNodes?: boolean;
  /** How long a case may wait for the server to do something by itself. Default 15 s: real controllers take their time. */
  readonly patienceMs?: number;
}
