import type { ResourceAmounts } from "@flotilla/core";
import type { Requests } from "./pod-requests.ts";

/**
 * The amounts that decide placements: CPU, memory, pods and extended resources (`nvidia.com/gpu`: names with a domain of their
 * own). Storage, huge pages and attach limits are left to each cluster's scheduler.
 */
export function toAmounts(requests: Requests, pods: number): ResourceAmounts {
  const extended: Record<string, number> = {};
  for (const [name, amount] of requests) if (isExtended(name) && amount > 0) extended[name] = amount;
  const amounts = { cpuMilli: requests.get("cpu") ?? 0, memoryBytes: requests.get("memory") ?? 0, pods };
  return Object.keys(extended).length === 0 ? amounts : { ...amounts, extended };
}

function isExtended(name: string): boolean {
  return name.includes("/") && !name.startsWith("kubernetes.io/") && name !== "__proto__";
}
