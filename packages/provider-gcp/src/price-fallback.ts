import type { MicroUsd } from "@flotilla/core";
import type { MachineSize } from "./machine-type.ts";
import { type CoreAndMemory, hourly } from "./price-catalogue.ts";

/** What prices of this table name as their source: people see that it is old, and how old. */
export const FALLBACK_SOURCE = "gcp-fallback-2026-09-23";
export const FALLBACK_AS_OF_MS: number = Date.UTC(2026, 8, 23);

/** Management fee of a GKE cluster, zonal, regional or Autopilot. Source: GKE pricing page. */
export const CONTROL_PLANE_PER_HOUR: MicroUsd = 100_000;

/** The regions that share one price. */
const REGIONS: ReadonlySet<string> = new Set(["us-central1", "us-east1", "us-west1"]);

/** On demand, billionths of a US dollar an hour for a vCPU and a GiB. Source: Cloud Billing catalogue, read 2026-09-23. */
const RATES: Readonly<Record<string, CoreAndMemory>> = {
  n1: { core: 31_611_000, memory: 4_237_000 },
  n2: { core: 31_611_000, memory: 4_237_000 },
  n2d: { core: 27_502_000, memory: 3_686_000 },
  e2: { core: 21_811_590, memory: 2_923_530 },
  t2d: { core: 27_502_000, memory: 3_686_000 },
};

/** The dated on-demand price of a machine, or `undefined`: unknown stays unknown. Spot prices move too much to be kept. */
export function fallbackNodePrice(region: string, size: MachineSize): MicroUsd | undefined {
  const rates = REGIONS.has(region) ? RATES[size.family] : undefined;
  return rates === undefined ? undefined : hourly(size, rates);
}
