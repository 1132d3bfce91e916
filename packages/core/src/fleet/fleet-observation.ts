import type { Cluster, ClusterRef, Scope } from "../cluster/cluster.ts";
import type { CloudErrorKind } from "../errors/cloud-error.ts";

/** What discovery found, and what it could not look at. Clusters and gaps are sorted, so two equal fleets compare equal. */
export interface FleetObservation {
  readonly takenAtMs: number;
  readonly clusters: readonly Cluster[];
  readonly gaps: readonly Gap[];
}

/** A part of the fleet that could not be enumerated. */
export interface Gap {
  /** The provider instance's name in the configuration. */
  readonly provider: string;
  readonly scope: Scope;
  readonly region: string | null;
  readonly ref?: ClusterRef;
  readonly kind: CloudErrorKind;
  readonly message: string;
}
