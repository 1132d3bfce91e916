import type { MicroUsd } from "@flotilla/core";

/** What prices of this table name as their source: people see that it is old, and how old. */
export const FALLBACK_SOURCE = "azure-fallback-2026-11-01";
/** When the prices of this table were read, in epoch milliseconds. */
export const FALLBACK_AS_OF_MS: number = Date.UTC(2026, 10, 1);

/** AKS cluster management by the tier of the SKU, or its name for AKS Automatic, per hour. Source: Azure's pricing page. */
export const CONTROL_PLANE_PER_HOUR: Readonly<Record<string, MicroUsd>> = {
  free: 0,
  standard: 100_000,
  premium: 600_000,
  automatic: 160_000,
};

/** Linux on demand, micro-USD per vCPU and hour; within a series Azure prices by size exactly. Source: Azure's pricing page. */
const PER_CORE: Readonly<Record<string, Readonly<Record<string, MicroUsd>>>> = {
  eastus: { D_v3: 48_000, Ds_v5: 48_000, D_v5: 48_000, Es_v5: 63_000, E_v5: 63_000 },
  eastus2: { D_v3: 48_000, Ds_v5: 48_000, D_v5: 48_000, Es_v5: 63_000, E_v5: 63_000 },
  westus2: { D_v3: 48_000, Ds_v5: 48_000, D_v5: 48_000, Es_v5: 63_000, E_v5: 63_000 },
  westeurope: { D_v3: 60_000, Ds_v5: 57_500, D_v5: 57_500, Es_v5: 76_000, E_v5: 76_000 },
  northeurope: { D_v3: 53_500, Ds_v5: 53_500, D_v5: 53_500, Es_v5: 70_500, E_v5: 70_500 },
};

/** The dated price of a machine type, or `undefined`: unknown stays unknown. */
export function fallbackNodePrice(region: string, instanceType: string): MicroUsd | undefined {
  const match = /^Standard_([A-Z]+?)(\d+)(s?)_(v\d)$/.exec(instanceType);
  if (match === null) return undefined;
  const [, family = "", cores = "", suffix = "", version = ""] = match;
  const perCore = PER_CORE[region]?.[`${family}${suffix}_${version}`];
  return perCore === undefined ? undefined : perCore * Number(cores);
}
