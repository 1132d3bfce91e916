import type { Ctx, Quota, Quotas } from "@flotilla/core";
import { type ComputeQuota, openComputeClient } from "./compute-client.ts";
import type { GcpSession } from "./gcp-session.ts";

/** Limits and use of Compute Engine, of the region and of the project as a whole (family `project`). */
export function createGcpQuotas(open: () => GcpSession): Quotas {
  return {
    async list({ scope, region }, ctx: Ctx) {
      const compute = await openComputeClient(open());
      const [regional, global] = await Promise.all([
        compute.regionQuotas(scope, region, ctx),
        compute.projectQuotas(scope, ctx),
      ]);
      return [...regional.flatMap((quota) => toQuota(quota)), ...global.flatMap((quota) => toQuota(quota, "project"))];
    },
  };
}

/** A zero may be left out on the wire: a use of nothing, and a limit of nothing, which is what regions without a GPU have. */
function toQuota({ metric, limit, usage }: ComputeQuota, family?: string): readonly Quota[] {
  if (typeof metric !== "string" || metric === "") return [];
  return [{ metric, family: family ?? familyOf(metric), unit: unitOf(metric), limit: limit ?? 0, used: usage ?? 0 }];
}

/** `N2_CPUS` limits the family n2; `CPUS` those that have no limit of their own; the rest limits the region, as commitments do. */
function familyOf(metric: string): string {
  if (metric.startsWith("COMMITTED_")) return "region";
  const [, family] = /^(?:PREEMPTIBLE_)?(?:([A-Z0-9]+)_)?CPUS$/.exec(metric) ?? [];
  if (family !== undefined) return family.toLowerCase();
  return /^(PREEMPTIBLE_)?CPUS$/.test(metric) ? "cpus" : "region";
}

function unitOf(metric: string): string {
  if (/CPUS(_ALL_REGIONS)?$/.test(metric)) return "vCPU";
  return metric.endsWith("_GB") ? "GB" : "count";
}
