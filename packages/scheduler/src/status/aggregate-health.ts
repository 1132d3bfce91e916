import type { Health } from "./workload-status.ts";

/**
 * One health for several: the same everywhere is itself; otherwise a part that is on its way makes the whole `progressing`,
 * and a part that failed, is missing or was not read makes it `degraded`, since the rest still runs.
 */
export function aggregateHealth(parts: readonly Health[]): Health {
  const [first, ...rest] = new Set(parts);
  if (first === undefined) return "missing";
  if (rest.length === 0) return first;
  const isImpaired = parts.some((part) => part !== "healthy" && part !== "progressing");
  return isImpaired ? "degraded" : "progressing";
}
