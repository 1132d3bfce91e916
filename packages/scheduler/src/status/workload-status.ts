import type { Gap, ObjectRef } from "@flotilla/core";

/** `progressing` will get there by itself; `degraded` runs with less than asked; `failed` needs a person; `unknown`: not read. */
export type Health = "healthy" | "progressing" | "degraded" | "failed" | "unknown" | "missing";

/** How the fleet's workloads do. `gaps`: parts of the fleet that could not be
 * enumerated and members that could not be read, where more of them may run. */
export interface FleetStatus {
  readonly workloads: readonly WorkloadStatus[];
  readonly gaps: readonly Gap[];
}

export interface WorkloadStatus {
  readonly ref: ObjectRef;
  readonly replicas: ReplicaCounts;
  readonly health: Health;
  readonly clusters: readonly ClusterWorkloadStatus[];
  /** What the workload brought along: Services, Ingresses, ConfigMaps, …; empty where only the workload was looked at. */
  readonly objects: readonly BroughtObjectStatus[];
}

export interface ReplicaCounts {
  readonly desired: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
}

export interface ClusterWorkloadStatus {
  readonly cluster: string;
  readonly health: Health;
  readonly replicas: number;
  readonly ready: number;
  readonly message: string;
}

export interface BroughtObjectStatus {
  readonly ref: ObjectRef;
  readonly health: Health;
  readonly clusters: readonly ClusterObjectStatus[];
}

export interface ClusterObjectStatus {
  readonly cluster: string;
  readonly health: Health;
  readonly message: string;
}

/** How one live object is doing. `replicas` is what its spec asks for; 0 everywhere for kinds without pods. */
export interface ObjectHealth {
  readonly health: Health;
  readonly message: string;
  readonly replicas: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
}
