import * as z from "zod";
import type { ApplyView, RemovalResultView } from "../apply-view.ts";
import type { DeleteView } from "../delete-view.ts";
import type { DiffView } from "../diff-view.ts";
import { clusterId, refFields, refSchema } from "./shared.ts";
import { workloadStatusSchema } from "./status-schema.ts";

export function applySchema(): z.ZodType<ApplyView> {
  return z.object({
    planId: z.string(),
    outcome: z.enum(["done", "refused", "partial", "interrupted"]),
    refusals: z.array(z.object({ code: refusalCode(), message: z.string() })),
    clusters: z.array(clusterResult()),
    objects: z.array(
      z.object({
        ...refFields(),
        cluster: clusterId(),
        outcome: z.enum([
          "created",
          "changed",
          "unchanged",
          "conflict",
          "foreign",
          "invalid",
          "failed",
          "skipped",
          "pending",
        ]),
        message: z.exactOptional(z.string()),
        conflicts: z.exactOptional(z.array(fieldConflict())),
      }),
    ),
    removals: z.array(removalResult()),
    workloads: z.array(workloadStatusSchema()),
    running: z.array(z.string()).describe("what goes on by itself after an interrupt"),
    warnings: z.array(z.string()),
  });
}

export function deleteSchema(): z.ZodType<DeleteView> {
  return z.object({
    outcome: z.enum(["done", "partial", "interrupted"]),
    workloads: z.array(refSchema()),
    removals: z.array(removalResult()),
    clusters: z.array(clusterResult()),
    notFound: z.array(z.string()),
  });
}

export function diffSchema(): z.ZodType<DiffView> {
  return z.object({
    different: z.boolean(),
    objects: z.array(
      z.object({
        ...refFields(),
        cluster: clusterId(),
        change: z.enum(["create", "change", "unchanged", "remove", "conflict", "foreign", "invalid", "failed"]),
        changes: z.array(jsonChange()),
        conflicts: z.array(fieldConflict()),
        message: z.exactOptional(z.string()),
      }),
    ),
  });
}

function jsonChange(): z.ZodType<DiffView["objects"][number]["changes"][number]> {
  const path = z.string().describe("JSON Pointer");
  return z.discriminatedUnion("op", [
    z.object({ op: z.literal("add"), path, after: z.unknown() }),
    z.object({ op: z.literal("remove"), path, before: z.unknown() }),
    z.object({ op: z.literal("replace"), path, before: z.unknown(), after: z.unknown() }),
  ]);
}

function refusalCode(): z.ZodType<ApplyView["refusals"][number]["code"]> {
  return z.enum([
    "documentsChanged",
    "configurationChanged",
    "fleetChanged",
    "targetUnfit",
    "objectChanged",
    "foreignObject",
    "costMoved",
    "tooOld",
    "nothingFits",
    "shortfall",
    "renderedDifferently",
  ]);
}

function clusterResult(): z.ZodType<ApplyView["clusters"][number]> {
  return z.object({
    cluster: clusterId(),
    outcome: z.enum(["done", "failed", "unreachable", "held"]),
    message: z.exactOptional(z.string()),
  });
}

function removalResult(): z.ZodType<RemovalResultView> {
  return z.object({
    ...refFields(),
    cluster: clusterId(),
    outcome: z.enum(["deleted", "absent", "kept", "pending", "failed"]),
    message: z.exactOptional(z.string()),
  });
}

function fieldConflict(): z.ZodType<NonNullable<ApplyView["objects"][number]["conflicts"]>[number]> {
  return z.object({ field: z.string(), manager: z.string() });
}
