import * as z from "zod";
import type { AmountsView, ClusterView, DiscoverView } from "../discover-view.ts";
import { clusterId, gapSchema, isoTime } from "./shared.ts";

export function discoverSchema(): z.ZodType<DiscoverView> {
  return z.object({
    takenAt: isoTime(),
    clusters: z.array(clusterSchema()),
    gaps: z.array(gapSchema()),
  });
}

function clusterSchema(): z.ZodType<ClusterView> {
  return z.object({
    id: clusterId(),
    provider: z.string(),
    scope: z.string(),
    region: z.string().nullable(),
    zones: z.array(z.string()),
    name: z.string(),
    alias: z.string().nullable(),
    phase: z.enum(["creating", "ready", "updating", "deleting", "degraded", "failed", "stopped", "unknown"]),
    kubernetesVersion: z.string().nullable(),
    nodes: z.int().min(0).nullable(),
    capacity: amounts().nullable().describe("allocatable on ready, schedulable nodes; null where unknown"),
    requested: amounts().nullable(),
    pricePerHourUsd: z.number().min(0).nullable(),
    priceSource: z.string().nullable(),
    priceProblem: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    taints: z.array(
      z.object({
        key: z.string(),
        value: z.exactOptional(z.string()),
        effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
      }),
    ),
    network: z.object({
      id: z.string().nullable(),
      cidrs: z.array(z.string()),
      podCidrs: z.array(z.string()),
      serviceCidrs: z.array(z.string()),
    }),
    endpoint: z
      .object({ url: z.string(), access: z.enum(["public", "private", "publicAndPrivate", "unknown"]) })
      .nullable(),
    aliasIds: z.array(z.string()).describe("other ids under which this cluster was found"),
    warnings: z.array(z.string()),
    problem: z
      .exactOptional(z.object({ kind: failureKind(), message: z.string() }))
      .describe("why a cluster that is named cannot be read"),
    capacityProblem: z.exactOptional(z.string()),
  });
}

function failureKind(): z.ZodType<NonNullable<ClusterView["problem"]>["kind"]> {
  return z.enum([
    "throttled",
    "transient",
    "timeoutUnknown",
    "busy",
    "stale",
    "propagation",
    "quota",
    "capacity",
    "offering",
    "denied",
    "unauthenticated",
    "policy",
    "disabled",
    "notFound",
    "exists",
    "inUse",
    "invalid",
    "cancelled",
    "internal",
  ]);
}

function amounts(): z.ZodType<AmountsView> {
  const amount = z.int().min(0);
  return z.object({ cpuMilli: amount, memoryBytes: amount, pods: amount });
}
