import * as z from "zod";
import type { ExplainView } from "../explain-view.ts";
import type { KeptObjectView, PlannedObjectView, PlanView } from "../plan-view.ts";
import { clusterId, isoTime, plannedWorkloadFields, refFields } from "./shared.ts";

export function planSchema(): z.ZodType<PlanView> {
  const workloads = z.array(z.object(plannedWorkloadFields()));
  return z.object({
    planId: z.string(),
    fleet: z.string().describe("empty for an unnamed fleet"),
    createdAt: isoTime(),
    workloads,
    standalone: workloads.describe("objects that no workload brings along; replicas counts copies"),
    cost: z.object({
      perMonthUsd: z.number(),
      evenSplitPerMonthUsd: z.number(),
      unknown: z.array(z.string()).describe("prices that are not in the sums, with the reason"),
    }),
    objects: z.array(plannedObject()),
    removals: z.array(plannedObject()),
    kept: z.array(keptObject()).describe("stays although the manifests do not put it there"),
    lost: z.array(clusterId()).describe("given up by the user (--lose)"),
    assumed: z.array(z.string()).describe("references outside the manifests that are taken for there"),
    warnings: z.array(z.string()),
  });
}

function plannedObject(): z.ZodType<PlannedObjectView> {
  return z.object({ cluster: clusterId(), ...refFields() });
}

function keptObject(): z.ZodType<KeptObjectView> {
  return z.object({ cluster: clusterId(), ...refFields(), reason: z.enum(["volume", "held", "assumed"]) });
}

export function explainSchema(): z.ZodType<ExplainView> {
  return z.object({
    workloads: z.array(z.object({ planId: z.string(), createdAt: isoTime(), ...plannedWorkloadFields() })),
  });
}
