import * as z from "zod";
import { DEFAULT_PLACEMENT } from "../default-placement.ts";
import type { PlacementPolicy, PlacementSpec, ReplicaRules, SpreadBy } from "../placement-policy.ts";
import type { PolicyMetadata } from "./policy-metadata.ts";
import {
  clusterSelectorSchema,
  metadataSchema,
  tolerationSchema,
  workloadSelectorsSchema,
} from "./selector-schemas.ts";

function spreadBySchema(): z.ZodType<SpreadBy> {
  const label = z
    .string()
    .regex(/^label:.+$/)
    .transform((by) => by as SpreadBy); // checked by the expression above
  // A label called KEY is one of the labels: it stands among the words so that errors and editors offer its form.
  return z.union([z.enum(["provider", "region", "zone", "cluster", "label:KEY"]), label]);
}

function replicasSchema(): z.ZodType<ReplicaRules> {
  return z.strictObject({
    mode: z.enum(["Divide", "Duplicate"]).default("Divide"),
    divideBy: z.enum(["Score", "Weights", "Capacity", "Cost", "Pack"]).default("Score"),
    weights: z
      .array(z.strictObject({ clusters: clusterSelectorSchema().default({}), weight: z.number().min(0) }))
      .default([])
      .describe("For divideBy Weights: the greatest weight among matching rules counts."),
    limits: z
      .array(
        z.strictObject({
          clusters: clusterSelectorSchema().default({}),
          min: z.exactOptional(z.int().min(0)),
          max: z.exactOptional(z.int().min(0)),
        }),
      )
      .default([]),
    partial: z.boolean().default(true).describe("false: all replicas or none."),
  });
}

function specSchema(): z.ZodType<PlacementSpec> {
  return z.strictObject({
    workloads: workloadSelectorsSchema(),
    priority: z.int().default(0).describe("Of several policies that select an object the greatest wins."),
    clusters: clusterSelectorSchema().default({}),
    tolerations: z.array(tolerationSchema()).default([]),
    spread: z
      .array(
        z.strictObject({
          by: spreadBySchema(),
          minGroups: z.exactOptional(z.int().min(1)),
          maxGroups: z.exactOptional(z.int().min(1)),
          maxSharePercent: z.exactOptional(z.int().min(1).max(100)),
        }),
      )
      .default([]),
    replicas: replicasSchema().default(DEFAULT_PLACEMENT.replicas),
    score: z
      .record(z.string().min(1), z.number().min(0))
      .default({ ...DEFAULT_PLACEMENT.score })
      .describe("Weights of scores by name; only those named count."),
    regions: z
      .strictObject({
        prefer: z.exactOptional(z.array(z.string().min(1))).describe("Earlier is better."),
        near: z.exactOptional(z.strictObject({ region: z.string().min(1) })),
      })
      .default({}),
    unknownPrice: z.enum(["Exclude", "Worst", "Neutral", "Fail"]).default("Worst"),
    unknownCapacity: z.enum(["Exclude", "Neutral"]).default("Exclude"),
  });
}

/** A placement policy's file, with defaults filled in. */
export interface PlacementDocument {
  readonly metadata: PolicyMetadata;
  readonly spec: PlacementSpec;
}

export function placementSchema(kind: PlacementPolicy["kind"]): z.ZodType<PlacementDocument> {
  return z.strictObject({
    apiVersion: z.literal("flotilla.dev/v1alpha1"),
    kind: z.literal(kind),
    metadata: metadataSchema(),
    spec: specSchema(),
  });
}
