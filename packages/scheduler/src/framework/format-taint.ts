import type { Taint } from "@flotilla/core";

/** As kubectl writes it: `key=value:NoSchedule`. */
export function formatTaint(taint: Taint): string {
  const value = taint.value === undefined || taint.value === "" ? "" : `=${taint.value}`;
  return `${taint.key}${value}:${taint.effect}`;
}
