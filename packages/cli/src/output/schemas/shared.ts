import * as z from "zod";
import type { PlacementView, PlannedWorkloadView, RefView, ShortfallView } from "../plan-view.ts";
import type { GapView } from "../gap-view.ts";

/** The fields of a reference, for putting into larger objects. */
export function refFields(): { readonly [K in keyof RefView]: z.ZodType<RefView[K]> } {
  return {
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().nullable().describe("null for kinds without a namespace"),
    name: z.string(),
  };
}

export function refSchema(): z.ZodType<RefView> {
  return z.object(refFields());
}

export function clusterId(): z.ZodType<string> {
  return z.string().describe("whole id of a cluster");
}

export function replicaCount(): z.ZodType<number> {
  return z.int().min(0);
}

export function health(): z.ZodType<"healthy" | "progressing" | "degraded" | "failed" | "unknown" | "missing"> {
  return z.enum(["healthy", "progressing", "degraded", "failed", "unknown", "missing"]);
}

export function isoTime(): z.ZodType<string> {
  return z.iso.datetime();
}

function placement(): z.ZodType<PlacementView> {
  return z.object({
    cluster: clusterId(),
    replicas: replicaCount(),
    held: z.exactOptional(z.boolean()).describe("the cluster cannot be reached and keeps what it has"),
    copies: z.exactOptional(replicaCount()).describe("pods on all nodes together, where one runs on each"),
  });
}

export function plannedWorkloadFields(): {
  readonly [K in keyof PlannedWorkloadView]: z.ZodType<PlannedWorkloadView[K]>;
} {
  return {
    ref: refSchema(),
    policy: z.string().nullable(),
    replicas: replicaCount(),
    unplaced: replicaCount(),
    placements: z.array(placement()),
    previous: z.array(placement()),
    shortfall: shortfall().nullable().describe("why not everything has a place"),
    explanation: explanation(),
  };
}

function shortfall(): z.ZodType<ShortfallView> {
  return z.object({
    code: z.enum(["noCluster", "capacity", "limits", "minima", "spread", "unknownPrice", "allOrNothing", "overrides"]),
    message: z.string(),
    allowed: z.boolean().describe("false: the policy does not put up with it, and apply refuses the plan"),
  });
}

function explanation(): z.ZodType<PlannedWorkloadView["explanation"]> {
  const verdict = z.enum(["chosen", "fits", "unfit", "never", "held"]);
  return z.object({
    summary: z.string(),
    candidates: z.array(
      z.object({
        cluster: clusterId(),
        verdict,
        filters: z.array(
          z.object({
            name: z.string(),
            verdict: z.enum(["fits", "unfit", "never"]),
            reason: z.string(),
            brief: z.exactOptional(z.string()).describe("the reason without this cluster's own figures"),
          }),
        ),
        scores: z.array(
          z.object({
            name: z.string(),
            raw: z.number().nullable(),
            normalized: z.number().min(0).max(100),
            weight: z.number().min(0),
            weighted: z.number(),
          }),
        ),
        score: z.number().nullable(),
        replicas: replicaCount(),
        pricePerMonthUsd: z.number().nullable().describe("of one replica"),
        counterfactual: z.string().nullable(),
      }),
    ),
  });
}

export function gapSchema(): z.ZodType<GapView> {
  return z.object({
    provider: z.string(),
    scope: z.string(),
    region: z.string().nullable(),
    cluster: z.string().nullable().describe("the member that could not be read; null for a whole place"),
    kind: z.string().describe("kind of the failure, such as denied or transient"),
    message: z.string(),
  });
}
