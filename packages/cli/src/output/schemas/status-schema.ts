import * as z from "zod";
import type { StatusView, WorkloadStatusView } from "../status-view.ts";
import { clusterId, gapSchema, health, refSchema, replicaCount } from "./shared.ts";

export function statusSchema(): z.ZodType<StatusView> {
  return z.object({ workloads: z.array(workloadStatusSchema()), gaps: z.array(gapSchema()) });
}

export function workloadStatusSchema(): z.ZodType<WorkloadStatusView> {
  return z.object({
    ref: refSchema(),
    replicas: z.object({
      desired: replicaCount(),
      ready: replicaCount(),
      updated: replicaCount(),
      available: replicaCount(),
    }),
    health: health(),
    clusters: z.array(
      z.object({
        cluster: clusterId(),
        health: health(),
        replicas: replicaCount(),
        ready: replicaCount(),
        message: z.string(),
      }),
    ),
    objects: z.array(
      z.object({
        ref: refSchema(),
        health: health(),
        clusters: z.array(z.object({ cluster: clusterId(), health: health(), message: z.string() })),
      }),
    ),
  });
}
