import type { ObjectRef } from "@flotilla/core";

/** `progressing` will get there by itself; `degraded` runs with less than asked; `failed` needs a person; `unknown`: not read. */
export type Health = "healthy" | "progressing" | "degraded" | "failed" | "unknown" | "missing";

export interface WorkloadStatus {
  readonly ref: ObjectRef;
  readonly replicas: ReplicaCounts;
  readonly health: Health;
  readonly clusters: readonly ClusterWorkloadStatus[];
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
