import type { CloudProvider, ClusterRef, Offering } from "@flotilla/core";

export type Capability = "clusters" | "networks" | "vpn" | "prices" | "quotas" | "operations";

/** How the kit gets at a provider: over an emulator, recorded answers or the real cloud. */
export interface CloudProviderHarness {
  /** A provider that sees at least one cluster which can be connected to. */
  readonly create: () => Promise<CloudProvider>;
  /** The optional capabilities it has. The kit checks that this is so, and skips the cases of the others with that reason. */
  readonly capabilities: readonly Capability[];
  /** Well-formed, and names no cluster. */
  readonly absent: ClusterRef;
  /** A provider some part of whose fleet cannot be listed, while another part can. */
  readonly createWithGap?: () => Promise<CloudProvider>;
  /** Something that has a price, where `prices` is a capability. */
  readonly priced?: Offering;
}
