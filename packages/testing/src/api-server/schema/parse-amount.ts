import { parseCount, parseCpuMilli, parseMemoryBytes } from "@flotilla/core";

/** One amount of a resource list cpu in thousandths, everything else in whole units. A quantity that is none counts as 0. */
export function parseAmount(name: string, quantity: unknown): number {
  if (typeof quantity !== "string" && typeof quantity !== "number") return 0;
  if (name === "cpu") return parseCpuMilli(quantity) ?? 0;
  return (name === "memory" ? parseMemoryBytes(quantity) : parseCount(quantity)) ?? 0;
}
